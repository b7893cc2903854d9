/** `packbench render` as a script meets it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBuiltin } from '../../common/domain/label/builtin/index.ts';
import { runCli } from '../../main/entry/cli.ts';
import { decodePng, encodePng } from '../../main/printing/raster/png.ts';
import { interpret } from '../interpreters/index.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'packbench-render-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Report {
  readonly labels: readonly {
    readonly file: string | null;
    readonly widthDots: number;
    readonly heightDots: number;
    readonly bytes: number;
    readonly decoded: readonly { readonly format: string; readonly text: string }[];
    readonly lint: readonly { readonly severity: string; readonly code: string; readonly element: string; readonly message: string }[];
    readonly error?: { readonly code: string; readonly message: string };
  }[];
}

async function call(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const code = await runCli(args, {
    stdout: (text) => void (out += text),
    stderr: (text) => void (err += text),
    lines: async function* () {
      yield* [];
    },
    env: {},
  });
  return { code, out, err };
}

function file(name: string, value: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value));
  return path;
}

/** A template with one picture, named by file. */
function withLogo(picture: string, bytes?: Uint8Array): string {
  if (bytes) writeFileSync(join(folder, picture), bytes);
  return file('logo.json', { format: 'packbench-label', version: 1, name: 'logo', media: { width: 60_000, height: 40_000 }, elements: [{ id: 'i', type: 'image', x: 5_000, y: 5_000, width: 10_000, height: 10_000, picture: { file: picture } }] });
}

/** A PNG header that promises 60,000 × 60,000 pixels. */
function bomb(): Buffer {
  const out = Buffer.alloc(64);
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]).copy(out);
  out.write('IHDR', 12, 'latin1');
  out.writeUInt32BE(60_000, 16);
  out.writeUInt32BE(60_000, 20);
  return out;
}

const two = [
  { waybill: { number: 'YT8800000000017', sortCode: '342-081-00 052', carrier: { name: '圆通速递' } }, recipient: { name: '林晓梅', phone: '13812345678', province: '浙江省', city: '杭州市', detail: '杭海路1031号3幢502室' }, items: [{ shortName: '棉袜', quantity: 2 }] },
  { waybill: { number: 'YT8800000000025' }, recipient: { name: '王五' } },
];

