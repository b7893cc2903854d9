/**
 * Use cases of a packing station. A scan is one transaction over the parcel's row, the desk and the log of scans; that its label is on
 * paper is told to the journal first, because that is a fact whatever becomes of the parcel.
 */
import type { Answer, Desk, Reply } from '../../../common/contract/stations.ts';
import { codeCandidates, goodsCode } from '../../../common/domain/stations/codes.ts';
import { fail } from '../../../common/errors.ts';
import type { Clock, Ids } from '../../ports/index.ts';
import type { AttemptsService } from '../attempts/service.ts';
import type { Actor, AuditService } from '../audit/service.ts';
import type { OrdersService } from '../orders/service.ts';
import type { ParcelsService } from '../parcels/service.ts';
import { businessDay, dayStart } from '../waybills/days.ts';
import type { Cards, Pack } from './card.ts';
import { openByOrder, packAsIs, packDespite, scanGoods, scanLabel } from './decide.ts';
import type { Basket, Decision, Goods, Situation } from './decide.ts';
import { createStationsRepository } from './repository.ts';
import type { DeskRow, PackingRow, ScanRow, StationsRepository } from './repository.ts';

export interface StationsDeps {
  readonly repository: StationsRepository;
  readonly cards: Cards;
  readonly attempts: Pick<AttemptsService, 'scan' | 'rights'>;
  readonly parcels: Pick<ParcelsService, 'ofOrder' | 'byWaybill'>;
  readonly orders: Pick<OrdersService, 'idsByNumber' | 'setAside' | 'clearStops'>;
  /** What a code of goods is called, in any shop. */
  readonly goodsNamed: (code: string) => Promise<string | undefined>;
  /** The life of a number, or undefined when it is none of ours. */
  readonly follow: (number: string) => Promise<NumberLife | undefined>;
  readonly audit: AuditService;
  readonly clock: Clock;
  readonly ids: Ids;
}

export interface NumberLife {
  readonly state: string;
  readonly parcelId: string | null;
  readonly events: readonly { readonly to: string; readonly at: string; readonly operator: string; readonly reason: string }[];
}

export interface Scan {
  readonly scanId: string;
  readonly code: string;
  /** The station's own clock, milliseconds. */
  readonly capturedMs?: number | undefined;
}

/** The same label within this time is one scan; goods may be two pieces of a kind, so their time is only a scanner's stutter. */
const sameLabelMs = 2_000;
const sameGoodsMs = 300;
/** How long "the same scan once more takes it over" counts. */
const takeOverMs = 60_000;
const stripLength = 5;
const copyTries = 5;
const copyWaitMs = 100;

export type StationsService = ReturnType<typeof createStationsService>;

/** What one scan changes, decided inside its transaction. */
interface Step {
  readonly kind: Answer['kind'];
  readonly number: string;
  readonly set?: Partial<PackingRow> | undefined;
  readonly desk?: Omit<DeskRow, 'station_id'> | undefined;
}

