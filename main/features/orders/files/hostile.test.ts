/** Files that mean harm or were damaged on the way: made here byte by byte, read by the real worker. */
import { setTimeout } from 'node:timers/promises';
import { strToU8, zipSync } from 'fflate';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import type { AppError } from '../../../../common/errors.ts';
import { isFailure } from '../../../../common/errors.ts';
import type { OrderFile } from '../../../../common/domain/orders/types.ts';
import { createOrderFileReader } from './reader.ts';

const reader = createOrderFileReader();
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const header = '订单号,订单状态,商品,商品规格,商品数量(件),收货人,手机,省,市,区,详细地址,商家实收金额(元),商品id,样式ID,商家编码-规格维度';
const row = (number: string, name = '张试', note = ''): string => `${number},待发货,棉袜${note},黑色,2,${name},13900000001,浙江省,杭州市,西湖区,文三路 1 号,12.50,1,2,S1`;

async function read(name: string, content: Uint8Array): Promise<OrderFile> {
  const result = await reader.read({ name, bytes: content, language: 'en' });
  if (!result.ok) throw new Error(`not recognised: ${JSON.stringify(result.unknown.sample[0])}`);
  return result.file;
}

async function refusal(name: string, content: Uint8Array, given = reader): Promise<AppError> {
  try {
    await given.read({ name, bytes: content, language: 'en' });
  } catch (thrown) {
    if (isFailure(thrown)) return thrown.error;
    throw thrown;
  }
  throw new Error(`${name} was taken`);
}

const sheetXml = (rows: string): string => `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData></worksheet>`;
const inline = (cells: readonly string[], index: number): string => `<row r="${index}">${cells.map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join('')}</row>`;
const workbookParts = (sheet: string): Record<string, Uint8Array> => ({
  '[Content_Types].xml': strToU8('<Types/>'),
  'xl/workbook.xml': strToU8('<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'),
  'xl/_rels/workbook.xml.rels': strToU8('<Relationships><Relationship Id="rId1" Type="t" Target="worksheets/sheet1.xml"/></Relationships>'),
  'xl/worksheets/sheet1.xml': strToU8(sheet),
});
const goodSheet = sheetXml(inline(header.split(','), 1) + inline(row('250313-1').split(','), 2));

