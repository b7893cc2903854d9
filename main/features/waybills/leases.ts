/**
 * Blocks of numbers for stations that must go on when the host is off. A block is taken out of the pool before the station may use it;
 * the same request is answered with the same block; a station declared lost has its rest burned, never given to another.
 */
import { productOf } from '../../../common/domain/waybills/choose.ts';
import { numberAt, splitNumber } from '../../../common/domain/waybills/ranges.ts';
import type { NumberRange } from '../../../common/domain/waybills/ranges.ts';
import { fail } from '../../../common/errors.ts';
import type { Actor } from '../audit/service.ts';
import type { AccountsDeps } from './accounts.ts';
import { seriesOf } from './draw.ts';
import { poolHolder } from './repository.ts';
import type { NumberRow, SegmentRow } from './repository.ts';
import type { Trx } from './store.ts';

export interface Block {
  readonly leaseId: string;
  readonly requestId: string;
  readonly poolId: string;
  readonly accountId: string;
  readonly carrierCode: string;
  readonly epoch: number;
  readonly renewBy: string;
  readonly ranges: readonly NumberRange[];
}

/** What a station did with a number while it was alone. */
export interface UsedFact {
  readonly number: string;
  readonly parcelId: string;
  readonly shopId: string;
  readonly at: string;
}

/** Days after which a station is asked to meet its host; soft: nothing happens to the numbers. */
const renewDays = 30;

