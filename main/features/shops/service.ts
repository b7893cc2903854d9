import type { Shop, Platform } from '../../../common/contract/shops.ts';
import { fail } from '../../../common/errors.ts';
import type { Clock, Ids } from '../../ports/index.ts';
import type { Actor, AuditService } from '../audit/service.ts';
import type { ShopsRepository } from './repository.ts';

export interface ShopsDeps {
  readonly repository: ShopsRepository;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly audit: AuditService;
}


export type ShopsService = ReturnType<typeof createShopsService>;

/** Use cases of shops. */
export function createShopsService({ repository, clock, ids, audit }: ShopsDeps) {
  async function get(id: string): Promise<Shop> {
    return (await repository.find(id)) ?? fail('NOT_FOUND', { what: 'shop', id });
  }

  return {
    get,

    /** All shops by name; archived ones only when asked for. */
    list(query: { archived: boolean }): Promise<Shop[]> {
      return repository.list(query.archived);
    },

    /** A shop by its exact name, or undefined. */
    findByName(name: string): Promise<Shop | undefined> {
      return repository.findByName(name);
    },

    /** Two live shops of one name would be told apart by nobody: refused with CONFLICT. */
    async create(input: { name: string; platform: Platform; senderAddressId: string | null }, actor: Actor): Promise<Shop> {
      const existing = await repository.findByName(input.name);
      if (existing) fail('CONFLICT', { what: 'shop', id: existing.id, reason: 'name' });
      const shop: Shop = { ...input, id: ids.next('shop'), archivedAt: null, createdAt: clock.now() };
      await repository.insert(shop);
      await audit.record(actor, 'shop.create', shop.id, { name: shop.name });
      return shop;
    },

    async update(
      input: { id: string; name?: string; platform?: Platform; senderAddressId?: string | null; archived?: boolean },
      actor: Actor,
    ): Promise<Shop> {
      const shop = await get(input.id);
      if (input.name !== undefined && input.name !== shop.name) {
        const existing = await repository.findByName(input.name);
        if (existing) fail('CONFLICT', { what: 'shop', id: existing.id, reason: 'name' });
      }
      const { archived, ...changes } = input;
      const next: Shop = { ...shop, ...changes, archivedAt: archived === undefined ? shop.archivedAt : archived ? clock.now() : null };
      await repository.update(next);
      await audit.record(actor, 'shop.update', shop.id, { fields: Object.keys(input).filter((key) => key !== 'id') });
      return next;
    },
  };
}
