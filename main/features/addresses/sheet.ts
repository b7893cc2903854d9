/** The address book as a table for a spreadsheet, and the same table back. */
import { parse } from 'csv-parse/sync';
import type { AddressInput } from '../../../common/contract/addresses.ts';
import { csvRow, withoutFormulaGuard } from '../../../common/domain/csv-guard.ts';

const columns: readonly { readonly field: keyof AddressInput; readonly header: string; readonly aliases: readonly string[] }[] = [
  { field: 'label', header: '名称', aliases: ['地址名称', '别名', 'label'] },
  { field: 'contact', header: '联系人', aliases: ['姓名', '寄件人', '发货人', 'contact', 'name'] },
  { field: 'company', header: '公司', aliases: ['company'] },
  { field: 'phone', header: '电话', aliases: ['手机', '联系电话', '手机号', 'phone', 'mobile'] },
  { field: 'extension', header: '分机', aliases: ['extension'] },
  { field: 'privacyPhone', header: '面单电话', aliases: ['隐私号', 'privacy phone'] },
  { field: 'province', header: '省', aliases: ['省份', 'province'] },
  { field: 'city', header: '市', aliases: ['城市', 'city'] },
  { field: 'district', header: '区县', aliases: ['区', '县区', 'district'] },
  { field: 'town', header: '街道', aliases: ['街道乡镇', '镇', 'town'] },
  { field: 'detail', header: '详细地址', aliases: ['地址', 'detail', 'address'] },
  { field: 'postcode', header: '邮编', aliases: ['postcode', 'zip'] },
  { field: 'note', header: '备注', aliases: ['note'] },
];

export interface AddressSheetRow {
  readonly row: number;
  readonly input: AddressInput;
}

/** UTF-8 with BOM; no cell is a formula. */
export function addressSheet(addresses: readonly AddressInput[]): string {
  return `\ufeff${[csvRow(columns.map((column) => column.header)), ...addresses.map((address) => csvRow(columns.map((column) => address[column.field])))].join('\r\n')}\r\n`;
}

/** Rows of a saved or pasted table (comma or tab); undefined when it lacks the contact, the phone or the address. */
export function readAddressSheet(text: string): AddressSheetRow[] | undefined {
  const body = text.replace(/^\ufeff/, '');
  const firstLine = body.slice(0, body.search(/\r?\n|$/));
  const records = parse(body, { delimiter: firstLine.includes('\t') ? '\t' : ',', relax_quotes: true, relax_column_count: true, skip_empty_lines: true, max_record_size: 100_000 }) as string[][];
  const header = (records[0] ?? []).map(comparable);
  const places = new Map<keyof AddressInput, number>();
  for (const column of columns) {
    const at = header.findIndex((cell) => [column.header, ...column.aliases].some((name) => comparable(name) === cell));
    if (at >= 0) places.set(column.field, at);
  }
  if (!places.has('contact') || !places.has('phone') || !places.has('detail')) return undefined;
  return records.slice(1).map((record, index) => {
    const cell = (field: keyof AddressInput): string => {
      const at = places.get(field);
      return at === undefined ? '' : withoutFormulaGuard((record[at] ?? '').trim());
    };
    return { row: index + 2, input: Object.fromEntries(columns.map((column) => [column.field, cell(column.field)])) as unknown as AddressInput };
  });
}

function comparable(header: string): string {
  return header.normalize('NFKC').toLowerCase().replace(/[\s_()/]+/g, '');
}