export function createStationsService(deps: StationsDeps) {
  const { repository, cards, attempts, parcels, orders, audit, clock, ids } = deps;
  const today = (): string => dayStart(businessDay(clock.now()));

  async function packOf(number: string): Promise<Pack | undefined> {
    const full = await parcels.byWaybill(number);
    return full && cards.pack(full.parcel.id);
  }

  async function cardOf(number: string) {
    const [pack, row] = await Promise.all([packOf(number), repository.packing(number)]);
    return pack && cards.card(pack, row);
  }

  async function desk(actor: Actor): Promise<Desk> {
    const since = today();
    const [row, scans, packed] = await Promise.all([repository.desk(actor.station.id), repository.lastScans(actor.station.id, since, stripLength), repository.packedSince(since)]);
    return {
      card: row.number === '' ? null : ((await cardOf(row.number)) ?? null),
      basket: goodsOf(basketOf(row)),
      recent: scans.map((scan) => ({ id: scan.id, at: scan.at, kind: scan.kind, number: scan.number, code: scan.code, undone: scan.undone_at !== null })),
      today: { here: packed.find((one) => one.stationId === actor.station.id)?.parcels ?? 0, all: packed.reduce((sum, one) => sum + one.parcels, 0) },
    };
  }

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

  async function note(actor: Actor, scan: Scan, kind: Answer['kind'], number = ''): Promise<void> {
    await write(actor, scan, '', undefined, () => ({ kind, number }));
  }

  const repeated: Answer = { kind: 'repeated' };

  /** The answer for a decision about one parcel, with its card as it is now. */
  async function answerOf(decision: Decision, pack: Pack, number: string): Promise<Answer> {
    const card = await cards.card(pack, await repository.packing(number));
    const { kind } = decision;
    if (kind === 'packed') return { kind, card, how: decision.set?.how as 'label' | 'counted' | 'as_is' | 'despite' };
    if (kind === 'wrong_goods') return { kind, card, why: decision.why ?? 'not_in_parcel', goods: [...(decision.goods ?? [])] };
    return { kind, card };
  }

  /** One step about the parcel of a number: decided, written, told, in the audit trail when it packs. */
  async function about(actor: Actor, scan: Scan, number: string, pack: Pack, choose: (at: Situation, desk: DeskRow) => Decision | undefined): Promise<Answer | undefined> {
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
  }

  /** A waybill number of ours under the scanner. */
  async function label(actor: Actor, scan: Scan, number: string, last: ScanRow | undefined): Promise<Answer | undefined> {
    const seen = await attempts.scan({ number }, actor);
    if (seen.outcome === 'unknown_number') {
      const life = await deps.follow(number);
      if (life === undefined) return undefined;
      await note(actor, scan, 'no_parcel', number);
      return { kind: 'no_parcel', number, state: life.state };
    }
    if (seen.outcome === 'void') return voidNumber(actor, scan, number);
    const pack = await drawnFor(number);
    if (pack === undefined) {
      await note(actor, scan, 'no_parcel', number);
      return { kind: 'no_parcel', number, state: seen.outcome };
    }
    const open = await unfinished(actor, number);
    if (open !== undefined) {
      await note(actor, scan, 'unfinished', open.number);
      return { kind: 'unfinished', card: open, scanned: number };
    }
    const takeOver = last?.kind === 'elsewhere' && last.number === number && Date.parse(clock.now()) - Date.parse(last.at) < takeOverMs;
    return about(actor, scan, number, pack, (at, deskBefore) => scanLabel(at, basketOf(deskBefore), takeOver, seen.outcome !== 'not_printed_here'));
  }

  /** The parcel of a number that was drawn. Its own copy of the number follows a moment later, and a label may be faster. */
  async function drawnFor(number: string): Promise<Pack | undefined> {
    for (let tries = 0; ; tries += 1) {
      const pack = await packOf(number);
      if (pack !== undefined || tries === copyTries) return pack;
      await new Promise((resolve) => setTimeout(resolve, copyWaitMs));
    }
  }

  /** The parcel begun on this desk, when another label comes before it is complete. */
  async function unfinished(actor: Actor, number: string) {
    const { number: open } = await repository.desk(actor.station.id);
    if (open === '' || open === number) return undefined;
    const row = await repository.packing(open);
    return row?.state === 'counting' && row.station_id === actor.station.id ? cardOf(open) : undefined;
  }

  async function voidNumber(actor: Actor, scan: Scan, number: string): Promise<Answer> {
    const life = await deps.follow(number);
    const end = life?.events.findLast((event) => ['void_waiting', 'void', 'burned'].includes(event.to));
    const pack = life?.parcelId === null || life === undefined ? undefined : await cards.pack(life.parcelId);
    await note(actor, scan, 'void', number);
    return { kind: 'void', number, state: life?.state ?? 'void', reason: end?.reason ?? '', at: end?.at ?? '', by: end?.operator ?? '', instead: pack?.parcel.waybill ?? '' };
  }

  /** Goods: of the parcel on the desk, or put down for the next label. */
  async function goods(actor: Actor, scan: Scan, code: string): Promise<Answer | undefined> {
    const { number } = await repository.desk(actor.station.id);
    const pack = number === '' ? undefined : await packOf(number);
    const own = pack?.lines.find((line) => line.codes.some((one) => one !== '' && goodsCode(one) === goodsCode(code)));
    const name = own?.name ?? (await deps.goodsNamed(code));
    if (name === undefined) return undefined;
    const piece: Goods = { code: goodsCode(code), name, quantity: 1 };
    const answer = pack && (await about(actor, scan, number, pack, (at) => scanGoods(at, piece)));
    if (answer !== undefined) return answer;
    let basket: Basket = {};
    const step = await write(actor, scan, '', undefined, (_row, deskBefore) => {
      const had = basketOf(deskBefore);
      basket = { ...had, [piece.code]: { name, quantity: (had[piece.code]?.quantity ?? 0) + 1 } };
      return { kind: 'basket', number: '', desk: { number: '', basket: JSON.stringify(basket) } };
    });
    return step === null ? repeated : { kind: 'basket', goods: goodsOf(basket) };
  }

  /** An order number: its one parcel is opened for counting; several boxes are listed. */
  async function order(actor: Actor, scan: Scan, code: string): Promise<Answer | undefined> {
    const orderIds = await orders.idsByNumber(code);
    if (orderIds.length === 0) return undefined;
    const boxes = (await Promise.all(orderIds.map((id) => parcels.ofOrder(id)))).flatMap((one) => one.parcels);
    const [only] = boxes;
    if (boxes.length === 1 && only !== undefined && only.waybill !== '') {
      const number = only.waybill;
      const open = await unfinished(actor, number);
      if (open !== undefined) {
        await note(actor, scan, 'unfinished', open.number);
        return { kind: 'unfinished', card: open, scanned: code };
      }
      const pack = await packOf(number);
      if (pack !== undefined) return about(actor, scan, number, pack, openByOrder);
    }
    await note(actor, scan, 'order');
    const states = await Promise.all(boxes.map((one) => (one.waybill === '' ? undefined : repository.packing(one.waybill))));
    return { kind: 'order', order: code, boxes: boxes.map((one, index) => ({ number: one.waybill, position: one.position, total: one.total, state: one.state === 'handed' ? 'handed' : (states[index]?.state ?? (one.waybill === '' ? 'unprinted' : 'open')) })) };
  }

  /** The answer again, for a station that did not get it. */
  async function replay({ kind, number, code }: ScanRow, actor: Actor): Promise<Answer> {
    if (kind === 'unknown') return { kind, code };
    if (kind === 'basket') return { kind, goods: goodsOf(basketOf(await repository.desk(actor.station.id))) };
    const [card, row] = await Promise.all([cardOf(number), repository.packing(number)]);
    if (card === undefined) return repeated;
    if (kind === 'packed') return { kind, card, how: (row?.how || 'label') as 'label' | 'counted' | 'as_is' | 'despite' };
    const shown = (['counted', 'opened', 'alarm', 'held', 'duplicate', 'elsewhere', 'not_printed'] as const).find((one) => one === kind);
    return shown === undefined ? repeated : { kind: shown, card };
  }

  async function read(actor: Actor, scan: Scan): Promise<Answer> {
    const known = await repository.scanOf(scan.scanId);
    if (known !== undefined) return replay(known, actor);
    const candidates = codeCandidates(scan.code);
    const [last] = await repository.lastScans(actor.station.id, today(), 1);
    if (last !== undefined && isStutter(last, scan, candidates)) return repeated;
    for (const number of candidates) {
      const answer = await label(actor, scan, number, last);
      if (answer !== undefined) return answer;
    }
    for (const code of candidates) {
      const answer = (await goods(actor, scan, code)) ?? (await order(actor, scan, code));
      if (answer !== undefined) return answer;
    }
    await note(actor, scan, 'unknown');
    return { kind: 'unknown', code: candidates[0] ?? scan.code };
  }

  const reply = async (actor: Actor, answer: Answer): Promise<Reply> => ({ answer, desk: await desk(actor) });
  const pressed = (code: string): Scan => ({ scanId: ids.next('key'), code });

  async function known(number: string): Promise<Pack> {
    return (await packOf(number)) ?? fail('NUMBER_UNKNOWN', { number });
  }

  return {
    desk,

    /** What the code was, and what became of it. Never fails for a code: an unknown one is an answer. */
    scan: async (scan: Scan, actor: Actor): Promise<Reply> => reply(actor, await read(actor, scan)),

    /** Errors: NUMBER_UNKNOWN. */
    async packAsIs(number: string, actor: Actor): Promise<Reply> {
      const answer = await about(actor, pressed('as is'), number, await known(number), packAsIs);
      return reply(actor, answer ?? repeated);
    },

    /** Nothing lies on the desk any more; what was counted of an unpacked parcel is forgotten. */
    async putDown(actor: Actor): Promise<Reply> {
      const { number } = await repository.desk(actor.station.id);
      const pack = number === '' ? undefined : await packOf(number);
      await write(actor, pressed('put down'), number, pack, (row, before) => {
        if (before.number === '' && before.basket === '{}') return undefined;
        const begun = row?.state === 'counting' && row.station_id === actor.station.id;
        return { kind: 'put_down', number, desk: { number: '', basket: '{}' }, set: begun ? { state: 'open', counted: '{}', label_at: null } : undefined };
      });
      return reply(actor, { kind: 'put_down' });
    },

    /** Takes back the last thing this station did today. A parcel that somebody changed since, or that left, stays as it is. */
    async undo(actor: Actor): Promise<Reply> {
      const now = clock.now();
      const answer = await repository.transaction(async (trx): Promise<Answer> => {
        const inside = createStationsRepository(trx);
        const last = await inside.lastUndoable(actor.station.id, today());
        if (last === undefined) return { kind: 'cannot_undo', why: 'nothing' };
        const before = JSON.parse(last.before) as Before;
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
        await inside.insertScan({ id: ids.next('key'), at: now, captured_ms: Date.parse(now), station_id: actor.station.id, operator: actor.operator, code: '', kind: 'undone', number: last.number, before: '', undone_at: null });
        return { kind: 'undone', of: last.kind, number: last.number, card: null };
      });
      if (answer.kind !== 'undone') return reply(actor, answer);
      await audit.record(actor, 'parcel.undo', answer.number, { of: answer.of });
      return reply(actor, { ...answer, card: answer.number === '' ? null : ((await cardOf(answer.number)) ?? null) });
    },

    /** Out of the way: its orders are held with the reason, its number stays its own (nothing goes back). Errors: NUMBER_UNKNOWN. */
    async setAside(input: { number: string; reason: string }, actor: Actor): Promise<Reply> {
      const pack = await known(input.number);
      await orders.setAside(pack.orders.map((one) => one.id), input.reason, actor);
      await decided(actor, input.number, pack, 'set_aside', { state: 'aside', how: '', reason: input.reason, packed_at: null, counted: '{}', at: clock.now() });
      await audit.record(actor, 'parcel.set-aside', input.number, { alarms: alarmsOf(pack) });
      return reply(actor, { kind: 'set_aside', card: (await cardOf(input.number)) ?? fail('NUMBER_UNKNOWN', { number: input.number }) });
    },

    /** Packed in spite of everything; alarm and hold are settled by it. Errors: NUMBER_UNKNOWN, REASON_NEEDED, PIN_NEEDED, PIN_WRONG. */
    async packDespite(input: { number: string; reason: string; pin?: string | undefined }, actor: Actor): Promise<Reply> {
      const pack = await known(input.number);
      if (input.reason === '') fail('REASON_NEEDED', { action: 'pack' });
      const approvedBy = await attempts.rights.approve('pack', input);
      const situation = { pack, row: freshRow(input.number, pack, actor, clock.now()), stationId: actor.station.id, now: clock.now() };
      const decision = packDespite({ ...situation, row: (await repository.packing(input.number)) ?? situation.row }, input.reason);
      if (decision.set !== undefined) {
        await orders.clearStops(pack.orders.map((one) => one.id), actor);
        await decided(actor, input.number, pack, 'packed', decision.set);
        await audit.record(actor, 'parcel.pack-despite', input.number, { alarms: alarmsOf(pack), reason: input.reason, approvedBy });
      }
      return reply(actor, await answerOf(decision, await known(input.number), input.number));
    },
  };

  /** A person's decision about an alarm: written like a scan, but a key does not take it back. */
  async function decided(actor: Actor, number: string, pack: Pack, kind: 'set_aside' | 'packed', set: Partial<PackingRow>): Promise<void> {
    const now = clock.now();
    await repository.transaction(async (trx) => {
      const inside = createStationsRepository(trx);
      const row = await inside.lockPacking(number, freshRow(number, pack, actor, now));
      await inside.updatePacking(number, { ...set, operator: actor.operator, station_id: actor.station.id, version: row.version + 1 });
      await inside.putDesk({ station_id: actor.station.id, number, basket: '{}' });
      await inside.insertScan({
        id: ids.next('key'), at: now, captured_ms: Date.parse(now), station_id: actor.station.id, operator: actor.operator, code: '', kind, number,
        before: JSON.stringify({ decided: true } satisfies Before), undone_at: null,
      });
    });
  }
}

