/** What a scan means for one parcel, decided from its locked row: pure, so that no station acts on what another has just changed. */
import type { AnswerKind } from '../../../common/contract/stations.ts';
import { countPiece, piecesOf } from '../../../common/domain/stations/counting.ts';
import type { Counted } from '../../../common/domain/stations/counting.ts';
import { countedOf, isFull } from './card.ts';
import type { Pack } from './card.ts';
import type { PackingRow } from './repository.ts';

/** Goods scanned before a label, by code. */
export type Basket = Readonly<Record<string, { readonly name: string; readonly quantity: number }>>;
export interface Goods {
  readonly code: string;
  readonly name: string;
  readonly quantity: number;
}

export interface Decision {
  readonly kind: Extract<AnswerKind, 'packed' | 'counted' | 'opened' | 'alarm' | 'held' | 'duplicate' | 'elsewhere' | 'not_printed' | 'wrong_goods'>;
  readonly set?: Partial<PackingRow>;
  readonly why?: 'not_in_parcel' | 'too_many';
  readonly goods?: readonly Goods[];
}

export interface Situation {
  readonly pack: Pack;
  readonly row: PackingRow;
  readonly stationId: string;
  readonly now: string;
}

/** Why it must not be packed, or that it is done already; undefined when it may be. */
export function obstacle({ pack, row, stationId }: Situation, takeOver = false): Decision | undefined {
  if (pack.parcel.state === 'handed' || row.handover_id !== null) return { kind: 'duplicate' };
  if (pack.orders.some((order) => order.alarm !== '')) return { kind: 'alarm' };
  if (pack.parcel.problem?.code === 'ORDER_HELD' || pack.orders.some((order) => order.held !== '')) return { kind: 'held' };
  if (row.state === 'packed') return { kind: 'duplicate' };
  if (row.state === 'counting' && row.station_id !== stationId && !takeOver) return { kind: 'elsewhere' };
  return undefined;
}

const packed = (how: 'label' | 'counted' | 'as_is' | 'despite', now: string, more: Partial<PackingRow> = {}): Decision => ({ kind: 'packed', set: { state: 'packed', how, packed_at: now, at: now, ...more } });
const counting = (kind: 'counted' | 'opened', now: string, more: Partial<PackingRow> = {}): Decision => ({ kind, set: { state: 'counting', how: '', packed_at: null, at: now, ...more } });

/** Its label was scanned. Without any goods scanned it is packed at once; otherwise when all of them are. */
export function scanLabel(at: Situation, basket: Basket, takeOver: boolean, onPaper: boolean): Decision {
  const stopped = obstacle(at, takeOver);
  if (stopped) return stopped;
  if (!onPaper) return { kind: 'not_printed' };
  const label = { label_at: at.now };
  let counted = at.row.state === 'counting' ? countedOf(at.row) : {};
  const wrong: Goods[] = [];
  let why: 'not_in_parcel' | 'too_many' = 'not_in_parcel';
  for (const [code, { name, quantity }] of Object.entries(basket)) {
    for (let piece = 0; piece < quantity; piece += 1) {
      const step = countPiece(at.pack.lines, counted, code);
      if (step.kind === 'counted') ({ counted } = step);
      else {
        why = step.kind;
        wrong.push({ code, name, quantity: quantity - piece });
        break;
      }
    }
  }
  const done = { counted: JSON.stringify(counted), ...label };
  if (wrong.length > 0) return { ...counting('counted', at.now, done), kind: 'wrong_goods', why, goods: wrong };
  if (piecesOf(counted) === 0) return packed('label', at.now, done);
  return isFull(at.pack, counted) ? packed('counted', at.now, done) : counting('counted', at.now, done);
}

/** One of its goods was scanned while it is on the desk; undefined: the scan is about the next parcel. */
export function scanGoods(at: Situation, goods: Goods): Decision | undefined {
  const begun = at.row.state === 'counting';
  const counted: Counted = at.row.state === 'packed' || begun ? countedOf(at.row) : {};
  const verifies = at.row.state === 'packed' && at.row.how === 'label' && piecesOf(counted) === 0;
  const stopped = obstacle(at);
  // What is packed by its label alone may still be counted: then it is packed again when it is complete.
  if (stopped && !(verifies && stopped.kind === 'duplicate' && at.row.handover_id === null && at.row.station_id === at.stationId && at.pack.parcel.state !== 'handed')) {
    return stopped.kind === 'duplicate' ? undefined : stopped;
  }
  const step = countPiece(at.pack.lines, counted, goods.code);
  if (step.kind !== 'counted') return begun ? { kind: 'wrong_goods', why: step.kind, goods: [goods] } : undefined;
  const more = { counted: JSON.stringify(step.counted) };
  return isFull(at.pack, step.counted) && at.row.label_at !== null ? packed('counted', at.now, more) : counting('counted', at.now, more);
}

/** Its order was scanned: the goods are counted from here, the label says when it is packed. */
export function openByOrder(at: Situation): Decision {
  return obstacle(at) ?? counting('opened', at.now, at.row.state === 'counting' ? {} : { counted: '{}', label_at: null });
}

export function packAsIs(at: Situation): Decision {
  return obstacle(at) ?? packed('as_is', at.now);
}

/** A person takes it upon themselves. */
export function packDespite(at: Situation, reason: string): Decision {
  if (at.pack.parcel.state === 'handed' || at.row.handover_id !== null) return { kind: 'duplicate' };
  return packed('despite', at.now, { reason });
}
