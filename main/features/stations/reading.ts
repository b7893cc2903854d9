/** What a code under the scanner is, and what becomes of it: a label, goods, an order, or nothing we know. */
import type { Answer, Card } from '../../../common/contract/stations.ts';
import { codeCandidates, goodsCode } from '../../../common/domain/stations/codes.ts';
import type { AttemptsService } from '../attempts/service.ts';
import type { Actor } from '../audit/service.ts';
import type { OrdersService } from '../orders/service.ts';
import type { ParcelsService } from '../parcels/service.ts';
import type { Cards, Pack } from './card.ts';
import { openByOrder, scanGoods, scanLabel } from './decide.ts';
import type { Basket, Goods } from './decide.ts';
import type { ScanRow, StationsRepository } from './repository.ts';
import { basketOf, beforeOf, freshRow, goodsOf, repeated } from './steps.ts';
import type { Scan, Steps } from './steps.ts';

export interface NumberLife {
  readonly state: string;
  readonly parcelId: string | null;
  readonly events: readonly { readonly to: string; readonly at: string; readonly operator: string; readonly reason: string }[];
}

export interface ReadingDeps {
  readonly repository: StationsRepository;
  readonly cards: Cards;
  readonly steps: Steps;
  readonly attempts: Pick<AttemptsService, 'scan'>;
  readonly parcels: Pick<ParcelsService, 'ofOrder'>;
  readonly orders: Pick<OrdersService, 'idsByNumber'>;
  /** What a code of goods is called, in any shop. */
  readonly goodsNamed: (code: string) => Promise<string | undefined>;
  /** The life of a number, or undefined when it is none of ours. */
  readonly follow: (number: string) => Promise<NumberLife | undefined>;
  readonly packOf: (number: string) => Promise<Pack | undefined>;
  readonly cardOf: (number: string) => Promise<Card | undefined>;
  readonly clock: { now(): string };
}

/** The same label within this time is one scan; goods may be two pieces of a kind, so their time is only a scanner's stutter. */
const sameLabelMs = 2_000;
const sameGoodsMs = 300;
/** How long "the same scan once more takes it over" counts. */
const takeOverMs = 60_000;