/** How things stood before a step, for taking it back. */
interface Before {
  readonly desk?: DeskRow;
  readonly row?: PackingRow;
  /** Version the step gave the row. */
  readonly version?: number;
  readonly decided?: true;
}

function freshRow(number: string, pack: Pack, actor: Actor, now: string): PackingRow {
  return {
    number, parcel_id: pack.parcel.parcelId, carrier_code: pack.parcel.carrierCode, state: 'open', counted: '{}', how: '', reason: '', operator: actor.operator, station_id: actor.station.id, at: now,
    label_at: null, packed_at: null, handover_id: null, version: 0,
  };
}

function alarmsOf(pack: Pack): string[] {
  return pack.orders.flatMap((one) => (one.alarm === '' ? [] : [one.alarm]));
}

function basketOf(desk: DeskRow): Basket {
  return JSON.parse(desk.basket) as Basket;
}

function goodsOf(basket: Basket): Goods[] {
  return Object.entries(basket).map(([code, { name, quantity }]) => ({ code, name, quantity }));
}

/** The scanner sent it twice, or its trigger was held. */
function isStutter(last: ScanRow, scan: Scan, candidates: readonly string[]): boolean {
  if (last.undone_at !== null || scan.capturedMs === undefined || last.code !== scan.code.slice(0, 200)) return false;
  const isLabel = candidates.includes(last.number);
  const since = scan.capturedMs - Number(last.captured_ms);
  return since >= 0 && since < (isLabel ? sameLabelMs : sameGoodsMs);
}
