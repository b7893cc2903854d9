import { describe, expect, it } from 'vitest';
import iconv from 'iconv-lite';
import { bracedValues, createEscposInterpreter, interpretEscpos } from './escpos.ts';
import { dotAt } from './paper.ts';

const options = { dpi: 203, headDots: 384 };
const bytes = (...parts: (number | string | Uint8Array)[]): Uint8Array => new Uint8Array(Buffer.concat(parts.map((part) => (typeof part === 'number' ? Buffer.from([part]) : typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part)))));
const cut = bytes(0x1d, 'V', 0);

describe('ESC/POS interpreter', () => {
  it('places raster rows under each other and cuts', () => {
    const result = interpretEscpos(bytes(0x1b, '@', 0x1d, 'v0', 0, 1, 0, 2, 0, 0x80, 0x01, 0x1b, 'J', 5, 0x1d, 'v0', 0, 1, 0, 1, 0, 0xff, cut), options);
    expect(result.errors).toEqual([]);
    const label = result.labels[0];
    expect(label).toMatchObject({ widthDots: 384, heightDots: 8 });
    const paper = { width: 384, height: 8, stride: 48, bits: label?.bits ?? new Uint8Array() };
    expect([dotAt(paper, 0, 0), dotAt(paper, 7, 1), dotAt(paper, 0, 1), dotAt(paper, 3, 7)]).toEqual([true, true, false, true]);
  });

  it('reads hanzi only in Chinese mode and by pairs', () => {
    const hanzi = iconv.encode('棉袜×2', 'gbk');
    const right = interpretEscpos(bytes(0x1b, '@', 0x1c, '&', hanzi, 0x0a, cut), options);
    expect(right.labels[0]?.texts).toEqual(['棉袜×2']);
    expect(right.errors).toEqual([]);
    expect(interpretEscpos(bytes(0x1b, '@', hanzi, 0x0a, cut), options).warnings.length).toBeGreaterThan(0);
    expect(interpretEscpos(bytes(0x1b, '@', 0x1c, '&', hanzi.subarray(0, 1), 0x0a, cut), options).errors.map((one) => one.code)).toEqual(['half-hanzi']);
  });

  it('warns of lines wider than the paper', () => {
    const result = interpretEscpos(bytes(0x1b, '@', 'x'.repeat(33), 0x0a, cut), options);
    expect(result.warnings.map((one) => one.code)).toEqual(['wrapped']);
    expect(result.labels[0]?.texts).toEqual(['x'.repeat(32), 'x']);
  });

  it('takes QR lengths in bytes, and falls out of step when they are wrong', () => {
    const qr = (size: number, text: Uint8Array): Uint8Array => bytes(0x1d, '(k', 4, 0, 49, 65, 50, 0, 0x1d, '(k', 3, 0, 49, 67, 3, 0x1d, '(k', 3, 0, 49, 69, 49, 0x1d, '(k', size + 3, 0, 49, 80, 48, text, 0x1d, '(k', 3, 0, 49, 81, 48, cut);
    const text = new Uint8Array(Buffer.from('中文'));
    expect(interpretEscpos(qr(6, text), options).labels[0]?.codes).toEqual([{ format: 'qr', text: Buffer.from('中文').toString('latin1') }]);
    expect(interpretEscpos(qr(2, text), options).warnings.length).toBeGreaterThan(0);
  });

  it('decodes Code 128 braces', () => {
    expect(bracedValues('{BSF{C\x0c{B3')).toEqual({ ok: true, value: [104, 51, 38, 99, 12, 100, 19] });
    expect(bracedValues('SF').ok).toBe(false);
    const result = interpretEscpos(bytes(0x1b, '@', 0x1d, 'h', 40, 0x1d, 'w', 2, 0x1d, 'k', 73, 5, '{BSF1', cut), options);
    expect(result.labels[0]).toMatchObject({ heightDots: 40, codes: [{ format: '128', text: 'SF1' }] });
  });

  it('hands out process ids in order and status at once, byte by byte', () => {
    const stream = bytes(0x10, 4, 1, 'a', 0x0a, 0x1d, '(H', 6, 0, 48, 48, '0007', 0x1d, 'r', 1, cut);
    const printer = createEscposInterpreter(options);
    const all = [...stream].flatMap((byte) => [...printer.feed(new Uint8Array([byte]))]);
    expect(all.flatMap((one) => (one.kind === 'query' ? [[one.query.name, one.query.args[0], one.query.immediate]] : []))).toEqual([['DLE EOT', '1', true], ['GS ( H', '0007', false], ['GS r', '1', false]]);
    expect(all.filter((one) => one.kind === 'label')).toHaveLength(1);
  });

  it('notices status requests hidden in image bytes', () => {
    const result = interpretEscpos(bytes(0x1b, '@', 0x1d, 'v0', 0, 3, 0, 1, 0, 0x10, 0x04, 0x01, cut), options);
    expect(result.queries).toMatchObject([{ name: 'DLE EOT' }]);
    expect(result.problems.map((one) => one.code)).toEqual(['status-in-image']);
  });
});
