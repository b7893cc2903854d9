/**
 * What happens before the first number of a run: the ledger's chain is verified, its witness is asked, and if these data are a copy or
 * an old image a new incarnation begins, in which every number not yet drawn is quarantined. Nothing leaves quarantine by itself.
 */
import { numberAt } from '../../../common/domain/waybills/ranges.ts';
import type { Clock, Ids, Log } from '../../ports/index.ts';
import { seriesOf } from './draw.ts';
import type { Gate } from './gate.ts';
import { genesisHash, verifyChain } from './ledger.ts';
import type { ChainBreak, Ledger, LedgerHead, LedgerWriting } from './ledger.ts';
import type { Who } from './moves.ts';
import type { WaybillsRepository } from './repository.ts';
import type { Store, Trx } from './store.ts';
import type { Witness, WitnessRecord } from './witness.ts';

export type CopyReason = 'rolled_back' | 'forked' | 'other_machine' | 'copied';

export interface StartReport {
  readonly lineage: string;
  readonly incarnation: number;
  readonly seq: number;
  /** Set when this start found a copy or an old image. */
  readonly copy?: { readonly reason: CopyReason; readonly quarantined: number; readonly detail: string };
  readonly broken?: ChainBreak;
}

/** Events walked before the first number; the rest of a long chain is verified while the program runs. */
const tailAtStart = 10_000;
const system: Who = { operator: 'packbench', stationId: '' };

export interface IncarnationDeps {
  readonly store: Store;
  readonly repository: WaybillsRepository;
  readonly ledger: Ledger;
  readonly gate: Gate;
  readonly witness: Witness;
  readonly ids: Ids;
  readonly clock: Clock;
  readonly log: Log;
  /** True for a database server that many programs share: the machine and the folder say nothing there. */
  readonly shared: boolean;
  /** Whether the database is still at another place, which makes this one a copy and not a move. */
  readonly stillAt: (place: string, lineage: string) => boolean | Promise<boolean>;
  /** What a copy means for labels; part of the same transaction. */
  readonly attemptsAfterCopy: (trx: Trx, writing: LedgerWriting) => Promise<void>;
}

export type Incarnation = ReturnType<typeof createIncarnation>;