describe('workbooks', () => {
  it('reads the plain one the others are made from', async () => {
    const file = await read('good.xlsx', zipSync(workbookParts(goodSheet)));
    expect(file.orders.map((order) => order.number)).toEqual(['250313-1']);
  });

  it('refuses a sheet that inflates to 60 MB, by counting and in little memory', async () => {
    const bomb = new Uint8Array(60_000_000).fill(0x20);
    const packed = zipSync({ ...workbookParts(goodSheet), 'xl/worksheets/sheet2.xml': bomb });
    expect(packed.length).toBeLessThan(1_000_000);
    const before = process.memoryUsage().rss;
    expect(await refusal('bomb.xlsx', packed)).toMatchObject({ code: 'FILE_REFUSED', data: { problem: 'zip-too-large' } });
    expect(process.memoryUsage().rss - before).toBeLessThan(300_000_000);
  });

  it('refuses sizes that lie, both ways', async () => {
    for (const declared of [10, 50_000_000]) {
      const packed = zipSync(workbookParts(goodSheet));
      const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
      const size = strToU8(goodSheet).length;
      let changed = 0;
      for (let at = 0; at + 4 <= packed.length; at += 1) {
        if (view.getUint32(at, true) === size) {
          view.setUint32(at, declared, true);
          changed += 1;
        }
      }
      expect(changed).toBeGreaterThan(0);
      expect(['zip-size-lies', 'zip-broken']).toContain(((await refusal('liar.xlsx', packed)).data as { problem: string }).problem);
    }
  });

  it('refuses too many entries, another archive inside, links to other files, and passwords', async () => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`xl/x${index}.xml`, strToU8('<a/>')]));
    expect(await refusal('many.xlsx', zipSync({ ...workbookParts(goodSheet), ...many }))).toMatchObject({ data: { problem: 'zip-too-many-entries' } });
    expect(await refusal('nested.xlsx', zipSync({ ...workbookParts(goodSheet), 'xl/embeddings/a.bin': zipSync({ a: strToU8('b') }) }))).toMatchObject({ data: { problem: 'zip-nested' } });
    expect(await refusal('links.xlsx', zipSync({ ...workbookParts(goodSheet), 'xl/externalLinks/externalLink1.xml': strToU8('<a/>') }))).toMatchObject({ data: { problem: 'external-links' } });
    const locked = zipSync(workbookParts(goodSheet));
    const view = new DataView(locked.buffer, locked.byteOffset, locked.byteLength);
    for (let at = 0; at + 4 <= locked.length; at += 1) {
      const signature = view.getUint32(at, true);
      if (signature === 0x04034b50) view.setUint16(at + 6, view.getUint16(at + 6, true) | 1, true);
      if (signature === 0x02014b50) view.setUint16(at + 8, view.getUint16(at + 8, true) | 1, true);
    }
    expect(await refusal('locked.xlsx', locked)).toMatchObject({ data: { problem: 'password-protected' } });
  });

  it('refuses a workbook encrypted by Excel, which is a compound file, and a broken old workbook', async () => {
    const compound = new Uint8Array(4096);
    compound.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    compound.set(Buffer.from('EncryptedPackage', 'utf16le'), 1024);
    expect(await refusal('secret.xlsx', compound)).toMatchObject({ data: { problem: 'password-protected' } });
    expect(await refusal('broken.xls', compound.slice(0, 1000))).toMatchObject({ data: { problem: 'xls-broken' } });
  });

  it('refuses document types and entities, and a zip cut off in the middle', async () => {
    const laughs = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>${goodSheet.slice(goodSheet.indexOf('<worksheet'))}`;
    expect(await refusal('laughs.xlsx', zipSync(workbookParts(laughs)))).toMatchObject({ data: { problem: 'dangerous-xml' } });
    const whole = zipSync(workbookParts(goodSheet));
    expect(await refusal('cut.xlsx', whole.slice(0, whole.length - 40))).toMatchObject({ data: { problem: 'zip-broken' } });
    expect(await refusal('notes.docx', zipSync({ 'word/document.xml': strToU8('<a/>') }))).toMatchObject({ data: { problem: 'not-a-workbook' } });
    expect(await refusal('torn.xlsx', zipSync(workbookParts(goodSheet.slice(0, -60))))).toMatchObject({ data: { problem: 'xml-broken' } });
  });

  it('takes the stored result of a formula and computes nothing', async () => {
    const cells = row('250313-2').split(',').map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`);
    cells[2] = '<c t="str"><f>HYPERLINK("http://x.test","袜")</f><v>=1+1 袜</v></c>';
    const file = await read('formula.xlsx', zipSync(workbookParts(sheetXml(`${inline(header.split(','), 1)}<row r="2">${cells.join('')}</row>`))));
    expect(file.orders[0]?.lines[0]?.title).toBe('=1+1 袜');
  });

  it('keeps number cells of up to 15 digits and refuses longer ones a spreadsheet has rounded', async () => {
    const numeric = (index: number, value: string): string => `<row r="${index}"><c><v>${value}</v></c>${row('').split(',').slice(1).map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join('')}</row>`;
    const sheet = sheetXml(inline(header.split(','), 1) + numeric(2, '301262104655') + numeric(3, '3.01262104656E11') + numeric(4, '4.0885709661404E+18') + numeric(5, '4088570966140400500') + numeric(6, '4088570966140400000'));
    const file = await read('numbers.xlsx', zipSync(workbookParts(sheet)));
    expect(file.orders.map((order) => order.number)).toEqual(['301262104655', '301262104656', '4088570966140400500']);
    expect(file.rejected.map((rejected) => [rejected.row, rejected.code])).toEqual([[4, 'number-digits-lost'], [6, 'number-digits-lost']]);
  });
});

