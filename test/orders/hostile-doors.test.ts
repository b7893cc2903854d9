/** Files that mean harm or came damaged, through the command line and through the browser's door: a named refusal, nothing taken by half, the next file works. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Contract } from '../../common/contract/index.ts';
import { pieceBytes } from '../../common/contract/files.ts';
import { runCli } from '../../main/entry/cli.ts';
import { FileRefused } from '../../main/features/orders/files/limits.ts';
import { readOrderFile } from '../../main/features/orders/files/read.ts';
import { startHost } from '../../main/transport/host.ts';
import { startTestCore } from '../core.ts';
import type { TestCore } from '../core.ts';
import { pddFile } from './setup.ts';

const header = ['订单号', '收货人', '手机', '收货地址', '商品名称', '数量'];
const cells = ['H-1', '张试', '13900000001', '浙江省杭州市西湖区文三路1号', '棉袜', '1'];
const sheetOf = (rows: readonly (readonly string[])[]): string =>
  `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows.map((row) => `<row>${row.map((cell) => (cell.startsWith('<c') ? cell : `<c t="inlineStr"><is><t>${cell}</t></is></c>`)).join('')}</row>`).join('')}</sheetData></worksheet>`;
const parts = (sheet: string): Record<string, Uint8Array> => ({
  'xl/workbook.xml': strToU8('<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'),
  'xl/_rels/workbook.xml.rels': strToU8('<Relationships><Relationship Id="rId1" Type="t" Target="worksheets/sheet1.xml"/></Relationships>'),
  'xl/worksheets/sheet1.xml': strToU8(sheet),
});
const good = zipSync(parts(sheetOf([header, cells])));

/** Many entries of the directory that all point at the same bytes: 30 MB each once inflated. */
function overlapping(): Uint8Array {
  const one = Buffer.from(zipSync({ ...parts(sheetOf([header, cells])), 'xl/media/a.bin': new Uint8Array(30_000_000) }));
  const end = one.length - 22;
  const [count, size, start] = [one.readUInt16LE(end + 10), one.readUInt32LE(end + 12), one.readUInt32LE(end + 16)];
  const directory = one.subarray(start, start + size);
  const at = directory.indexOf('xl/media/a.bin');
  const entry = directory.subarray(at - 46, at + 14);
  const copies = Array.from({ length: 20 }, (_, index) => {
    const copy = Buffer.from(entry);
    copy.write(`xl/media/${String.fromCharCode(98 + index)}.bin`, 46);
    return copy;
  });
  const all = Buffer.concat([directory, ...copies]);
  const tail = Buffer.from(one.subarray(end));
  tail.writeUInt16LE(count + copies.length, 8);
  tail.writeUInt16LE(count + copies.length, 10);
  tail.writeUInt32LE(all.length, 12);
  return Buffer.concat([one.subarray(0, start), all, tail]);
}

/** An old workbook whose stream says that it is encrypted. */
async function lockedXls(): Promise<Uint8Array> {
  const { utils, write } = await import('@e965/xlsx');
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet([header, cells]), 'a');
  const bytes = Buffer.from(write(book, { type: 'buffer', bookType: 'biff8' }) as Buffer);
  // The first record is BOF (0x0809); the one behind it becomes FILEPASS (0x002f).
  const start = bytes.indexOf(Buffer.from([0x09, 0x08, 0x10, 0x00, 0x00, 0x06]));
  bytes.writeUInt16LE(0x002f, start + 4 + bytes.readUInt16LE(start + 2));
  return bytes;
}

const refusals: readonly (readonly [string, () => Uint8Array | Promise<Uint8Array>])[] = [
  ['bomb.xlsx', () => zipSync({ ...parts(sheetOf([header, cells])), 'xl/worksheets/sheet2.xml': new Uint8Array(60_000_000).fill(0x20) })],
  ['overlapping.xlsx', overlapping],
  ['nested.xlsx', () => zipSync({ ...parts(sheetOf([header, cells])), 'xl/embeddings/b.bin': good })],
  ['links.xlsx', () => zipSync({ ...parts(sheetOf([header, cells])), 'xl/externalLinks/externalLink1.xml': strToU8('<x/>') })],
  ['torn.xlsx', () => good.slice(0, Math.floor(good.length / 2))],
  ['archive.zip', () => zipSync({ 'orders.csv': strToU8('a,b') })],
  ['secret.xlsx', () => {
    const bytes = new Uint8Array(4096);
    bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    bytes.set(Buffer.from('EncryptedPackage', 'utf16le'), 1024);
    return bytes;
  }],
  ['locked.xls', lockedXls],
  ['login.xls', () => strToU8('<html><body>请登录</body></html>')],
  ['noise.csv', () => Uint8Array.from({ length: 20_000 }, (_, index) => (index * 7919 + (index >> 3) * 31) % 256)],
  ['empty.csv', () => new Uint8Array()],
  ['no-header.csv', () => strToU8('1,2,3\n4,5,6\n')],
  ['wide.csv', () => strToU8(`${Array.from({ length: 100_000 }, (_, index) => `c${index}`).join(',')}\n${'1,'.repeat(99_999)}1\n`)],
];

