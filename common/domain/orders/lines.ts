/** The goods of one row: usually one, sometimes several in one cell. */
import { isScientific } from './clean.ts';
import type { Profile } from './profiles.ts';
import type { ColumnMapping, Field, LineDraft, NoticeCode } from './types.ts';
import { parseCount, parseFen } from './values.ts';

interface Problem {
  readonly code: NoticeCode;
  readonly detail: string;
}

/** Lines of a row, and what could not be read in it. A row without any goods gives none. */
export function readLines(read: (field: Field) => string, profile: Profile, mapping: ColumnMapping): { lines: LineDraft[]; problems: Problem[] } {
  const title = read('title');
  const spec = read('spec');
  if (title === '' && spec === '' && read('skuCode') === '' && read('itemId') === '') return { lines: [], problems: [] };
  const cells = { title, spec, sub: read('subNumber'), code: read('skuCode'), item: read('itemId'), sku: read('skuId'), quantity: read('quantity'), price: read('price') };
  const kinds = parseCount(read('kinds'));
  const pieces = parseCount(read('pieces'));
  const counted = profile.platform === 'other' && cells.quantity === '' ? countedGoods(title, pieces) : [];
  if (counted.length > 0) {
    return { lines: counted.map(({ words, count }, index): LineDraft => ({ subNumber: '', title: words, spec: index === 0 && counted.length === 1 ? spec : '', itemId: '', skuId: '', skuCode: counted.length === 1 ? cells.code : '', itemCode: '', quantity: count, priceFen: null, refunded: false })), problems: [] };
  }
  const titles = profile.joined ? splitTitles(cells, profile.joined, kinds) : [title];
  const count = titles.length;
  if (count > 1) {
    const quantities = partsFor(cells.quantity, count, /[;；,，]/);
    const specs = partsFor(spec, count, profile.joined);
    const codes = partsFor(cells.code, count, profile.joined);
    const subs = partsFor(cells.sub, count, /[;；,，]/);
    const items = partsFor(cells.item, count, profile.joined);
    const skus = partsFor(cells.sku, count, profile.joined);
    const prices = partsFor(cells.price, count, /[;；]/);
    const lines = titles.map((part, index): LineDraft => ({
      subNumber: subs[index] ?? '',
      title: part,
      spec: specs[index] ?? '',
      itemId: items[index] ?? '',
      skuId: skus[index] ?? '',
      skuCode: codes[index] ?? '',
      itemCode: '',
      quantity: quantities.length === count ? parseCount(quantities[index] ?? '') : pieces === count ? 1 : null,
      priceFen: parseFen(prices[index] ?? ''),
      refunded: false,
    }));
    return { lines, problems: [] };
  }
  const problems: Problem[] = [];
  const text = (field: Field): string => {
    const value = read(field);
    if (!isScientific(value)) return value;
    problems.push({ code: 'value-digits-lost', detail: value });
    return '';
  };
  const line: LineDraft = {
    subNumber: text('subNumber'),
    title,
    spec,
    itemId: text('itemId'),
    skuId: text('skuId'),
    skuCode: read('skuCode'),
    itemCode: read('itemCode'),
    quantity: quantityOf(cells.quantity, { kinds, pieces, hasColumn: mapping.quantity !== undefined, hasPieces: mapping.pieces !== undefined }, problems),
    priceFen: parseFen(read('price')),
    refunded: false,
  };
  return { lines: [line], problems };
}

function quantityOf(text: string, order: { kinds: number | null; pieces: number | null; hasColumn: boolean; hasPieces: boolean }, problems: Problem[]): number | null {
  if (text !== '') {
    const count = parseCount(text);
    if (count === null) problems.push({ code: 'value-unreadable', detail: text });
    return count;
  }
  if (order.hasColumn) return null;
  // One kind of goods in the row: the order's total is its quantity.
  if (order.hasPieces) return order.kinds === null || order.kinds === 1 ? order.pieces : null;
  return 1;
}

/**
 * Goods of a table somebody keeps by hand, each with its number behind it: `棉袜 黑*2；鞋垫 x1`. Believed only when every part has one
 * and, where the table gives a total, they add up to it; else nothing.
 */
function countedGoods(title: string, pieces: number | null): { words: string; count: number }[] {
  for (const mark of [/[;；\n]/, /[,，、]/, /\+/]) {
    const parts = title.split(mark).map((part) => part.trim()).filter((part) => part !== '');
    const goods = parts.map((part) => /^(.*\S)\s*[x×*＊✕]\s*(\d{1,4})(?:件|双|个|套|盒|包|条|瓶|袋|箱)?$/iu.exec(part)).map((found) => ({ words: found?.[1] ?? '', count: Number(found?.[2] ?? 0) }));
    if (goods.length === 0 || goods.some((one) => one.words === '' || one.count === 0)) continue;
    if (pieces === null ? parts.length > 1 : goods.reduce((sum, one) => sum + one.count, 0) === pieces) return goods;
  }
  return [];
}

interface GoodsCells {
  readonly title: string;
  readonly spec: string;
  readonly sub: string;
  readonly code: string;
}

/**
 * Titles of goods joined in one cell. The joining mark also occurs inside titles, so a division is believed only when something else
 * in the row agrees with its count: the number of kinds, the sub-orders, the codes, or the specs.
 */
function splitTitles(cells: GoodsCells, joined: RegExp, kinds: number | null): string[] {
  const marks = joined.source.includes('，') ? [/，/, /,/, joined] : [joined];
  for (const mark of marks) {
    const parts = cells.title.split(mark).map((part) => part.trim()).filter((part) => part !== '');
    if (parts.length < 2) continue;
    const agrees = kinds === parts.length || [cells.sub, cells.code].some((cell) => partsFor(cell, parts.length, joined).length === parts.length) || (kinds === null && partsFor(cells.spec, parts.length, joined).length === parts.length);
    if (agrees && (kinds === null || kinds === parts.length)) return parts;
  }
  return [cells.title];
}

/** The cell in exactly `count` parts, or nothing. */
function partsFor(cell: string, count: number, mark: RegExp | undefined): string[] {
  if (cell === '' || !mark) return [];
  const parts = cell.split(mark).map((part) => part.trim());
  return parts.length === count ? parts : [];
}
