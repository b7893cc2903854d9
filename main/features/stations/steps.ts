/** How a station writes: one transaction over the parcel's row, the desk and the log of scans, with all that taking a step back needs. */
import type { Answer } from '../../../common/contract/stations.ts';
import type { Clock, Ids } from '../../ports/index.ts';
import type { Actor, AuditService } from '../audit/service.ts';
import type { Cards, Pack } from './card.ts';
import type { Basket, Decision, Goods, Situation } from './decide.ts';
import { createStationsRepository } from './repository.ts';
import type { DeskRow, PackingRow, ScanRow, StationsRepository } from './repository.ts';

export interface StepsDeps {
  readonly repository: StationsRepository;
  readonly cards: Cards;
  readonly audit: AuditService;
  readonly clock: Clock;
  readonly ids: Ids;
}

export interface Scan {
  readonly scanId: string;
  readonly code: string;
  /** The station's own clock, milliseconds. */
  readonly capturedMs?: number | undefined;
}

/** What one scan changes, decided inside its transaction. */
interface Step {
  readonly kind: Answer['kind'];
  readonly number: string;
  readonly set?: Partial<PackingRow> | undefined;
  readonly desk?: Omit<DeskRow, 'station_id'> | undefined;
}

/** How things stood before a step, for taking it back. */
export interface Before {
  readonly desk?: DeskRow;
  readonly row?: PackingRow;
  /** Version the step gave the row. */
  readonly version?: number;
  readonly decided?: true;
}

export type Steps = ReturnType<typeof createSteps>;

export const repeated: Answer = { kind: 'repeated' };

