/** Where an order stands with us, from the facts of its row: one function, so that list, counts and import never disagree. */
import type { Stage } from '../../contract/orders.ts';

export interface StageFacts {
  readonly status: string;
  readonly refund: string;
  readonly receiverState: string;
  readonly pickup: boolean;
  readonly held: string;
  /** Why it is not shipped after all, as somebody here decided; empty when nobody did. */
  readonly cancelled: string;
  readonly printed: boolean;
  readonly handed: boolean;
  readonly alarm: string;
}

export function stageOf(facts: StageFacts): Stage {
  if (facts.handed) return 'handed';
  // A label exists and the platform has changed its mind: somebody has to take the parcel out.
  if (facts.alarm !== '') return 'problem';
  // Taken out at the packing station, with its label on it.
  if (facts.printed) return facts.held === '' ? 'printed' : 'held';
  if (facts.cancelled !== '') return 'ended';
  if (facts.status === 'shipped' || facts.status === 'done' || facts.status === 'closed' || facts.refund === 'done' || facts.pickup) return 'ended';
  if (facts.status === 'unpaid') return 'waiting';
  if (facts.held !== '') return 'held';
  if (facts.status !== 'to_ship' || facts.refund === 'asked' || facts.receiverState !== 'full') return 'problem';
  return 'to_print';
}