export function createLeases({ store, repository, ledger, ids, clock, audit, witness }: AccountsDeps) {
  async function holder(trx: Trx, stationId: string) {
    return trx.updateTable('waybill_holders').set((eb) => ({ quota: eb.ref('quota') })).where('station_id', '=', stationId).returningAll().executeTakeFirst();
  }

  async function blockOf(trx: Trx, leaseId: string): Promise<Block> {
    const lease = await trx.selectFrom('waybill_leases').selectAll().where('id', '=', leaseId).executeTakeFirstOrThrow();
    const account = (await repository.account(lease.account_id, trx)) ?? fail('NOT_FOUND', { what: 'account', id: lease.account_id });
    const segments = await trx.selectFrom('waybill_segments').selectAll().where('lease_id', '=', leaseId).orderBy('position').execute();
    return {
      leaseId, requestId: lease.request_id, poolId: lease.pool_id, accountId: lease.account_id, carrierCode: account.carrier_code, epoch: lease.epoch, renewBy: lease.renew_by,
      ranges: segments.map((segment) => ({ ...seriesOf(segment), first: segment.first_tail, last: segment.last_tail })),
    };
  }

  /** Cuts `n` numbers off the end of a segment as a segment of its own, so that no number is in two rows. */
  async function cut(trx: Trx, segment: SegmentRow, n: number, to: { holder: string; leaseId: string }): Promise<void> {
    if (n === segment.last_tail - segment.next_tail + 1 && segment.next_tail === segment.first_tail) {
      await repository.updateSegment(trx, segment.id, { holder: to.holder, lease_id: to.leaseId });
      return;
    }
    const first = segment.last_tail - n + 1;
    await repository.updateSegment(trx, segment.id, { last_tail: first - 1, ...(segment.next_tail === first ? { state: 'used' } : {}) });
    await repository.insertSegments(trx, [{ ...segment, id: ids.next('seg'), first_tail: first, next_tail: first, holder: to.holder, lease_id: to.leaseId }]);
  }

  /** The row that holds a number which was never drawn here. */
  async function segmentOf(trx: Trx, number: string): Promise<SegmentRow | undefined> {
    const segment = await repository.segmentWith(number, trx);
    return segment && splitNumber(number).tail >= segment.next_tail ? segment : undefined;
  }

  /** Takes one number out of the middle of a block: what is behind it becomes a segment of its own. */
  async function takeOut(trx: Trx, segment: SegmentRow, number: string): Promise<void> {
    const { tail } = splitNumber(number);
    if (tail === segment.next_tail) {
      await repository.updateSegment(trx, segment.id, { next_tail: tail + 1, ...(tail === segment.last_tail ? { state: 'used' } : {}) });
      return;
    }
    await repository.updateSegment(trx, segment.id, { last_tail: tail - 1 });
    const rest = { ...segment, first_tail: tail, next_tail: tail + 1, last_tail: segment.last_tail };
    await repository.insertSegments(trx, [{ ...rest, id: ids.next('seg'), state: tail === segment.last_tail ? 'used' : segment.state }]);
  }

  return {
    /** Makes a station known and how many unused numbers it may hold. A lost station comes back with a new epoch. */
    async enable(input: { stationId: string; quota: number; incarnation?: string | undefined }, actor: Actor): Promise<{ epoch: number }> {
      const epoch = await store.write(async (trx) => {
        const row = await holder(trx, input.stationId);
        if (!row) {
          await trx.insertInto('waybill_holders').values({ station_id: input.stationId, epoch: 1, incarnation: input.incarnation ?? '', quota: input.quota, outstanding: 0, lost_at: null }).execute();
          return 1;
        }
        if (input.quota < row.outstanding) fail('LEASE_QUOTA', { station: input.stationId, quota: input.quota, outstanding: row.outstanding, wanted: 0 });
        await trx.updateTable('waybill_holders').set({ quota: input.quota, lost_at: null }).where('station_id', '=', input.stationId).execute();
        return row.epoch;
      });
      await audit.record(actor, 'station.quota', input.stationId, { quota: input.quota });
      return { epoch };
    },

    /**
     * A block for a station. `requestId` is on the station's disk before it asks, so a lost answer costs nothing: the same id gives the
     * same block. Errors: LEASE_FENCED, LEASE_QUOTA, NO_NUMBERS_LEFT, ACCOUNT_NOT_ACTIVE.
     */
    async grant(input: { requestId: string; stationId: string; epoch: number; poolId: string; numbers: number }, actor: Actor): Promise<Block> {
      const { block, head } = await store.write(async (trx) => {
        const writing = await ledger.open(trx);
        const known = await trx.selectFrom('waybill_leases').select('id').where('request_id', '=', input.requestId).executeTakeFirst();
        if (known) return { block: await blockOf(trx, known.id), head: writing.head };
        const row = await holder(trx, input.stationId);
        if (!row || row.epoch !== input.epoch || row.lost_at !== null) fail('LEASE_FENCED', { station: input.stationId, epoch: row?.epoch ?? 0 });
        if (row.outstanding + input.numbers > row.quota) fail('LEASE_QUOTA', { station: input.stationId, quota: row.quota, outstanding: row.outstanding, wanted: input.numbers });
        const pool = (await repository.pool(input.poolId, trx)) ?? fail('NOT_FOUND', { what: 'pool', id: input.poolId });
        const account = (await repository.account(pool.account_id, trx)) ?? fail('NOT_FOUND', { what: 'account', id: pool.account_id });
        if (account.state !== 'active') fail('ACCOUNT_NOT_ACTIVE', { account: account.name, state: account.state });
        const leaseId = ids.next('lease');
        const renewBy = new Date(Date.parse(writing.at) + renewDays * 86_400_000).toISOString();
        await trx
          .insertInto('waybill_leases')
          .values({ id: leaseId, request_id: input.requestId, station_id: input.stationId, pool_id: pool.id, account_id: account.id, epoch: row.epoch, numbers: input.numbers, at: writing.at, renew_by: renewBy, closed_at: null, closed_as: null })
          .execute();
        let left = input.numbers;
        for (const segment of await repository.openSegments(trx, pool.id, poolHolder, 200)) {
          if (left === 0) break;
          const n = Math.min(left, segment.last_tail - segment.next_tail + 1);
          writing.move({
            kind: 'lease', book: 'numbers', accountId: account.id, poolId: pool.id, from: 'free', to: `leased:${input.stationId}`, n,
            firstNumber: numberAt(seriesOf(segment), segment.last_tail - n + 1), lastNumber: numberAt(seriesOf(segment), segment.last_tail),
            facts: { leaseId, epoch: row.epoch }, operator: actor.operator, stationId: input.stationId,
          });
          await cut(trx, segment, n, { holder: input.stationId, leaseId });
          left -= n;
        }
        if (left > 0) fail('NO_NUMBERS_LEFT', { pool: pool.name, wanted: input.numbers, left: input.numbers - left });
        await trx.updateTable('waybill_holders').set((eb) => ({ outstanding: eb('outstanding', '+', input.numbers) })).where('station_id', '=', input.stationId).execute();
        return { block: await blockOf(trx, leaseId), head: await writing.flush() };
      });
      witness.record(head);
      return block;
    },

    /**
     * What a station printed while it was alone. Facts are never refused: also those of a station that was declared lost, whose numbers
     * were burned (`used_after_write_off`). Returns how many were new.
     */
    async report(input: { stationId: string; facts: readonly UsedFact[] }, actor: Actor): Promise<{ recorded: number; afterWriteOff: number }> {
      const { head, result } = await store.write(async (trx) => {
        const writing = await ledger.open(trx, { evenStopped: true });
        let recorded = 0;
        let afterWriteOff = 0;
        // Units of this report that are not in the stored balance yet.
        const units = new Map<string, number>();
        const spent = (accountId: string) => units.get(accountId) ?? 0;
        for (const fact of input.facts) {
          if (await repository.number(fact.number, trx)) continue;
          const segment = await segmentOf(trx, fact.number);
          if (!segment) fail('NUMBER_UNKNOWN', { number: fact.number });
          const pool = (await repository.pool(segment.pool_id, trx)) ?? fail('NOT_FOUND', { what: 'pool', id: segment.pool_id });
          const account = (await repository.account(segment.account_id, trx)) ?? fail('NOT_FOUND', { what: 'account', id: segment.account_id });
          const late = segment.state === 'burned' || segment.state === 'quarantine';
          const from = late ? (segment.state as 'burned' | 'quarantine') : (`leased:${segment.holder}` as const);
          // Two numbers on one parcel: the second paper exists, so it is recorded, but it does not stand for the parcel.
          const [standing] = await repository.living(trx, [fact.parcelId], []);
          const to = standing ? 'void' : 'assigned';
          const kind = standing ? 'used_twice' : late ? 'used_after_write_off' : 'used';
          const seq = writing.move({
            kind, book: 'numbers', accountId: segment.account_id, poolId: segment.pool_id, from, to, n: 1, number: fact.number, parcelId: fact.parcelId, shopId: fact.shopId,
            payerShopId: pool.owner_shop_id, reason: standing ? `the parcel has ${standing.number}` : '', facts: { usedAt: fact.at }, operator: actor.operator, stationId: input.stationId,
          });
          await takeOut(trx, segment, fact.number);
          const row: NumberRow = {
            number: fact.number, carrier_code: account.carrier_code, account_id: segment.account_id, pool_id: segment.pool_id, segment_id: segment.id, state: to, live: standing ? 0 : 1,
            parcel_id: fact.parcelId, request_key: `${input.stationId}:${fact.number}`, shop_id: fact.shopId, payer_shop_id: pool.owner_shop_id, grant_id: '', station_id: input.stationId,
            operator: actor.operator, reason: '{"rule":"only","passedOver":[]}', drawn_at: writing.at, last_seq: seq, release_at: null,
            product: productOf({ products: JSON.parse(account.products) as string[] }, undefined),
          };
          await repository.insertNumbers(trx, [row]);
          const balance = account.settlement === 'prepaid' ? await repository.balance(trx, { book: 'units', accountId: account.id, poolId: '', acct: 'balance' }) : 0;
          // A fact that the balance does not cover is owed to the branch: it comes from outside.
          writing.move({
            kind: 'draw', book: 'units', accountId: account.id, poolId: '', from: balance - spent(account.id) > 0 ? 'balance' : 'outside', to: 'spent', n: 1, shopId: fact.shopId,
            payerShopId: pool.owner_shop_id, operator: actor.operator, stationId: input.stationId,
          });
          units.set(account.id, spent(account.id) + 1);
          if (!late) await trx.updateTable('waybill_holders').set((eb) => ({ outstanding: eb('outstanding', '-', 1) })).where('station_id', '=', segment.holder).execute();
          recorded += 1;
          if (late) afterWriteOff += 1;
        }
        return { head: await writing.flush(), result: { recorded, afterWriteOff } };
      });
      witness.record(head);
      return result;
    },

    /** The live station gives back what it did not use; only at its own epoch. */
    async giveBack(input: { stationId: string; epoch: number; leaseId: string }, actor: Actor): Promise<{ returned: number }> {
      const { head, returned } = await store.write(async (trx) => {
        const writing = await ledger.open(trx);
        const row = await holder(trx, input.stationId);
        if (!row || row.epoch !== input.epoch || row.lost_at !== null) fail('LEASE_FENCED', { station: input.stationId, epoch: row?.epoch ?? 0 });
        const segments = await trx.selectFrom('waybill_segments').selectAll().where('lease_id', '=', input.leaseId).where('holder', '=', input.stationId).where('state', '=', 'open').execute();
        let returned = 0;
        for (const segment of segments) {
          const n = segment.last_tail - segment.next_tail + 1;
          returned += n;
          writing.move({
            kind: 'return', book: 'numbers', accountId: segment.account_id, poolId: segment.pool_id, from: `leased:${input.stationId}`, to: 'free', n,
            firstNumber: numberAt(seriesOf(segment), segment.next_tail), lastNumber: numberAt(seriesOf(segment), segment.last_tail), facts: { leaseId: input.leaseId },
            operator: actor.operator, stationId: input.stationId,
          });
          await repository.updateSegment(trx, segment.id, { holder: poolHolder, lease_id: null });
        }
        await trx.updateTable('waybill_holders').set((eb) => ({ outstanding: eb('outstanding', '-', returned) })).where('station_id', '=', input.stationId).execute();
        await trx.updateTable('waybill_leases').set({ closed_at: writing.at, closed_as: 'returned' }).where('id', '=', input.leaseId).where('closed_at', 'is', null).execute();
        return { head: await writing.flush(), returned };
      });
      witness.record(head);
      return { returned };
    },

    /** The station is lost: epoch + 1, its unused numbers are burned. If it prints on after all, nobody else has those numbers. */
    async writeOff(input: { stationId: string; reason: string }, actor: Actor): Promise<{ burned: number }> {
      if (input.reason.trim() === '') fail('REASON_NEEDED', { action: 'write_off' });
      const { head, burned } = await store.write(async (trx) => {
        const writing = await ledger.open(trx, { evenStopped: true });
        const row = (await holder(trx, input.stationId)) ?? fail('NOT_FOUND', { what: 'station', id: input.stationId });
        const segments = await trx.selectFrom('waybill_segments').selectAll().where('holder', '=', input.stationId).where('state', '=', 'open').execute();
        let burned = 0;
        for (const segment of segments) {
          const n = segment.last_tail - segment.next_tail + 1;
          burned += n;
          writing.move({
            kind: 'write_off', book: 'numbers', accountId: segment.account_id, poolId: segment.pool_id, from: `leased:${input.stationId}`, to: 'burned', n,
            firstNumber: numberAt(seriesOf(segment), segment.next_tail), lastNumber: numberAt(seriesOf(segment), segment.last_tail), reason: input.reason.trim(),
            operator: actor.operator, stationId: actor.station.id,
          });
          await repository.updateSegment(trx, segment.id, { state: 'burned' });
        }
        await trx.updateTable('waybill_holders').set({ epoch: row.epoch + 1, outstanding: 0, lost_at: writing.at }).where('station_id', '=', input.stationId).execute();
        await trx.updateTable('waybill_leases').set({ closed_at: writing.at, closed_as: 'written_off' }).where('station_id', '=', input.stationId).where('closed_at', 'is', null).execute();
        return { head: await writing.flush(), burned };
      });
      witness.record(head);
      await audit.record(actor, 'station.write_off', input.stationId, { burned, at: clock.now() });
      return { burned };
    },

    async list() {
      const rows = await store.db.selectFrom('waybill_holders').selectAll().orderBy('station_id').execute();
      const leases = await store.db.selectFrom('waybill_leases').select((eb) => ['station_id', eb.fn.countAll().as('count')]).where('closed_at', 'is', null).groupBy('station_id').execute();
      const counts = new Map(leases.map((row) => [row.station_id, Number(row.count)]));
      return rows.map((row) => ({ stationId: row.station_id, epoch: row.epoch, quota: row.quota, outstanding: row.outstanding, lostAt: row.lost_at, leases: counts.get(row.station_id) ?? 0 }));
    },
  };
}
