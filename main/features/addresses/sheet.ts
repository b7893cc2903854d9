/** The address book as a table for a spreadsheet, and the same table back. */
import type { AddressInput } from '../../../common/contract/addresses.ts';
import { readSheet, writeSheet } from '../files/sheet.ts';
import type { SheetColumn } from '../files/sheet.ts';

const columns: readonly SheetColumn<keyof AddressInput>[] = [
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

export function addressSheet(addresses: readonly AddressInput[]): string {
  return writeSheet(columns, addresses);
}

/** Undefined when the table lacks the contact, the phone or the address. */
export function readAddressSheet(text: string): AddressSheetRow[] | undefined {
  const { has, rows } = readSheet(text, columns);
  if (!has('contact') || !has('phone') || !has('detail')) return undefined;
  return rows.map(({ row, cells }) => ({ row, input: cells }));
}