export function createIncarnation(deps: IncarnationDeps) {
  const { store, repository, ledger, gate, witness, ids, clock, log } = deps;

  async function head(): Promise<(LedgerHead & { machineId: string; stopped: string | null }) | undefined> {
    const row = await store.db
      .selectFrom('waybill_ledger_head as h')
      .innerJoin('waybill_incarnations as i', 'i.n', 'h.incarnation')
      .select(['h.seq', 'h.hash', 'h.lineage', 'h.incarnation', 'h.stopped_reason', 'i.machine_id'])
      .where('h.id', '=', 1)
      .executeTakeFirst();
    return row && { seq: Number(row.seq), hash: row.hash, lineage: row.lineage, incarnation: row.incarnation, machineId: row.machine_id, stopped: row.stopped_reason };
  }

  async function create(): Promise<void> {
    const databaseId = ids.next('db');
    const at = clock.now();
    await store.write(async (trx) => {
      const inserted = await trx
        .insertInto('waybill_ledger_head')
        .values({ id: 1, seq: 0, hash: genesisHash(databaseId), at, database_id: databaseId, lineage: databaseId, incarnation: 1, verified_seq: 0, stopped_reason: null, stopped_at: null })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .returning('id')
        .executeTakeFirst();
      if (!inserted) return;
      await trx
        .insertInto('waybill_incarnations')
        .values({ n: 1, database_id: databaseId, machine_id: witness.machineId, place: witness.place, reason: 'new', facts: '{}', seq: 0, at, seen_at: at, seen_by: system.operator })
        .execute();
    });
  }

  /** Why these data are not the ones that were in use last, or undefined. */
  async function copyReason(now: LedgerHead & { machineId: string }, remembered: readonly WitnessRecord[]): Promise<{ reason: CopyReason; detail: string } | undefined> {
    for (const record of remembered) {
      // Asked first: a copy whose original is still there gets its own lineage and leaves the original alone.
      if (!deps.shared && record.place !== witness.place && (await deps.stillAt(record.place, now.lineage))) return { reason: 'copied', detail: record.place };
    }
    if (!deps.shared && now.machineId !== witness.machineId) return { reason: 'other_machine', detail: now.machineId };
    for (const record of remembered) {
      if (record.incarnation > now.incarnation || record.seq > now.seq) return { reason: 'rolled_back', detail: `${record.seq - now.seq}` };
      if (record.seq === 0) continue;
      const row = await store.db.selectFrom('waybill_ledger').select('hash').where('seq', '=', record.seq).executeTakeFirst();
      if (row?.hash !== record.hash) return { reason: 'forked', detail: `${record.seq}` };
    }
    return undefined;
  }

  /** Every number not yet drawn leaves the free accounts; leases end. Returns how many numbers. */
  async function quarantineAll(trx: Trx, writing: LedgerWriting, reason: string): Promise<number> {
    const segments = await trx.selectFrom('waybill_segments').selectAll().where('state', '=', 'open').orderBy('id').execute();
    let total = 0;
    for (const segment of segments) {
      const n = segment.last_tail - segment.next_tail + 1;
      total += n;
      writing.move({
        kind: 'quarantine', book: 'numbers', accountId: segment.account_id, poolId: segment.pool_id, from: segment.holder === 'pool' ? 'free' : `leased:${segment.holder}`,
        to: 'quarantine', n, firstNumber: numberAt(seriesOf(segment), segment.next_tail), lastNumber: numberAt(seriesOf(segment), segment.last_tail), reason, ...system,
      });
      await repository.updateSegment(trx, segment.id, { state: 'quarantine' });
    }
    // A question this station asked in its past may have been answered in the time these data do not know of, and its block used.
    // Asked again, the host would rightly give the same block. So old questions are given up; the block stays with the host's books.
    await trx.updateTable('waybill_requests').set({ answered_at: writing.at }).where('answered_at', 'is', null).execute();
    await trx.updateTable('waybill_leases').set({ closed_at: writing.at, closed_as: 'quarantine' }).where('closed_at', 'is', null).execute();
    await trx.updateTable('waybill_holders').set((eb) => ({ outstanding: 0, epoch: eb('epoch', '+', 1) })).execute();
    return total;
  }

  return {
    head,
    quarantineAll,

    /**
     * Verifies, compares, opens the gate. Never throws for what it finds: the report and the gate say it. A break in the chain leaves
     * the gate closed.
     */
    async start(): Promise<StartReport> {
      if ((await head()) === undefined) await create();
      let now = (await head()) as NonNullable<Awaited<ReturnType<typeof head>>>;
      const { broken } = await verifyChain(store.db, { after: Math.max(0, now.seq - tailAtStart) });
      if (broken !== undefined || now.stopped !== null) {
        const detail = broken === undefined ? (now.stopped as string) : `${broken.what} ${broken.seq}`;
        gate.stop('ledger', detail, clock.now());
        log.error('waybills.ledger', { detail });
        return { lineage: now.lineage, incarnation: now.incarnation, seq: now.seq, ...(broken ? { broken } : {}) };
      }
      const remembered = witness.remembered(now.lineage);
      const copy = await copyReason(now, remembered);
      let quarantined = 0;
      if (copy) {
        const next = Math.max(now.incarnation, ...remembered.map((record) => record.incarnation)) + 1;
        const lineage = copy.reason === 'copied' || copy.reason === 'other_machine' ? ids.next('line') : now.lineage;
        await store.write(async (trx) => {
          const writing = await ledger.open(trx, { evenStopped: true });
          quarantined = await quarantineAll(trx, writing, copy.reason);
          await deps.attemptsAfterCopy(trx, writing);
          const end = await writing.flush();
          await trx.updateTable('waybill_ledger_head').set({ incarnation: next, lineage }).where('id', '=', 1).execute();
          await trx
            .insertInto('waybill_incarnations')
            .values({
              n: next, database_id: lineage, machine_id: witness.machineId, place: witness.place, reason: copy.reason,
              facts: JSON.stringify({ detail: copy.detail, quarantined }), seq: end.seq, at: writing.at, seen_at: null, seen_by: null,
            })
            .execute();
        });
        now = (await head()) as typeof now;
        log.warn('waybills.copy', { reason: copy.reason, quarantined });
      }
      witness.record(now);
      gate.open();
      return { lineage: now.lineage, incarnation: now.incarnation, seq: now.seq, ...(copy ? { copy: { ...copy, quarantined } } : {}) };
    },
  };
}