describe('through the command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'packbench-hostile-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  async function cli(...args: string[]): Promise<{ code: number; out: string; error: string }> {
    let out = '';
    let error = '';
    const code = await runCli(args, { stdout: (text) => void (out += text), stderr: (text) => void (error += text), lines: async function* () {}, env: {} });
    return { code, out, error };
  }

  it.each(refusals)('%s is refused by name', async (name, make) => {
    const file = join(folder, name);
    writeFileSync(file, await make());
    const { code, out, error } = await cli('import', '--dry-run', file, '--json');
    expect(code).not.toBe(0);
    expect(`${out}${error}`).toMatch(/FILE_REFUSED|TABLE_UNKNOWN/);
    expect(`${out}${error}`).not.toMatch(/INTERNAL|worker-failed|    at /);
  });

  it('says so when there is no such file, or when it is a folder', async () => {
    for (const path of [join(folder, 'nothing.csv'), folder]) {
      const { code, out, error } = await cli('import', '--dry-run', path, '--json');
      expect(code).not.toBe(0);
      expect(`${out}${error}`).not.toMatch(/INTERNAL|    at /);
      expect(`${out}${error}`).toContain(path.split('/').at(-1));
    }
  });
});

describe('through the door of the browser', () => {
  let test: TestCore;
  let host: Awaited<ReturnType<typeof startHost>>;
  let socket: WebSocket;
  let client: ContractRouterClient<Contract>;
  let shopId = '';
  beforeAll(async () => {
    test = await startTestCore();
    host = await startHost({ port: 0, router: test.core.router, context: () => test.core.contextFor({ id: 't', name: 't' }, 'owner', 'tester'), files: { read: async () => undefined }, version: '0' });
    socket = new WebSocket(`ws://127.0.0.1:${host.port}/rpc`, ['packbench.v1', `packbench.token.${host.token}`]);
    client = createORPCClient(new RPCLink({ websocket: socket as never }));
    shopId = (await client.shops.create({ name: '样例店', platform: 'offline' })).id;
  });
  afterAll(async () => {
    socket.close();
    await host.close();
    await test.close();
  });

  async function bring(name: string, bytes: Uint8Array): Promise<{ code?: string; added?: number }> {
    const api = (path: string, body: object): Promise<Response> =>
      fetch(`http://127.0.0.1:${host.port}/api${path}`, { method: 'POST', headers: { authorization: `Bearer ${host.token}`, 'content-type': 'application/json' }, body: JSON.stringify(body) });
    const { fileId } = (await (await api('/files', { name, size: bytes.length })).json()) as { fileId: string };
    for (let offset = 0; offset < bytes.length; offset += pieceBytes) {
      const answer = await api(`/files/${fileId}/pieces`, { fileId, offset, base64: Buffer.from(bytes.subarray(offset, offset + pieceBytes)).toString('base64') });
      expect(answer.status).toBe(200);
    }
    try {
      let added: number | undefined;
      for await (const event of await client.orders.import({ files: [{ fileId }], shop: { shopId } })) if ('report' in event) ({ added } = event.report as { added: number });
      return added === undefined ? {} : { added };
    } catch (thrown) {
      return { code: (thrown as { data?: { code?: string } }).data?.code ?? (thrown as { code: string }).code };
    }
  }
  const orders = async (): Promise<number> => (await client.orders.counts({ shopIds: [shopId] })).all;

  it.each(refusals)('%s is refused by name and leaves nothing', async (name, make) => {
    const before = await orders();
    const { code } = await bring(name, await make());
    expect(['FILE_REFUSED', 'TABLE_UNKNOWN']).toContain(code);
    expect(await orders()).toBe(before);
  });

  it('formulas and commands stay text, headers of the prototype stay columns, and the next file comes in', async () => {
    const before = await orders();
    const dde = `=cmd|'/c calc'!A1`;
    const file = zipSync(parts(sheetOf([[...header, '__proto__', 'constructor'], ['H-9', '<c t="str"><f>WEBSERVICE("http://x.test")</f><v>李试</v></c>', ...cells.slice(2, 4), dde, '1', 'polluted', 'x']])));
    expect(await bring('formulas.xlsx', file)).not.toHaveProperty('code');
    expect(await orders()).toBe(before + 1);
    const page = await client.orders.list({ search: 'H-9' });
    expect(JSON.stringify(page)).toContain('cmd|');
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    const csv = (await client.orders.export({ shopIds: [shopId], personal: true })).csv;
    expect(csv).toContain(`'=cmd|`);
  });
});

describe('files cut and changed at random', () => {
  const folders = ['test/fixtures/samples', 'test/fixtures/unseen/orders'];
  const files = folders.flatMap((folder) => readdirSync(folder).filter((name) => !name.endsWith('.json')).map((name) => join(folder, name)));

  it.each(files)('%s', async (path) => {
    const whole = readFileSync(path);
    let seed = whole.length;
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return seed % below;
    };
    const variants: Uint8Array[] = Array.from({ length: 9 }, (_, tenth) => whole.subarray(0, Math.floor((whole.length * (tenth + 1)) / 10)));
    for (let round = 0; round < 3; round += 1) {
      const changed = new Uint8Array(whole);
      for (let count = 0; count <= random(20); count += 1) changed[random(changed.length)] = random(256);
      const [at, length] = [random(whole.length), random(200)];
      variants.push(changed, Buffer.concat([whole.subarray(0, at), whole.subarray(at + length)]), Buffer.concat([whole.subarray(0, at), whole.subarray(Math.max(0, at - length))]));
    }
    for (const bytes of variants) {
      try {
        const result = await readOrderFile(path, bytes, { language: 'en' });
        if (result.ok) for (const order of result.file.orders) expect(order.number).toMatch(/^(?!.*[\s\ufffd]).*\d/);
      } catch (thrown) {
        // Anything but a refusal with its reason would be shown as an unknown error.
        expect(thrown).toBeInstanceOf(FileRefused);
      }
    }
  });

  it('the plain file they are compared with is taken', async () => {
    const { name, bytes } = pddFile([{ number: '250313-1' }]);
    expect((await readOrderFile(name, bytes, { language: 'en' })).ok).toBe(true);
  });
});