describe('packbench render', () => {
  it('lists the built-in templates with lint and picture', async () => {
    const { templates } = JSON.parse((await call('render', '--list', '--json')).out) as { templates: { id: string; name: string; widthMm: number; heightMm: number; lint: { errors: number; warnings: number }; picture: { png: string; widthDots: number } }[] };
    expect(templates[0]).toMatchObject({ id: 'builtin:waybill-76x130', widthMm: 76, heightMm: 130 });
    expect(templates.length).toBe(11);
    for (const { id, widthMm, lint, picture } of templates) {
      expect(findBuiltin(id)).toBeDefined();
      expect(lint).toMatchObject({ errors: 0, warnings: 0 });
      expect(decodePng(Buffer.from(picture.png, 'base64'))?.width).toBe(picture.widthDots);
      expect(picture.widthDots).toBe(Math.round((widthMm * 203.2) / 25.4));
    }
  });

  it('prints the schema of label data and of documents', async () => {
    const data = JSON.parse((await call('render', '--schema')).out) as { properties: Record<string, unknown> };
    expect(Object.keys(data.properties)).toEqual(expect.arrayContaining(['waybill', 'recipient', 'sender', 'items', 'orders', 'parcel', 'job']));
    expect(JSON.parse((await call('render', '--schema', 'template')).out)).toHaveProperty('properties.elements');
  });

  it.each(['tspl', 'zpl', 'cpcl', 'escpos'] as const)('writes %s whose paper is the picture', async (language) => {
    const out = join(folder, language);
    const data = file('two.json', two);
    const made = JSON.parse((await call('render', '--template', 'builtin:waybill-76x130', '--data', data, '--language', language, '--dpi', '203', '--mode', 'hybrid', '--out', out, '--json')).out) as Report;
    await call('render', '--template', 'builtin:waybill-76x130', '--data', data, '--language', 'png', '--dpi', '203', '--out', out, '--json');
    expect(made.labels.map((label) => label.file)).toEqual([`0001.${language}`, `0002.${language}`]);
    expect(made.labels[0]).toMatchObject({ widthDots: 608, heightDots: 1040, lint: [] });
    expect(made.labels[0]!.decoded).toContainEqual({ format: 'code128', text: 'YT8800000000017' });
    expect(readdirSync(out).sort()).toEqual(['0001.png', `0001.${language}`, '0002.png', `0002.${language}`].sort());
    for (const name of ['0001', '0002']) {
      const bytes = readFileSync(join(out, `${name}.${language}`));
      const picture = decodePng(readFileSync(join(out, `${name}.png`)))!;
      const paper = interpret(language, bytes, { dpi: 203, headDots: 832, invertedBitmap: false }).labels[0]!;
      for (let y = 0; y < picture.height; y++) {
        expect(Buffer.from(paper.bits.subarray(y * paper.stride, y * paper.stride + picture.stride)).equals(Buffer.from(picture.bits.subarray(y * picture.stride, (y + 1) * picture.stride))), `row ${y}`).toBe(true);
      }
    }
    expect(made.labels[0]!.bytes).toBe(readFileSync(join(out, `0001.${language}`)).length);
  });

  it('makes a PDF', async () => {
    const out = join(folder, 'pdf');
    expect((await call('render', '--template', 'builtin:handover-a4', '--sample', 'longest', '--language', 'pdf', '--out', out)).code).toBe(0);
    expect(readFileSync(join(out, '0001.pdf')).subarray(0, 5).toString()).toBe('%PDF-');
    expect(readdirSync(out)).toHaveLength(2);
  });

  it('goes on with the others, reports each that fails, and fails', async () => {
    const out = join(folder, 'mixed');
    const data = file('mixed.json', [two[0], { items: [{ quantity: 'many' }] }, { waybill: { number: '单号' } }, { waybill: { number: 'YT1' }, recipient: { name: '\u{10ffff}' } }, {}, two[1]]);
    const { code, out: text, err } = await call('render', '--template', 'builtin:waybill-76x130', '--data', data, '--language', 'tspl', '--out', out, '--json');
    const { labels } = JSON.parse(text) as Report;
    expect(code).not.toBe(0);
    expect(labels.map((label) => label.file)).toEqual(['0001.tspl', null, null, '0004.tspl', null, '0006.tspl']);
    expect(labels.map((label) => label.error?.code)).toEqual([undefined, 'BAD_INPUT', 'LABEL_FAULTY', undefined, 'LABEL_FAULTY', undefined]);
    expect(labels[2]!.lint).toContainEqual(expect.objectContaining({ severity: 'error', code: 'code_invalid', element: 'code' }));
    expect(err).toContain('LABEL_FAULTY');
    expect(readdirSync(out)).toEqual(['0001.tspl', '0004.tspl', '0006.tspl']);
  });

  it.each([
    ['an unknown built-in', () => ['--template', 'builtin:nope', '--sample', 'typical'], 'NOT_FOUND'],
    ['a newer document', () => ['--template', file('newer.json', { format: 'packbench-label', version: 99, name: 'x', media: {}, elements: [] }), '--sample', 'typical'], 'DOCUMENT_NEWER'],
    ['a document with an unknown element', () => ['--template', file('bad.json', { format: 'packbench-label', version: 1, name: 'x', media: { width: 76_000, height: 130_000 }, elements: [{ id: 'a', type: 'script', code: 'alert(1)' }] }), '--sample', 'typical'], 'DOCUMENT_INVALID'],
    ['a file that is not JSON', () => ['--template', file('text.json', 'hello'), '--sample', 'typical'], 'FILE_UNREADABLE'],
    ['a file that is not there', () => ['--template', 'builtin:waybill-76x130', '--data', join(folder, 'none.json')], 'FILE_UNREADABLE'],
    ['a picture bomb', () => ['--template', withLogo('bomb.png', bomb()), '--sample', 'typical'], 'PICTURE_REFUSED'],
    ['a picture outside the folder', () => ['--template', withLogo('../../../etc/passwd'), '--sample', 'typical'], 'FILE_UNREADABLE'],
    ['an unknown language', () => ['--template', 'builtin:waybill-76x130', '--sample', 'typical', '--language', 'epl'], 'LANGUAGE_UNKNOWN'],
    ['no template', () => ['--sample', 'typical'], 'BAD_INPUT'],
  ])('refuses %s by name', async (_, args, code) => {
    const result = await call('render', ...args(), '--out', join(folder, 'refused'), '--json');
    expect(result.code).not.toBe(0);
    expect((JSON.parse(result.out) as { error: { code: string } }).error.code).toBe(code);
  });

  it('takes pictures that lie beside the template', async () => {
    const black = encodePng({ width: 8, height: 8, stride: 1, bits: new Uint8Array(8).fill(0xff) }, 203);
    const out = join(folder, 'pictured');
    expect((await call('render', '--template', withLogo('black.png', black), '--sample', 'typical', '--out', out)).code).toBe(0);
    const page = decodePng(readFileSync(join(out, '0001.png')))!;
    expect(page.bits.reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0)).toBe(80 * 80);
  });

  it('renders a template of its own from a file, with what the document says', async () => {
    const own = file('own.json', { format: 'packbench-label', version: 1, name: '自己的', media: { width: 60_000, height: 40_000 }, elements: [{ id: 'c', type: 'barcode', symbology: 'ean13', x: 5_000, y: 5_000, width: 50_000, height: 20_000, content: [{ field: 'item.barcode' }] }] });
    const { labels } = JSON.parse((await call('render', '--template', own, '--data', file('one.json', { items: [{ barcode: '6901234567892' }] }), '--out', join(folder, 'own'), '--dpi', '300', '--json')).out) as Report;
    expect(labels).toMatchObject([{ file: '0001.png', widthDots: 709, heightDots: 472, decoded: [{ format: 'ean13', text: '6901234567892' }], lint: [] }]);
  });
});
