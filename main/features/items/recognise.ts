/** Which item and SKU a line of an order is, and learning those that are new. */
import { skuWords } from '../../../common/domain/items/sku-words.ts';
import { pinyinKeys } from '../../../common/domain/text-pinyin.ts';
import type { Ids } from '../../ports/index.ts';
import type { ItemRow, SkuRow } from './repository.ts';

/** A line as a file told it; empty where it did not. */
export interface SeenLine {
  readonly title: string;
  readonly platformId: string;
  readonly itemCode: string;
  readonly spec: string;
  readonly skuCode: string;
  readonly barcode: string;
}

/** Strongest first: the platform's number, the merchant's code, the title. */
export function itemKey(line: Pick<SeenLine, 'platformId' | 'itemCode' | 'title'>): string {
  if (line.platformId !== '') return `id:${line.platformId}`;
  if (line.itemCode !== '') return `code:${line.itemCode}`;
  return `title:${line.title}`;
}

export function skuKey(line: Pick<SeenLine, 'skuCode' | 'spec'>): string {
  return line.skuCode !== '' ? `code:${line.skuCode}` : `spec:${skuWords(line.spec)}`;
}

/** The item of a line among candidates of its shop: a number decides, then a code, then the title when only one item has it. */
export function itemOf(line: Pick<SeenLine, 'platformId' | 'itemCode' | 'title' | 'skuCode'>, candidates: readonly ItemRow[], skus: readonly SkuRow[] = []): ItemRow | undefined {
  if (line.platformId !== '') {
    const byNumber = candidates.find((item) => item.platform_id === line.platformId);
    if (byNumber !== undefined) return byNumber;
  }
  const compatible = (item: ItemRow): boolean => line.platformId === '' || item.platform_id === '' || item.platform_id === line.platformId;
  if (line.itemCode !== '') {
    const byCode = candidates.filter((item) => item.code === line.itemCode && compatible(item));
    if (byCode.length > 0) return byCode.find((item) => item.title === line.title) ?? byCode[0];
  }
  const byTitle = candidates.filter((item) => item.title === line.title && line.title !== '' && compatible(item));
  if (byTitle.length <= 1) return byTitle[0];
  // Two items of one title: the SKU code may tell them apart; else the live one seen last.
  const bySku = line.skuCode === '' ? undefined : byTitle.find((item) => skus.some((sku) => sku.item_id === item.id && sku.code === line.skuCode));
  return bySku ?? byTitle.toSorted((a, b) => Number(a.archived_at !== null) - Number(b.archived_at !== null) || b.last_ordered_at.localeCompare(a.last_ordered_at))[0];
}

/** The SKU of a line among those of its item. */
export function skuOf(line: Pick<SeenLine, 'skuCode' | 'spec' | 'barcode'>, skus: readonly SkuRow[]): SkuRow | undefined {
  if (line.skuCode !== '') {
    const byCode = skus.find((sku) => sku.code === line.skuCode);
    if (byCode !== undefined) return byCode;
  }
  const words = skuWords(line.spec);
  if (words !== '') return skus.find((sku) => skuWords(sku.spec) === words && (line.skuCode === '' || sku.code === ''));
  return line.barcode === '' ? undefined : skus.find((sku) => sku.barcode === line.barcode);
}

export function newItem(line: SeenLine, shopId: string, ids: Ids, now: string): ItemRow {
  return {
    id: ids.next('item'),
    shop_id: shopId,
    platform_id: line.platformId,
    match_key: itemKey(line),
    title: line.title,
    code: line.itemCode,
    brand: '',
    location: '',
    weight_grams: null,
    ...pinyinKeys(line.title),
    last_ordered_at: '',
    archived_at: null,
    created_at: now,
    updated_at: now,
  };
}

export function newSku(line: SeenLine, itemId: string, ids: Ids, now: string): SkuRow {
  return { id: ids.next('sku'), item_id: itemId, match_key: skuKey(line), code: line.skuCode, spec: line.spec, barcode: line.barcode, location: '', created_at: now, updated_at: now };
}
