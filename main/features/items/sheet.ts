/** Items and their short names as a table for a spreadsheet, and the same table back. */
import type { Item } from '../../../common/contract/items.ts';
import { readSheet, writeSheet } from '../files/sheet.ts';

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

/** One row per SKU; an item without SKUs has one row. */
export function itemsSheet(items: readonly Item[]): string {
  return writeSheet(
    columns,
    items.flatMap((item) => {
      const own = { platformId: item.platformId, code: item.code, title: item.title, shortName: item.shortName, brand: item.brand, location: item.location };
      const skus = item.skus.length > 0 ? item.skus : [{ code: '', spec: '', shortName: '', barcode: '', location: '' }];
      return skus.map((sku) => ({ ...own, skuCode: sku.code, spec: sku.spec, skuShortName: sku.shortName, barcode: sku.barcode, skuLocation: sku.location }));
    }),
  );
}

/** Undefined when the table has no column that names an item, or none that gives a name. */
export function readItemsSheet(text: string): SheetRow[] | undefined {
  const { has, rows } = readSheet<Field>(text, columns);
  const names = has('shortName') || has('skuShortName');
  if (!names || !(has('platformId') || has('code') || has('title') || has('skuCode'))) return undefined;
  return rows.map(({ row, cells }) => ({ ...cells, row }));
}
