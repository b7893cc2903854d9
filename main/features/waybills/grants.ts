/** Grants: the right of a shop to draw from a pool. The payer is the pool's owner; what was drawn stays valid when a grant ends. */
import { hash as digest, randomBytes, randomInt } from 'node:crypto';
import type { Grant, GrantRules, GrantState } from '../../../common/contract/waybills.ts';
import { fail } from '../../../common/errors.ts';
import type { Actor } from '../audit/service.ts';
import type { AccountsDeps } from './accounts.ts';
import { businessDay } from './days.ts';
import type { GrantRow } from './repository.ts';
import type { Trx } from './store.ts';

const codeMinutes = 15;
const codeTries = 3;

export function createGrants({ store, repository, ids, clock, audit }: AccountsDeps) {
  async function need(id: string): Promise<GrantRow> {
    return (await repository.grant(id)) ?? fail('NOT_FOUND', { what: 'grant', id });
  }

  async function insert(trx: Trx, input: GrantRules & { poolId: string; shopId: string }, state: GrantState, actor: Actor): Promise<GrantRow> {
    const pool = (await repository.pool(input.poolId, trx)) ?? fail('NOT_FOUND', { what: 'pool', id: input.poolId });
    const shop = (await trx.selectFrom('shops').select('id').where('id', '=', input.shopId).executeTakeFirst()) ?? fail('NOT_FOUND', { what: 'shop', id: input.shopId });
    const standing = await trx.selectFrom('waybill_grants').select('id').where('pool_id', '=', pool.id).where('shop_id', '=', shop.id).where('state', 'in', ['active', 'paused']).executeTakeFirst();
    if (standing) fail('CONFLICT', { what: 'grant', id: standing.id, reason: 'the shop has a grant on this pool' });
    const at = clock.now();
    const row: GrantRow = {
      id: ids.next('gr'), pool_id: pool.id, shop_id: shop.id, own: pool.owner_shop_id === shop.id ? 1 : 0, cap: input.cap, used: 0, daily_cap: input.dailyCap,
      valid_from: input.validFrom ?? at, valid_to: input.validTo, priority: input.priority, provinces: input.provinces === null ? null : JSON.stringify(input.provinces),
      min_grams: input.minGrams, max_grams: input.maxGrams, state, created_at: at, created_by: actor.operator, changed_at: at,
    };
    await trx.insertInto('waybill_grants').values(row).execute();
    return row;
  }

  const codeHash = (grantId: string, code: string) => digest('sha256', `${grantId}:${code}`);

  return {
    async list(query: { poolId?: string | undefined; shopId?: string | undefined }): Promise<Grant[]> {
      const today = businessDay(clock.now());
      let select = store.db
        .selectFrom('waybill_grants as g')
        .leftJoin('waybill_grant_days as d', (join) => join.onRef('d.grant_id', '=', 'g.id').on('d.day', '=', today))
        .selectAll('g')
        .select('d.used as used_today')
        .orderBy('g.created_at');
      if (query.poolId !== undefined) select = select.where('g.pool_id', '=', query.poolId);
      if (query.shopId !== undefined) select = select.where('g.shop_id', '=', query.shopId);
      return (await select.execute()).map((row) => fromRow(row, Number(row.used_today ?? 0)));
    },

    /** A grant for a shop one manages oneself: valid at once. */
    async create(input: GrantRules & { poolId: string; shopId: string }, actor: Actor): Promise<Grant> {
      const row = await store.write((trx) => insert(trx, input, 'active', actor));
      await audit.record(actor, 'grant.create', row.id, { pool: row.pool_id, shop: row.shop_id, cap: row.cap });
      return fromRow(row, 0);
    },

    async update(
      input: { id: string; cap?: number | null | undefined; dailyCap?: number | null | undefined; validTo?: string | null | undefined; priority?: number | undefined; provinces?: string[] | null | undefined; minGrams?: number | null | undefined; maxGrams?: number | null | undefined },
      actor: Actor,
    ): Promise<Grant> {
      const row = await store.write(async (trx) => {
        const row = (await repository.grant(input.id, trx)) ?? fail('NOT_FOUND', { what: 'grant', id: input.id });
        if (row.state === 'revoked') fail('GRANT_ENDED', { shop: row.shop_id, pool: row.pool_id, why: 'revoked' });
        if (input.cap !== undefined && input.cap !== null && input.cap < row.used) fail('GRANT_CAP_REACHED', { shop: row.shop_id, pool: row.pool_id, cap: input.cap, used: row.used, per: 'grant' });
        const pick = <T>(value: T | undefined, old: T): T => (value === undefined ? old : value);
        const set = {
          cap: pick(input.cap, row.cap), daily_cap: pick(input.dailyCap, row.daily_cap), valid_to: pick(input.validTo, row.valid_to), priority: pick(input.priority, row.priority),
          provinces: input.provinces === undefined ? row.provinces : input.provinces === null ? null : JSON.stringify(input.provinces),
          min_grams: pick(input.minGrams, row.min_grams), max_grams: pick(input.maxGrams, row.max_grams), changed_at: clock.now(),
        };
        await trx.updateTable('waybill_grants').set(set).where('id', '=', row.id).execute();
        return { ...row, ...set };
      });
      await audit.record(actor, 'grant.update', row.id, { fields: Object.keys(input).filter((key) => key !== 'id') });
      return fromRow(row, 0);
    },

    /** Pause, resume or revoke. Revoked is for ever: a new grant is a new agreement. */
    async setState(input: { id: string; state: 'active' | 'paused' | 'revoked' }, actor: Actor): Promise<Grant> {
      const row = await need(input.id);
      if (row.state === 'revoked' && input.state !== 'revoked') fail('GRANT_ENDED', { shop: row.shop_id, pool: row.pool_id, why: 'revoked' });
      if (row.state === 'pending' && input.state !== 'revoked') fail('GRANT_ENDED', { shop: row.shop_id, pool: row.pool_id, why: 'pending' });
      const set = { state: input.state, changed_at: clock.now() };
      await store.write(async (trx) => void (await trx.updateTable('waybill_grants').set(set).where('id', '=', row.id).execute()));
      await audit.record(actor, 'grant.state', row.id, { state: input.state });
      return fromRow({ ...row, ...set }, 0);
    },

    /** A grant for a shop another person manages: it begins when they type the code. Only its hash is kept. */
    async share(input: GrantRules & { poolId: string; shopId: string }, actor: Actor): Promise<{ grantId: string; code: string; expiresAt: string }> {
      const code = String(randomInt(100_000, 1_000_000));
      const now = clock.now();
      const expiresAt = new Date(Date.parse(now) + codeMinutes * 60_000).toISOString();
      const grant = await store.write(async (trx) => {
        const row = await insert(trx, input, 'pending', actor);
        await trx
          .insertInto('waybill_share_codes')
          .values({ id: ids.next('code'), grant_id: row.id, shop_id: row.shop_id, code_hash: codeHash(row.id, code), expires_at: expiresAt, tries_left: codeTries, used_at: null, created_at: now })
          .execute();
        return row;
      });
      await audit.record(actor, 'grant.share', grant.id, { pool: grant.pool_id, shop: grant.shop_id });
      return { grantId: grant.id, code, expiresAt };
    },

    /**
     * The other side types the code. A wrong one costs every open code of that shop a try, so three guesses are three guesses however
     * many codes are open. Errors: SHARE_CODE_WRONG, SHARE_CODE_EXPIRED.
     */
    async accept(input: { shopId: string; code: string }, actor: Actor): Promise<Grant> {
      const now = clock.now();
      const code = input.code.normalize('NFKC').replaceAll(/\D/g, '');
      const outcome = await store.write(async (trx) => {
        const codes = await trx.selectFrom('waybill_share_codes').selectAll().where('shop_id', '=', input.shopId).where('used_at', 'is', null).orderBy('created_at', 'desc').execute();
        const open = codes.filter((row) => row.expires_at > now && row.tries_left > 0);
        const match = open.find((row) => row.code_hash === codeHash(row.grant_id, code));
        if (match) {
          await trx.updateTable('waybill_share_codes').set({ used_at: now }).where('id', '=', match.id).execute();
          await trx.updateTable('waybill_grants').set({ state: 'active', changed_at: now }).where('id', '=', match.grant_id).where('state', '=', 'pending').execute();
          return { kind: 'accepted', grantId: match.grant_id } as const;
        }
        // The count of tries has to survive, so the refusal is thrown after the commit.
        for (const row of open) await trx.updateTable('waybill_share_codes').set({ tries_left: row.tries_left - 1 }).where('id', '=', row.id).execute();
        if (open.length === 0 && codes.some((row) => row.expires_at <= now && row.code_hash === codeHash(row.grant_id, code))) return { kind: 'expired' } as const;
        return { kind: 'wrong', triesLeft: Math.max(0, ...open.map((row) => row.tries_left - 1)) } as const;
      });
      if (outcome.kind === 'expired') fail('SHARE_CODE_EXPIRED', { minutes: codeMinutes });
      if (outcome.kind === 'wrong') fail('SHARE_CODE_WRONG', { triesLeft: outcome.triesLeft });
      await audit.record(actor, 'grant.accept', outcome.grantId);
      return fromRow(await need(outcome.grantId), 0);
    },

    /** Rules that differ from going by priority are stored; the others are not listed. */
    async drawRules(): Promise<{ shopId: string; mode: 'priority' | 'cheapest' }[]> {
      const rows = await store.db.selectFrom('waybill_draw_rules').selectAll().orderBy('shop_id').execute();
      return rows.map((row) => ({ shopId: row.shop_id, mode: row.mode === 'cheapest' ? 'cheapest' : 'priority' }));
    },

    async setDrawRule(input: { shopId: string; mode: 'priority' | 'cheapest' }, actor: Actor): Promise<void> {
      await store.write(
        async (trx) =>
          void (await trx
            .insertInto('waybill_draw_rules')
            .values({ shop_id: input.shopId, mode: input.mode })
            .onConflict((conflict) => conflict.column('shop_id').doUpdateSet({ mode: input.mode }))
            .execute()),
      );
      await audit.record(actor, 'grant.rule', input.shopId, { mode: input.mode });
    },
  };
}

/** Random text for a program run, to tell two writers of one witness apart. */
export function newWriterId(): string {
  return randomBytes(8).toString('hex');
}

function fromRow(row: GrantRow, usedToday: number): Grant {
  return {
    id: row.id, poolId: row.pool_id, shopId: row.shop_id, own: row.own === 1, cap: row.cap, used: row.used, dailyCap: row.daily_cap, usedToday, validFrom: row.valid_from, validTo: row.valid_to,
    priority: row.priority, provinces: row.provinces === null ? null : (JSON.parse(row.provinces) as string[]), minGrams: row.min_grams, maxGrams: row.max_grams,
    state: row.state as GrantState, createdAt: row.created_at, createdBy: row.created_by,
  };
}
