/**
 * The station's side of a block: ask, remember the question before asking, take the answer in once. The numbers of a block become an
 * ordinary pool of the station's own database and are drawn from it by the same code as everywhere.
 */
import { numberAt, rangeSize } from '../../../common/domain/waybills/ranges.ts';
import { fail } from '../../../common/errors.ts';
import type { Actor } from '../audit/service.ts';
import type { AccountsDeps } from './accounts.ts';
import type { Block, UsedFact } from './leases.ts';

export interface BlockQuestion {
  readonly requestId: string;
  readonly poolId: string;
  readonly hostPoolId: string;
  readonly numbers: number;
}

export function createStationBlocks({ store, repository, ledger, ids, clock, witness }: AccountsDeps) {
  return {
    /** Writes a question down; only then may it be sent. A question without an answer is asked again with the same id. */
    async ask(input: { poolId: string; hostPoolId: string; numbers: number }): Promise<BlockQuestion> {
      const id = ids.next('req');
      await store.write(
        async (trx) =>
          void (await trx
            .insertInto('waybill_requests')
            .values({ id, pool_id: input.poolId, host_pool_id: input.hostPoolId, numbers: input.numbers, at: clock.now(), answered_at: null, lease_id: null })
            .execute()),
      );
      return { requestId: id, ...input };
    },

    /** Questions without an answer, oldest first. */
    async open(): Promise<BlockQuestion[]> {
      const rows = await store.db.selectFrom('waybill_requests').selectAll().where('answered_at', 'is', null).orderBy('at').orderBy('id').execute();
      return rows.map((row) => ({ requestId: row.id, poolId: row.pool_id, hostPoolId: row.host_pool_id, numbers: row.numbers }));
    },

    /** Gives a question up because the host refused it. */
    async drop(requestId: string): Promise<void> {
      await store.write(async (trx) => void (await trx.updateTable('waybill_requests').set({ answered_at: clock.now() }).where('id', '=', requestId).execute()));
    },

    /** Takes the numbers of a block in. The second time for the same question is nothing. Errors: NOT_FOUND (no such question). */
    async adopt(block: Block, actor: Actor): Promise<{ adopted: number }> {
      const { head, adopted } = await store.write(async (trx) => {
        const writing = await ledger.open(trx);
        const question = (await trx.selectFrom('waybill_requests').selectAll().where('id', '=', block.requestId).executeTakeFirst()) ?? fail('NOT_FOUND', { what: 'request', id: block.requestId });
        if (question.lease_id !== null) return { head: writing.head, adopted: 0 };
        const pool = (await repository.pool(question.pool_id, trx)) ?? fail('NOT_FOUND', { what: 'pool', id: question.pool_id });
        await repository.appendRanges(trx, { id: pool.id, accountId: pool.account_id }, block.ranges, { importId: block.leaseId, newId: () => ids.next('seg') });
        for (const range of block.ranges) {
          writing.move({
            kind: 'block', book: 'numbers', accountId: pool.account_id, poolId: pool.id, from: 'outside', to: 'free', n: rangeSize(range), firstNumber: numberAt(range, range.first),
            lastNumber: numberAt(range, range.last), facts: { leaseId: block.leaseId, epoch: block.epoch }, stationId: actor.station.id, operator: actor.operator,
          });
        }
        await trx.updateTable('waybill_requests').set({ answered_at: clock.now(), lease_id: block.leaseId }).where('id', '=', block.requestId).execute();
        return { head: await writing.flush(), adopted: block.ranges.reduce((sum, range) => sum + rangeSize(range), 0) };
      });
      witness.record(head);
      return { adopted };
    },

    /** What was drawn here, for the host's books. Telling it twice is harmless. */
    async used(after = 0): Promise<{ facts: UsedFact[]; seq: number }> {
      const rows = await store.db.selectFrom('waybill_numbers').select(['number', 'parcel_id', 'shop_id', 'drawn_at', 'last_seq']).where('last_seq', '>', after).orderBy('last_seq').execute();
      return { facts: rows.map((row) => ({ number: row.number, parcelId: row.parcel_id, shopId: row.shop_id, at: row.drawn_at })), seq: Number(rows.at(-1)?.last_seq ?? after) };
    },
  };
}
