import ExcelJS from 'exceljs';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { readNumberList } from '../../../common/domain/waybills/lists.ts';
import { readListFile } from './list-file.ts';

describe('a list of numbers in a file', () => {
  it('xlsx: the column whose header says so, long digits as they are', async () => {
    const workbook = new ExcelJS.Workbook();
    const sheet = workbook.addWorksheet('单号');
    sheet.addRows([['序号', '运单号', '备注'], [1, 'YT8800000000001', 'a'], [2, 'YT8800000000002', ''], [3, '784512345678901', '']]);
    const text = await readListFile({ name: 'numbers.xlsx', bytes: new Uint8Array(await workbook.xlsx.writeBuffer()) });
    expect(text.split('\n')).toEqual(['YT8800000000001', 'YT8800000000002', '784512345678901']);
    expect(readNumberList(text, 'YTO')).toMatchObject({ count: 3, problems: [] });
  });

  it('csv in GB18030, and files that are none', async () => {
    const text = await readListFile({ name: 'a.csv', bytes: iconv.encode('运单号\r\nYT8800000000001\r\n', 'gb18030') });
    expect(readNumberList(text, 'YTO')).toMatchObject({ count: 1, problems: [] });
    await expect(readListFile({ name: 'b.xlsx', bytes: new Uint8Array([0x50, 0x4b, 3, 4, 9, 9, 9]) })).rejects.toMatchObject({ error: { code: expect.stringMatching(/FILE_/) } });
  });
});
