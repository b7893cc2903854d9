/** Steps in the life of one drawn number, each with its ledger event. Used by the journal, void, hand-over and write-off. */
import { fail } from '../../../common/errors.ts';
import type { LedgerWriting, NumberAccount } from './ledger.ts';
import type { NumberRow, WaybillsRepository } from './repository.ts';
import type { Trx } from './store.ts';

export const numberStates = ['assigned', 'printed', 'unknown', 'handed_over', 'closed', 'void_waiting', 'void', 'burned'] as const;
export type NumberState = (typeof numberStates)[number];

/** Allowed steps; `free` is in none of them. */
export const numberSteps: Readonly<Record<NumberState, readonly NumberState[]>> = {
  assigned: ['printed', 'unknown', 'handed_over', 'void_waiting', 'void', 'burned'],
  unknown: ['printed', 'assigned', 'handed_over', 'void_waiting', 'void', 'burned'],
  printed: ['unknown', 'handed_over', 'void_waiting', 'void', 'burned'],
  handed_over: ['closed'],
  closed: [],
  void_waiting: ['void'],
  void: [],
  burned: [],
};

export interface Who {
  readonly operator: string;
  readonly stationId: string;
}

export type NumberMoves = ReturnType<typeof createNumberMoves>;

/** `changed` is told inside the transaction, before it is durable: it may note the parcel, not read it. */
export function createNumberMoves(repository: WaybillsRepository, changed?: ((parcelId: string) => void) | undefined) {
  return {
    /**
     * Moves a number to a state and writes the event. Doing what is done already is nothing. Errors: NUMBER_UNKNOWN, NUMBER_STATE.
     */
    async to(
      trx: Trx,
      writing: LedgerWriting,
      number: string,
      state: NumberState,
      facts: Who & { kind: string; attemptId?: string; reason?: string; releaseAt?: string | null },
    ): Promise<NumberRow> {
      const row = (await repository.number(number, trx)) ?? fail('NUMBER_UNKNOWN', { number });
      if (row.state === state) return row;
      if (!numberSteps[row.state as NumberState].includes(state)) fail('NUMBER_STATE', { number, state: row.state, action: facts.kind });
      const seq = writing.move({
        kind: facts.kind, book: 'numbers', accountId: row.account_id, poolId: row.pool_id, from: row.state as NumberAccount, to: state, n: 1, number,
        parcelId: row.parcel_id, shopId: row.shop_id, payerShopId: row.payer_shop_id, grantId: row.grant_id, attemptId: facts.attemptId,
        stationId: facts.stationId, operator: facts.operator, reason: facts.reason,
      });
      const live = state === 'void_waiting' || state === 'void' || state === 'burned' ? 0 : 1;
      const set = { state, live, last_seq: seq, ...(facts.releaseAt === undefined ? {} : { release_at: facts.releaseAt }) };
      await repository.updateNumber(trx, number, set);
      changed?.(row.parcel_id);
      return { ...row, ...set };
    },
  };
}
