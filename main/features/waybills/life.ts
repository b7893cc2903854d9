/** The later life of a number: void, the unit that comes back, hand-over, write-off, and the rare way out of quarantine. */
import { normaliseNumber } from '../../../common/domain/waybills/formats.ts';
import { numberAt } from '../../../common/domain/waybills/ranges.ts';
import { fail, isFailure } from '../../../common/errors.ts';
import type { Actor } from '../audit/service.ts';
import type { AttemptsService } from '../attempts/service.ts';
import type { AccountsDeps } from './accounts.ts';
import { seriesOf } from './draw.ts';
import { poolHolder } from './repository.ts';
import type { NumberMoves } from './moves.ts';

export interface LifeDeps extends AccountsDeps {
  readonly moves: NumberMoves;
  readonly attempts: Pick<AttemptsService, 'voidWithin'>;
}

export function createLife({ store, repository, ledger, ids, clock, audit, witness, moves, attempts }: LifeDeps) {
  const who = (actor: Actor) => ({ operator: actor.operator, stationId: actor.station.id });

  return {
    /**
     * The number is dead for its parcel at once and for ever. Its paid unit comes back after the carrier's days (at once where the
     * carrier gives it back at once). Labels of it are void too. Errors: REASON_NEEDED, NUMBER_UNKNOWN, NUMBER_STATE (handed over, void),
     * LABEL_UNDER_WAY (a label of it is being sent now).
     */
    async void(input: { number: string; reason: string }, actor: Actor): Promise<{ state: string; releaseAt: string | null }> {
      if (input.reason.trim() === '') fail('REASON_NEEDED', { action: 'void' });
      const number = normaliseNumber(input.number);
      const { head, result } = await store.write(async (trx) => {
        const writing = await ledger.open(trx, { evenStopped: true });
        const row = (await repository.number(number, trx)) ?? fail('NUMBER_UNKNOWN', { number });
        const account = (await repository.account(row.account_id, trx)) ?? fail('NOT_FOUND', { what: 'account', id: row.account_id });
        await attempts.voidWithin(trx, writing, number, actor, input.reason);
        const waits = account.settlement === 'prepaid' && account.recycle_days > 0;
        const releaseAt = waits ? new Date(Date.parse(writing.at) + account.recycle_days * 86_400_000).toISOString() : null;
        await moves.to(trx, writing, number, waits ? 'void_waiting' : 'void', { ...who(actor), kind: 'void', reason: input.reason.trim(), releaseAt });
        if (!waits && account.settlement === 'prepaid') {
          writing.move({
            kind: 'recycle', book: 'units', accountId: account.id, poolId: '', from: 'spent', to: 'balance', n: 1, shopId: row.shop_id, payerShopId: row.payer_shop_id,
            grantId: row.grant_id, facts: { number }, ...who(actor),
          });
        }
        return { head: await writing.flush(), result: { state: waits ? 'void_waiting' : 'void', releaseAt } };
      });
      witness.record(head);
      await audit.record(actor, 'number.void', number, { releaseAt: result.releaseAt });
      return result;
    },

    /** The number is lost and its unit with it (label stolen, printed elsewhere). Errors as for void. */
    async burn(input: { number: string; reason: string }, actor: Actor): Promise<{ state: string }> {
      if (input.reason.trim() === '') fail('REASON_NEEDED', { action: 'burn' });
      const number = normaliseNumber(input.number);
      const head = await store.write(async (trx) => {
        const writing = await ledger.open(trx, { evenStopped: true });
        await attempts.voidWithin(trx, writing, number, actor, input.reason);
        await moves.to(trx, writing, number, 'burned', { ...who(actor), kind: 'burn', reason: input.reason.trim() });
        return writing.flush();
      });
      witness.record(head);
      await audit.record(actor, 'number.burn', number);
      return { state: 'burned' };
    },

    /** Units of void numbers whose date has come go back to the balance. The numbers stay dead. Returns how many. */
    async recycle(actor: Actor): Promise<number> {
      const { head, returned } = await store.write(async (trx) => {
        const writing = await ledger.open(trx, { evenStopped: true });
        const due = await trx.selectFrom('waybill_numbers').selectAll().where('state', '=', 'void_waiting').where('release_at', '<=', writing.at).orderBy('release_at').limit(10_000).execute();
        for (const row of due) {
          await moves.to(trx, writing, row.number, 'void', { ...who(actor), kind: 'release' });
          writing.move({
            kind: 'recycle', book: 'units', accountId: row.account_id, poolId: '', from: 'spent', to: 'balance', n: 1, shopId: row.shop_id, payerShopId: row.payer_shop_id,
            grantId: row.grant_id, facts: { number: row.number }, ...who(actor),
          });
        }
        return { head: await writing.flush(), returned: due.length };
      });
      witness.record(head);
      return returned;
    },

    /** Parcels given to the courier. Each number has its own answer. */
    async handOver(numbers: readonly string[], actor: Actor, state: 'handed_over' | 'closed' = 'handed_over'): Promise<{ number: string; ok: boolean; error: string | null }[]> {
      const answers: { number: string; ok: boolean; error: string | null }[] = [];
      const head = await store.write(async (trx) => {
        const writing = await ledger.open(trx, { evenStopped: true });
        for (const text of numbers) {
          const number = normaliseNumber(text);
          try {
            await moves.to(trx, writing, number, state, { ...who(actor), kind: state === 'closed' ? 'close' : 'hand_over' });
            answers.push({ number, ok: true, error: null });
          } catch (thrown) {
            if (!isFailure(thrown)) throw thrown;
            answers.push({ number, ok: false, error: thrown.error.code });
          }
        }
        return writing.flush();
      });
      witness.record(head);
      return answers;
    },

    async voidWaiting() {
      const rows = await store.db.selectFrom('waybill_numbers').select(['number', 'account_id', 'parcel_id', 'release_at']).where('state', '=', 'void_waiting').orderBy('release_at').limit(1000).execute();
      return rows.map((row) => ({ number: row.number, accountId: row.account_id, parcelId: row.parcel_id, releaseAt: row.release_at ?? '' }));
    },

    /** Numbers that nobody drew and nobody may draw: quarantined, or burned with a lost station. */
    async quarantined() {
      const rows = await store.db
        .selectFrom('waybill_segments as s')
        .innerJoin('waybill_pools as p', 'p.id', 's.pool_id')
        .selectAll('s')
        .select('p.name as pool_name')
        .where('s.state', 'in', ['quarantine', 'burned'])
        .orderBy('s.id')
        .limit(1000)
        .execute();
      const releases = new Map((await store.db.selectFrom('waybill_releases').selectAll().where('second_by', 'is', null).execute()).map((row) => [row.segment_id, row]));
      return rows.map((row) => {
        const release = releases.get(row.id);
        return {
          segmentId: row.id, poolId: row.pool_id, poolName: row.pool_name, state: row.state, first: numberAt(seriesOf(row), row.next_tail), last: numberAt(seriesOf(row), row.last_tail),
          count: row.last_tail - row.next_tail + 1, release: release ? { evidence: release.evidence, by: release.first_by, at: release.first_at } : null,
        };
      });
    },

    /**
     * The only way back: the carrier says these never-drawn numbers are unused, and two different people confirm it. A number that was
     * drawn never takes it. Errors: EVIDENCE_NEEDED, SECOND_PERSON_NEEDED (the same person again), NOT_FOUND.
     */
    async release(input: { segmentId: string; evidence: string }, actor: Actor): Promise<{ released: number; waitingForSecond: boolean }> {
      if (input.evidence.trim() === '') fail('EVIDENCE_NEEDED', { action: 'release' });
      const { head, result } = await store.write(async (trx) => {
        const writing = await ledger.open(trx);
        const segment =
          (await trx.selectFrom('waybill_segments').selectAll().where('id', '=', input.segmentId).where('state', 'in', ['quarantine', 'burned']).executeTakeFirst()) ??
          fail('NOT_FOUND', { what: 'segment', id: input.segmentId });
        const n = segment.last_tail - segment.next_tail + 1;
        const first = await trx.selectFrom('waybill_releases').selectAll().where('segment_id', '=', segment.id).where('second_by', 'is', null).executeTakeFirst();
        if (!first) {
          await trx
            .insertInto('waybill_releases')
            .values({ id: ids.next('rel'), segment_id: segment.id, numbers: n, evidence: input.evidence.trim(), first_by: actor.operator, first_at: clock.now(), second_by: null, second_at: null })
            .execute();
          return { head: writing.head, result: { released: 0, waitingForSecond: true } };
        }
        if (first.first_by === actor.operator) fail('SECOND_PERSON_NEEDED', { action: 'release', first: first.first_by });
        await trx.updateTable('waybill_releases').set({ second_by: actor.operator, second_at: clock.now() }).where('id', '=', first.id).execute();
        await repository.updateSegment(trx, segment.id, { state: 'open', holder: poolHolder, lease_id: null });
        writing.move({
          kind: 'release', book: 'numbers', accountId: segment.account_id, poolId: segment.pool_id, from: segment.state === 'burned' ? 'burned' : 'quarantine', to: 'free', n,
          firstNumber: numberAt(seriesOf(segment), segment.next_tail), lastNumber: numberAt(seriesOf(segment), segment.last_tail),
          reason: input.evidence.trim(), facts: { first: first.first_by, second: actor.operator }, ...who(actor),
        });
        return { head: await writing.flush(), result: { released: n, waitingForSecond: false } };
      });
      witness.record(head);
      await audit.record(actor, 'numbers.release', input.segmentId, { ...result });
      return result;
    },
  };
}