/** Gives the answer to a scan of a station; `since` is where its day began. Never fails for a code: an unknown one is an answer. */
export function createReading({ repository, cards, steps, attempts, parcels, orders, packOf, cardOf, clock, ...deps }: ReadingDeps) {
  const { note, about } = steps;

  /** A waybill number of ours under the scanner. */
  async function label(actor: Actor, scan: Scan, number: string, last: ScanRow | undefined): Promise<Answer | undefined> {
    const seen = await attempts.scan({ number }, actor);
    if (seen.outcome === 'unknown_number') {
      const life = await deps.follow(number);
      if (life === undefined) return undefined;
      await note(actor, scan, 'no_parcel', number);
      return { kind: 'no_parcel', number, state: life.state };
    }
    if (seen.outcome === 'void') {
      await note(actor, scan, 'void', number);
      return voidNumber(number);
    }
    const pack = await packOf(number);
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

  /** The parcel begun on this desk, when another label comes before it is complete. */
  async function unfinished(actor: Actor, number: string): Promise<Card | undefined> {
    const { number: open } = await repository.desk(actor.station.id);
    if (open === '' || open === number) return undefined;
    const row = await repository.packing(open);
    return row?.state === 'counting' && row.station_id === actor.station.id ? cardOf(open) : undefined;
  }

  async function voidNumber(number: string): Promise<Answer> {
    const life = await deps.follow(number);
    const end = life?.events.findLast((event) => ['void_waiting', 'void', 'burned'].includes(event.to));
    const pack = life?.parcelId === null || life === undefined ? undefined : await cards.pack(life.parcelId);
    return { kind: 'void', number, state: life?.state ?? 'void', reason: end?.reason ?? '', at: end?.at ?? '', by: end?.operator ?? '', instead: pack?.parcel.waybill ?? '' };
  }

  async function pieceOf(pack: Pack | undefined, code: string): Promise<Goods | undefined> {
    const own = pack?.lines.find((line) => line.codes.some((one) => one !== '' && goodsCode(one) === goodsCode(code)));
    const name = own?.name ?? (await deps.goodsNamed(code));
    return name === undefined ? undefined : { code: goodsCode(code), name, quantity: 1 };
  }

  /** Goods: of the parcel on the desk, or put down for the next label. */
  async function goods(actor: Actor, scan: Scan, code: string): Promise<Answer | undefined> {
    const { number } = await repository.desk(actor.station.id);
    const pack = number === '' ? undefined : await packOf(number);
    const piece = await pieceOf(pack, code);
    if (piece === undefined) return undefined;
    const answer = pack && (await about(actor, scan, number, pack, (at) => scanGoods(at, piece)));
    if (answer !== undefined) return answer;
    let basket: Basket = {};
    const step = await steps.write(actor, scan, '', undefined, (_row, deskBefore) => {
      const had = basketOf(deskBefore);
      basket = { ...had, [piece.code]: { name: piece.name, quantity: (had[piece.code]?.quantity ?? 0) + 1 } };
      return { kind: 'basket', number: '', desk: { number: '', basket: JSON.stringify(basket) } };
    });
    return step === null ? repeated : { kind: 'basket', goods: goodsOf(basket) };
  }

  async function boxesOf(code: string) {
    return (await Promise.all((await orders.idsByNumber(code)).map((id) => parcels.ofOrder(id)))).flatMap((one) => one.parcels);
  }

  /** An order number: its one parcel is opened for counting; several boxes are listed. */
  async function order(actor: Actor, scan: Scan, code: string): Promise<Answer | undefined> {
    if ((await orders.idsByNumber(code)).length === 0) return undefined;
    const boxes = await boxesOf(code);
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
    return listBoxes(code, boxes);
  }

  async function listBoxes(code: string, boxes: Awaited<ReturnType<typeof boxesOf>>): Promise<Answer> {
    const states = await Promise.all(boxes.map((one) => (one.waybill === '' ? undefined : repository.packing(one.waybill))));
    return { kind: 'order', order: code, boxes: boxes.map((one, index) => ({ number: one.waybill, position: one.position, total: one.total, state: one.state === 'handed' ? 'handed' : (states[index]?.state ?? (one.waybill === '' ? 'unprinted' : 'open')) })) };
  }

  /** The answer again, for a station that did not get it. */
  async function again(scan: ScanRow, actor: Actor): Promise<Answer> {
    const { kind, number, code } = scan;
    const candidates = codeCandidates(code);
    const shown = candidates[0] ?? code;
    if (kind === 'unknown') return { kind, code: shown };
    if (kind === 'basket') return { kind, goods: goodsOf(basketOf(await repository.desk(actor.station.id))) };
    if (kind === 'void') return voidNumber(number);
    if (kind === 'no_parcel') return { kind, number, state: (await deps.follow(number))?.state ?? '' };
    if (kind === 'order') {
      for (const candidate of candidates) {
        const boxes = await boxesOf(candidate);
        if (boxes.length > 0) return listBoxes(candidate, boxes);
      }
      return { kind, order: shown, boxes: [] };
    }
    const [card, row] = await Promise.all([cardOf(number), repository.packing(number)]);
    if (card === undefined) return repeated;
    if (kind === 'packed') return { kind, card, how: (row?.how || 'label') as 'label' | 'counted' | 'as_is' | 'despite' };
    if (kind === 'unfinished') return { kind, card, scanned: shown };
    if (kind === 'wrong_goods') return (await wrongAgain(scan, actor)) ?? repeated;
    const others = (['counted', 'opened', 'alarm', 'held', 'duplicate', 'elsewhere', 'not_printed'] as const).find((one) => one === kind);
    return others === undefined ? repeated : { kind: others, card };
  }

  /** Which goods were wrong, decided once more from how things stood then. */
  async function wrongAgain(scan: ScanRow, actor: Actor): Promise<Answer | undefined> {
    const pack = await packOf(scan.number);
    if (pack === undefined) return undefined;
    const { desk, row } = beforeOf(scan);
    const now = clock.now();
    const at = { pack, row: row ?? (await repository.packing(scan.number)) ?? freshRow(scan.number, pack, actor, now), stationId: scan.station_id, now };
    const candidates = codeCandidates(scan.code);
    if (candidates.includes(scan.number)) return steps.answerOf(scanLabel(at, desk === undefined ? {} : basketOf(desk), false, true), pack, scan.number);
    for (const code of candidates) {
      const piece = await pieceOf(pack, code);
      const decision = piece && scanGoods(at, piece);
      if (decision !== undefined) return steps.answerOf(decision, pack, scan.number);
    }
    return undefined;
  }

  return async (actor: Actor, scan: Scan, since: string): Promise<Answer> => {
    const known = await repository.scanOf(scan.scanId);
    if (known !== undefined) return again(known, actor);
    const candidates = codeCandidates(scan.code);
    const [last] = await repository.lastScans(actor.station.id, since, 1);
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
  };
}

/** The scanner sent it twice, or its trigger was held. */
function isStutter(last: ScanRow, scan: Scan, candidates: readonly string[]): boolean {
  if (last.undone_at !== null || scan.capturedMs === undefined || last.code !== scan.code.slice(0, 200)) return false;
  const isLabel = candidates.includes(last.number);
  const since = scan.capturedMs - Number(last.captured_ms);
  return since >= 0 && since < (isLabel ? sameLabelMs : sameGoodsMs);
}