export function createSteps({ repository, cards, audit, clock, ids }: StepsDeps) {
  /** Writes one step. `decide` sees the parcel's row locked; undefined leaves everything as it is. Null: this scan was here before. */
  async function write(actor: Actor, scan: Scan, number: string, pack: Pack | undefined, decide: (row: PackingRow | undefined, desk: DeskRow) => Step | undefined): Promise<Step | null | undefined> {
    const now = clock.now();
    return repository.transaction(async (trx) => {
      const inside = createStationsRepository(trx);
      const deskBefore = await inside.desk(actor.station.id);
      const row = pack && (await inside.lockPacking(number, freshRow(number, pack, actor, now)));
      const step = decide(row, deskBefore);
      if (step === undefined) return undefined;
      const changesRow = row !== undefined && step.set !== undefined;
      const version = (row?.version ?? 0) + 1;
      // What only shows a parcel leaves nothing to take back.
      const before = step.set === undefined && step.kind !== 'basket' && step.kind !== 'put_down' ? '' : JSON.stringify({ desk: deskBefore, ...(changesRow && { row, version }) } satisfies Before);
      const fresh = await inside.insertScan({
        id: scan.scanId, at: now, captured_ms: Math.round(scan.capturedMs ?? Date.parse(now)), station_id: actor.station.id, operator: actor.operator,
        code: scan.code.slice(0, 200), kind: step.kind, number: step.number, before, undone_at: null,
      });
      if (!fresh) return null;
      if (changesRow) await inside.updatePacking(number, { ...step.set, operator: actor.operator, station_id: actor.station.id, version });
      if (step.desk !== undefined) await inside.putDesk({ station_id: actor.station.id, ...step.desk });
      return step;
    });
  }

  /** The answer for a decision about one parcel, with its card as it is now. */
  async function answerOf(decision: Decision, pack: Pack, number: string): Promise<Answer> {
    const card = await cards.card(pack, await repository.packing(number));
    const { kind } = decision;
    if (kind === 'packed') return { kind, card, how: decision.set?.how as 'label' | 'counted' | 'as_is' | 'despite' };
    if (kind === 'wrong_goods') return { kind, card, why: decision.why ?? 'not_in_parcel', goods: [...(decision.goods ?? [])] };
    return { kind, card };
  }

  return {
    write,
    answerOf,

    /** A scan that changes nothing, for the log. */
    async note(actor: Actor, scan: Scan, kind: Answer['kind'], number = ''): Promise<void> {
      await write(actor, scan, '', undefined, () => ({ kind, number }));
    },

    /** One step about the parcel of a number: decided, written, told, in the audit trail when it packs. */
    async about(actor: Actor, scan: Scan, number: string, pack: Pack, choose: (at: Situation, desk: DeskRow) => Decision | undefined): Promise<Answer | undefined> {
      let decision: Decision | undefined;
      const step = await write(actor, scan, number, pack, (row, deskBefore) => {
        decision = row && choose({ pack, row, stationId: actor.station.id, now: clock.now() }, deskBefore);
        if (decision === undefined) return undefined;
        // A parcel that another station has stays on that one's desk.
        const keeps = decision.kind === 'elsewhere' || decision.kind === 'duplicate';
        return { kind: decision.kind, number, set: decision.set, desk: keeps ? undefined : { number, basket: '{}' } };
      });
      if (step === null) return repeated;
      if (step === undefined || decision === undefined) return undefined;
      if (decision.kind === 'packed') await audit.record(actor, 'parcel.pack', number, { how: decision.set?.how });
      return answerOf(decision, pack, number);
    },

    /** A person's decision about an alarm: written like a scan, but a key does not take it back. */
    async decided(actor: Actor, number: string, pack: Pack, kind: 'set_aside' | 'packed', set: Partial<PackingRow>): Promise<void> {
      const now = clock.now();
      await repository.transaction(async (trx) => {
        const inside = createStationsRepository(trx);
        const row = await inside.lockPacking(number, freshRow(number, pack, actor, now));
        await inside.updatePacking(number, { ...set, operator: actor.operator, station_id: actor.station.id, version: row.version + 1 });
        await inside.putDesk({ station_id: actor.station.id, number, basket: '{}' });
        await inside.insertScan(keyScan(actor, now, { kind, number, before: JSON.stringify({ decided: true } satisfies Before) }));
      });
    },

    /** Takes back the last step of this station since a moment; a parcel that left or that somebody changed stays as it is. */
    async takeBack(actor: Actor, since: string): Promise<Extract<Answer, { kind: 'undone' | 'cannot_undo' }>> {
      const now = clock.now();
      return repository.transaction(async (trx) => {
        const inside = createStationsRepository(trx);
        const last = await inside.lastUndoable(actor.station.id, since);
        if (last === undefined) return { kind: 'cannot_undo', why: 'nothing' };
        const before = beforeOf(last);
        if (before.decided === true) return { kind: 'cannot_undo', why: 'decided' };
        if (before.row !== undefined) {
          const row = await inside.lockPacking(before.row.number, before.row);
          if (row.handover_id !== null) return { kind: 'cannot_undo', why: 'handed' };
          if (row.version !== before.version) return { kind: 'cannot_undo', why: 'changed' };
          // With its version as well: the step before it can then be taken back too.
          await inside.updatePacking(row.number, before.row);
        }
        if (!(await inside.markUndone(last.id, now))) return { kind: 'cannot_undo', why: 'changed' };
        await inside.putDesk(before.desk ?? { station_id: actor.station.id, number: '', basket: '{}' });
        await inside.insertScan(keyScan(actor, now, { kind: 'undone', number: last.number, before: '' }));
        return { kind: 'undone', of: last.kind, number: last.number, card: null };
      });
    },
  };

  /** A row of the log for what was no scan. */
  function keyScan(actor: Actor, now: string, what: Pick<ScanRow, 'kind' | 'number' | 'before'>): ScanRow {
    return { id: ids.next('key'), at: now, captured_ms: Date.parse(now), station_id: actor.station.id, operator: actor.operator, code: '', undone_at: null, ...what };
  }
}

export function freshRow(number: string, pack: Pack, actor: Actor, now: string): PackingRow {
  return {
    number, parcel_id: pack.parcel.parcelId, carrier_code: pack.parcel.carrierCode, state: 'open', counted: '{}', how: '', reason: '', operator: actor.operator, station_id: actor.station.id, at: now,
    label_at: null, packed_at: null, handover_id: null, version: 0,
  };
}

/** How things stood before a scan; nothing when it changed nothing. */
export function beforeOf(scan: ScanRow): Before {
  return scan.before === '' ? {} : (JSON.parse(scan.before) as Before);
}

export function basketOf(desk: Pick<DeskRow, 'basket'>): Basket {
  return JSON.parse(desk.basket) as Basket;
}

export function goodsOf(basket: Basket): Goods[] {
  return Object.entries(basket).map(([code, { name, quantity }]) => ({ code, name, quantity }));
}
