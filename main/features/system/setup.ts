import { carriers } from '../../../common/domain/waybills/carriers.ts';
import type { Platform, Shop } from '../../../common/contract/shops.ts';
import type { Actor } from '../audit/service.ts';
import { fail } from '../../../common/errors.ts';
import type { AddressesService } from '../addresses/service.ts';
import type { ShopsService } from '../shops/service.ts';
import type { Numbers } from '../waybills/assemble.ts';

export interface SetupDeps {
  readonly addresses: Pick<AddressesService, 'create' | 'setDefault' | 'parse'>;
  readonly shops: ShopsService;
  readonly numbers: Pick<Numbers, 'accounts' | 'imports'>;
  readonly pools: () => Promise<readonly { readonly id: string; readonly name: string; readonly ownerShopId: string }[]>;
}

export type Setup = ReturnType<typeof createSetup>;

/** The few steps a headless run and the samples share: a shop, and a pool of numbers it may draw from. */
export function createSetup({ shops, numbers, pools, addresses }: SetupDeps) {
  return {
    /** The shop of this name, made when there is none. */
    async shop(name: string, platform: Platform, actor: Actor): Promise<Shop> {
      return (await shops.findByName(name)) ?? shops.create({ name, platform, senderAddressId: null }, actor);
    },

    /**
     * The shop's sender address from pasted text; a shop that has one keeps it. Errors: BAD_INPUT when the text does not hold one
     * address, and those of the address book.
     */
    async sender(shop: Shop, text: string, actor: Actor): Promise<void> {
      if (shop.senderAddressId !== null) return;
      const { recipients } = await addresses.parse({ text });
      const [found] = recipients;
      if (found === undefined || recipients.length > 1) fail('BAD_INPUT', { issues: [{ path: 'sender', message: `${recipients.length} addresses in “${text.slice(0, 60)}”` }] });
      const { name, phone, extension, province, city, district, town, detail, postcode } = found.address;
      const made = await addresses.create(
        { label: '', contact: name, company: '', phone, extension, privacyPhone: '', province, city, district, town, detail, postcode: postcode ?? '', note: '' },
        actor,
      );
      await addresses.setDefault({ scope: 'shop', scopeId: shop.id, purpose: 'send', addressId: made.id }, actor);
    },

    /**
     * A pool of the shop holding these numbers (a range such as `YT8800000000001+500`, or a list). The same numbers again into the
     * same pool are there already and nothing happens. Errors: those of importing numbers.
     */
    async pool(shop: Shop, text: string, actor: Actor, options: { carrierCode?: string; name?: string } = {}): Promise<{ poolId: string; imported: number }> {
      const carrierCode = options.carrierCode ?? carrierOf(text);
      const name = options.name ?? `${shop.name} ${carrierCode}`;
      const known = (await pools()).find((pool) => pool.name === name && pool.ownerShopId === shop.id);
      const poolId = known?.id ?? (await makePool(shop, carrierCode, name, actor));
      const preview = await numbers.imports.preview({ poolId, text });
      if (known !== undefined && preview.count > 0 && preview.knownCount === preview.count) return { poolId, imported: 0 };
      const { count } = await numbers.imports.commit({ poolId, text, expected: preview.count, source: name, topUp: true }, actor);
      return { poolId, imported: count };
    },
  };

  async function makePool(shop: Shop, carrierCode: string, name: string, actor: Actor): Promise<string> {
    const account = await numbers.accounts.create(
      { carrierCode, branchCode: '', branchName: '', name, settlement: 'prepaid', ownerShopId: shop.id, unitPrice: 0, lowWater: 100, state: 'active' },
      actor,
    );
    const pool = await numbers.accounts.createPool({ accountId: account.id, name, ownerShopId: shop.id, reserve: 0 }, actor);
    return pool.id;
  }
}

/** The carrier whose numbers look like the first one given; letters decide, digits alone are too common to tell. */
export function carrierOf(numbers: string): string {
  const first = numbers.trim().split(/[\s,;+~-]/)[0]?.toUpperCase() ?? '';
  if (!/^[A-Z]/.test(first)) return 'OTHER';
  return carriers.find((carrier) => carrier.pattern?.test(first) === true)?.code ?? 'OTHER';
}
