/** Items and their short names as a table for a spreadsheet, and the same table back. */
import { parse } from 'csv-parse/sync';
import type { Item } from '../../../common/contract/items.ts';
import { csvRow, withoutFormulaGuard } from '../../../common/domain/csv-guard.ts';

const columns = [
  { field: 'platformId', header: '宝贝ID', aliases: ['商品ID', '宝贝编号', '商品id', 'item id', 'goods id'] },
  { field: 'code', header: '商家编码', aliases: ['商品编码', '货号', '商家外部编码', 'item code'] },
  { field: 'title', header: '宝贝标题', aliases: ['标题', '商品标题', '商品名称', '宝贝名称', 'title'] },
  { field: 'shortName', header: '宝贝简称', aliases: ['简称', '商品简称', 'short name'] },
  { field: 'brand', header: '品牌', aliases: ['brand'] },
  { field: 'location', header: '货位', aliases: ['库位', '宝贝货位', 'location'] },
  { field: 'skuCode', header: '规格编码', aliases: ['SKU编码', 'sku编码', '商家SKU', '规格商家编码', 'sku code'] },
  { field: 'spec', header: '规格', aliases: ['商品规格', '宝贝规格', '销售属性', 'SKU', 'sku'] },
  { field: 'skuShortName', header: '规格简称', aliases: ['SKU简称', 'sku short name'] },
  { field: 'barcode', header: '条码', aliases: ['条形码', '商品条码', 'barcode'] },
  { field: 'skuLocation', header: '规格货位', aliases: ['SKU货位', 'sku location'] },
] as const;

type Field = (typeof columns)[number]['field'];
export type SheetRow = Readonly<Record<Field, string>> & { readonly row: number };

/** One row per SKU; an item without SKUs has one row. UTF-8 with BOM, so that spreadsheet programs read it as such. */
export function itemsSheet(items: readonly Item[]): string {
  const lines = [csvRow(columns.map((column) => column.header))];
  for (const item of items) {
    const own = { platformId: item.platformId, code: item.code, title: item.title, shortName: item.shortName, brand: item.brand, location: item.location };
    const skus = item.skus.length > 0 ? item.skus : [{ code: '', spec: '', shortName: '', barcode: '', location: '' }];
    for (const sku of skus) {
      const row: Record<Field, string> = { ...own, skuCode: sku.code, spec: sku.spec, skuShortName: sku.shortName, barcode: sku.barcode, skuLocation: sku.location };
      lines.push(csvRow(columns.map((column) => row[column.field])));
    }
  }
  return `\ufeff${lines.join('\r\n')}\r\n`;
}

/** Rows of a pasted or saved table (comma or tab); undefined when it has no column that names an item and none that gives a name. */
export function readItemsSheet(text: string): SheetRow[] | undefined {
  const body = text.replace(/^\ufeff/, '');
  const firstLine = body.slice(0, body.search(/\r?\n|$/));
  const records = parse(body, { delimiter: firstLine.includes('\t') ? '\t' : ',', relax_quotes: true, relax_column_count: true, skip_empty_lines: true, max_record_size: 100_000 }) as string[][];
  const header = (records[0] ?? []).map((cell) => comparable(cell));
  const places = new Map<Field, number>();
  for (const column of columns) {
    const at = header.findIndex((cell) => [column.header, ...column.aliases].some((name) => comparable(name) === cell));
    if (at >= 0) places.set(column.field, at);
  }
  const names = places.has('shortName') || places.has('skuShortName');
  if (!names || !(places.has('platformId') || places.has('code') || places.has('title') || places.has('skuCode'))) return undefined;
  return records.slice(1).map((record, index) => {
    const cell = (field: Field): string => {
      const at = places.get(field);
      return at === undefined ? '' : withoutFormulaGuard((record[at] ?? '').trim());
    };
    return Object.assign(Object.fromEntries(columns.map((column) => [column.field, cell(column.field)])) as Record<Field, string>, { row: index + 2 });
  });
}

function comparable(header: string): string {
  return header.normalize('NFKC').toLowerCase().replace(/[\s_()]+/g, '');
}