describe('text files', () => {
  it.each([
    ['utf-8', bytes(`${header}\n${row('250313-1', '张𠮷')}\n`), 'utf-8'],
    ['utf-8 with BOM', bytes(`\ufeff${header}\r\n${row('250313-1', '张𠮷')}\r\n`), 'utf-8-bom'],
    ['gb18030 with four bytes', new Uint8Array(iconv.encode(`${header}\r\n${row('250313-1', '张𠮷')}\r\n`, 'gb18030')), 'gb18030'],
    ['utf-16le with BOM', new Uint8Array(Buffer.from(`\ufeff${header}\r\n${row('250313-1', '张𠮷')}`, 'utf16le')), 'utf-16le'],
    ['utf-16le without BOM', new Uint8Array(Buffer.from(`${header}\r\n${row('250313-1', '张𠮷')}`, 'utf16le')), 'utf-16le'],
    ['utf-16be', new Uint8Array(Buffer.from(`\ufeff${header}\r\n${row('250313-1', '张𠮷')}`, 'utf16le').swap16()), 'utf-16be'],
    ['tabs', bytes(`${header}\n${row('250313-1', '张𠮷')}\n`.replaceAll(',', '\t')), 'utf-8'],
    ['old line ends', bytes(`${header}\r${row('250313-1', '张𠮷')}\r`), 'utf-8'],
  ])('%s', async (_name, content, encoding) => {
    const file = await read('orders.csv', content);
    expect(file.encoding).toBe(encoding);
    expect(file.orders.map((order) => [order.number, order.receiver.name])).toEqual([['250313-1', '张𠮷']]);
  });

  it('is UTF-8 even when cut off inside a character', async () => {
    const whole = bytes(`${header}\n${row('250313-1')}\n${row('250313-2', '张试')}`);
    const file = await read('cut.csv', whole.slice(0, whole.length - 40));
    expect(file.encoding).toBe('utf-8');
    expect(file.orders.map((order) => order.number)).toContain('250313-1');
  });

  it('takes a line of 50 MB for one bad row and reads the others', async () => {
    const long = 'x'.repeat(50_000_000);
    const file = await read('long.csv', bytes(`${header}\n${row('250313-1')}\n${row('250313-2', '张试', long)}\n${row('250313-3')}\n`));
    expect(file.orders.map((order) => order.number)).toEqual(['250313-1', '250313-3']);
    expect(file.rejected).toMatchObject([{ row: 3, line: 3, code: 'cell-too-long' }]);
  });

  it('loses one line to a quote that is never closed, not the rest of the file', async () => {
    const file = await read('quote.csv', bytes(`${header}\n${row('250313-1')}\n250313-2,"待发货,棉袜\n${row('250313-3')}\n${row('250313-4')}\n`));
    expect(file.orders.map((order) => order.number)).toEqual(['250313-1', '250313-3', '250313-4']);
    expect(file.rejected).toMatchObject([{ row: 3, line: 3, code: 'unbalanced-quote' }]);
  });

  it('counts records and physical lines apart', async () => {
    const file = await read('lines.csv', bytes(`${header}\n${row('250313-1', '"张\n试"')}\n,待发货,棉袜,黑色,2,李试,13900000002,浙江省,杭州市,西湖区,文三路 2 号,1,1,2,S1\n`));
    expect(file.rejected).toMatchObject([{ row: 3, line: 4, code: 'number-missing', column: '订单号' }]);
  });

  it('refuses more than 200 columns and more than 100,000 rows', async () => {
    const wide = await read('wide.csv', bytes(`${header}\n${row('250313-1')}\n${row('250313-2')}${','.repeat(300)}\n`));
    expect(wide.rejected).toMatchObject([{ row: 3, code: 'too-many-columns' }]);
    expect(await refusal('tall.csv', bytes(`${header}\n${`${row('250313-1')}\n`.repeat(100_002)}`))).toMatchObject({ data: { problem: 'too-many-rows' } });
  });

  it('keeps headers called __proto__ and constructor as columns like any other', async () => {
    const file = await read('proto.csv', bytes(`${header},__proto__,constructor,toString\n${row('250313-1')},polluted,a,b\n`));
    expect(file.orders[0]?.extra).toEqual([['__proto__', 'polluted'], ['constructor', 'a'], ['toString', 'b']]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('drops NUL characters inside cells', async () => {
    const file = await read('nul.csv', bytes(`${header}\n${row('250313-1', '张\u0000试')}\n`));
    expect(file.orders[0]?.receiver.name).toBe('张试');
  });

  it('says what kind of file it got instead', async () => {
    expect(await refusal('empty.csv', new Uint8Array())).toMatchObject({ data: { problem: 'empty' } });
    expect(await refusal('blank.csv', bytes('\n\n \n'))).toMatchObject({ data: { problem: 'empty' } });
    expect(await refusal('a.csv', bytes('%PDF-1.7 …'))).toMatchObject({ data: { problem: 'pdf' } });
    expect(await refusal('a.csv', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]))).toMatchObject({ data: { problem: 'image' } });
    expect(await refusal('a.csv', Uint8Array.from({ length: 20_000 }, (_, index) => (index * 7919 + (index >> 3) * 31) % 256))).toMatchObject({ data: { problem: 'binary' } });
    expect(await refusal('page.xls', bytes('<html><body>请登录</body></html>'))).toMatchObject({ data: { problem: 'html-without-table' } });
  });

  it('reads an HTML table that calls itself .xls, and runs nothing in it', async () => {
    const table = [header.split(','), row('250313-1', '张&amp;试').split(',')].map((cells) => `<tr>${cells.map((cell) => `<td style="x">${cell}</td>`).join('')}</tr>`).join('\n');
    const file = await read('orders.xls', bytes(`<html><head><meta charset="utf-8"><script>throw 1 /* <td>no</td> */</script></head><body><table>${table}</table></body></html>`));
    expect(file.format).toBe('html');
    expect(file.orders.map((order) => [order.number, order.receiver.name])).toEqual([['250313-1', '张&试']]);
  });

  it('reads SpreadsheetML', async () => {
    const cells = (list: readonly string[]): string => `<Row>${list.map((cell) => `<Cell><Data ss:Type="String">${cell}</Data></Cell>`).join('')}</Row>`;
    const xml = `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="a"><Table>${cells(header.split(','))}${cells(row('250313-1').split(','))}</Table></Worksheet></Workbook>`;
    const file = await read('orders.xls', bytes(xml));
    expect([file.format, file.orders.length]).toEqual(['spreadsheetml', 1]);
  });

  it('reads an old workbook', async () => {
    const { utils, write } = await import('@e965/xlsx');
    const sheet = utils.aoa_to_sheet([header.split(','), row('250313-1').split(',')]);
    const book = utils.book_new();
    utils.book_append_sheet(book, sheet, 'a');
    const file = await read('orders.xls', new Uint8Array(write(book, { type: 'buffer', bookType: 'biff8' }) as Buffer));
    expect([file.format, file.orders[0]?.number, file.orders[0]?.receiver.name]).toEqual(['xls', '250313-1', '张试']);
  });
});

describe('the worker', () => {
  it('can be cancelled and is stopped when it takes too long, and the next file is read as if nothing had been', async () => {
    const large = bytes(`${header}\n${`${row('250313-1')}\n`.repeat(90_000)}`);
    const stop = new AbortController();
    const reading = reader.read({ name: 'a.csv', bytes: large, language: 'en' }, { signal: stop.signal });
    stop.abort();
    await expect(reading).rejects.toMatchObject({ error: { code: 'CANCELLED' } });
    expect(await refusal('slow.csv', large, createOrderFileReader({ milliseconds: 1 }))).toMatchObject({ data: { problem: 'timeout' } });
    expect((await read('good.csv', bytes(`${header}\n${row('250313-1')}\n`))).orders).toHaveLength(1);
  });

  it('is stopped while it spins, and while it sleeps', async () => {
    for (const code of ['while (true) {}', 'setInterval(() => {}, 1000)']) {
      const stuck = createOrderFileReader({ workerUrl: new URL(`data:text/javascript,${code}`), milliseconds: 200 });
      expect(await refusal('stuck.csv', bytes(header), stuck)).toMatchObject({ data: { problem: 'timeout' } });
    }
  });

  it('tells how far it is', async () => {
    const seen: number[] = [];
    const lines = Array.from({ length: 5_000 }, (_, index) => row(`250313-${index}`)).join('\n');
    await reader.read({ name: 'a.csv', bytes: bytes(`${header}\n${lines}`), language: 'en' }, { onProgress: (rows) => seen.push(rows) });
    expect(seen).toEqual([1000, 2000, 3000, 4000, 5000]);
  });

  it('leaves Object.prototype as it was, frozen or not', async () => {
    const file = await read('proto.csv', bytes(`${header},__proto__\n${row('250313-1')},x\n`));
    expect(JSON.parse(JSON.stringify(file.orders[0]?.extra))).toEqual([['__proto__', 'x']]);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

describe('the thread that waits', () => {
  it('reads file after file, is given up after one that is refused, and is there again for the next', async () => {
    const own = createOrderFileReader();
    own.warm();
    for (let round = 0; round < 3; round += 1) {
      const good = await own.read({ name: 'good.csv', bytes: bytes(`${header}\n${row(`250313-${round}`)}\n`), language: 'en' });
      expect(good.ok && good.file.orders.map((order) => order.number)).toEqual([`250313-${round}`]);
      await refusal('empty.csv', bytes(''), own);
    }
    await own.close();
    // Closed or not, the next file gets a thread.
    expect((await own.read({ name: 'good.csv', bytes: bytes(`${header}\n${row('250313-9')}\n`), language: 'en' })).ok).toBe(true);
    await own.close();
  });

  it('does not count the time of files before against the next', async () => {
    // Each file takes a fifth of what one may, and is waited for longer than that, so that its time is looked at: long after it was spent, also on a busy machine.
    const code = `import { parentPort } from 'node:worker_threads';
      parentPort.on('message', () => {
        const used = () => Object.values(process.threadCpuUsage()).reduce((sum, part) => sum + part, 0);
        const until = used() + 300_000;
        while (used() < until);
        setTimeout(() => parentPort.postMessage({ type: 'done', result: { ok: true, file: { orders: [] } } }), 1_300);
      });`;
    const own = createOrderFileReader({ workerUrl: new URL(`data:text/javascript,${encodeURIComponent(code)}`), milliseconds: 1_500 });
    for (let round = 0; round < 7; round += 1) expect((await own.read({ name: 'good.csv', bytes: bytes(header), language: 'en' })).ok).toBe(true);
    await own.close();
  });

  it('may fall over after its file was read, or while it waits: the next file gets another', async () => {
    const code = `import { parentPort } from 'node:worker_threads';
      parentPort.on('message', () => {
        parentPort.postMessage({ type: 'done', result: { ok: true, file: { orders: [] } } });
        setTimeout(() => { throw new Error('late'); }, 30);
      });`;
    const own = createOrderFileReader({ workerUrl: new URL(`data:text/javascript,${encodeURIComponent(code)}`) });
    for (let round = 0; round < 2; round += 1) {
      // Long enough for it to have fallen over, also on a busy machine.
      if (round > 0) await setTimeout(2_000);
      expect((await own.read({ name: 'good.csv', bytes: bytes(header), language: 'en' })).ok).toBe(true);
    }
    await setTimeout(2_000);
    await own.close();
  });

  it('reads several at once, each in a thread of its own', async () => {
    const own = createOrderFileReader();
    own.warm();
    const results = await Promise.all(Array.from({ length: 4 }, (_, index) => own.read({ name: `${index}.csv`, bytes: bytes(`${header}\n${row(`250313-${index}`)}\n`), language: 'en' })));
    expect(results.map((result) => result.ok && result.file.orders[0]?.number)).toEqual(['250313-0', '250313-1', '250313-2', '250313-3']);
    await own.close();
  });
});
