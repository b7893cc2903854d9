/** Which shop do these files belong to: what must not go together is refused, and the shop they most probably belong to is proposed. */
import type { shopReasons } from '../../../common/contract/import.ts';
import type { Platform, Shop } from '../../../common/contract/shops.ts';
import { fail } from '../../../common/errors.ts';
import type { ReadOrders } from './importer.ts';

/** A file of an earlier import. */
export interface ImportedBefore {
  readonly shopId: string;
  readonly platform: string;
  /** Names of shops the file gave. */
  readonly shops: readonly string[];
  /** Comparable header, as one text. */
  readonly header: string;
}

export interface ShopProposal {
  readonly id: string | null;
  readonly reason: (typeof shopReasons)[number] | null;
  /** For a new shop: the name the file gives, and its platform. */
  readonly newName: string;
  readonly platform: Platform;
}

/**
 * Refuses what does not belong into one shop.
 * Errors: PLATFORM_DIFFERS, SHOPS_MIXED.
 */
export function checkShop(read: readonly ReadOrders[], shop: Pick<Shop, 'name' | 'platform'>, mixed: boolean): void {
  for (const { file } of read) {
    if (file.platform !== 'other' && shop.platform !== 'offline' && file.platform !== shop.platform) {
      fail('PLATFORM_DIFFERS', { file: file.file, found: file.platform, shop: shop.name, expected: shop.platform });
    }
  }
  const names = shopNames(read);
  if (names.length < 2 || mixed) return;
  const files = read.filter(({ report }) => report.shops.length > 0).map(({ file }) => file.file);
  fail('SHOPS_MIXED', { file: files.join(', '), shops: names });
}

function shopNames(read: readonly ReadOrders[]): string[] {
  return [...new Set(read.flatMap(({ report }) => report.shops))].filter((name) => name !== '');
}

/** The platform of the first file that has one; `checkShop` refuses the others. */
export function platformOfFiles(read: readonly ReadOrders[]): Platform | 'other' {
  return read.find(({ file }) => file.platform !== 'other')?.file.platform ?? 'other';
}

/**
 * A shop the file names, else the one files like this went to before, else the only one of the platform. Never one of another platform,
 * and none at all while the file names a shop that the proposed one is not known by.
 */
export function proposeShop(read: readonly ReadOrders[], shops: readonly Shop[], before: readonly ImportedBefore[], headerOf: (read: ReadOrders) => string, oneOfSeveral: boolean): ShopProposal {
  const platform = platformOfFiles(read);
  const names = shopNames(read);
  const [name = ''] = names;
  const none: ShopProposal = { id: null, reason: null, newName: names.length === 1 ? name : '', platform: platform === 'other' ? 'offline' : platform };
  const fitting = shops.filter((shop) => platform === 'other' || shop.platform === platform);
  const named = names.length === 1 ? fitting.find((shop) => shop.name === name) : undefined;
  if (named) return { ...none, id: named.id, reason: 'named' };

  const headers = new Set(read.filter(({ file }) => file.kind === 'orders').map(headerOf));
  const sameShop = (one: ImportedBefore): boolean => names.length === 0 || one.shops.includes(name);
  // A shop without a platform of its own took such files because somebody chose it.
  const may = (id: string): boolean => shops.some((shop) => shop.id === id && (platform === 'other' || shop.platform === platform || shop.platform === 'offline'));
  const known = before.find((one) => may(one.shopId) && one.platform === platform && (platform !== 'other' || headers.has(one.header)) && sameShop(one));
  if (known) return { ...none, id: known.shopId, reason: 'remembered' };

  // Of several shops in the files only one can be the only one there is, and nobody knows which.
  if (oneOfSeveral) return none;
  const knownByAnotherName = (shop: Shop): boolean => before.some((one) => one.shopId === shop.id && one.platform === platform && one.shops.length > 0 && !sameShop(one));
  const own = platform === 'other' ? shops.filter((shop) => shop.platform === 'offline') : fitting;
  const candidates = own.length === 0 ? fitting : own;
  const [only] = candidates;
  return only && candidates.length === 1 && !knownByAnotherName(only) ? { ...none, id: only.id, reason: 'only' } : none;
}
