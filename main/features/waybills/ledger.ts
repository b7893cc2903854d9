/**
 * The ledger of numbers: append-only, double-entry, hash-chained. Every change of who owns a number is one row that moves `n` from one
 * account to another; balances are kept beside it in the same transaction and compared with the rows by the reconciliation.
 */
import { hash as digest } from 'node:crypto';
import type { Insertable, Selectable } from 'kysely';
import { fail } from '../../../common/errors.ts';
import type { WaybillLedgerTable } from '../../database/tables/waybills.ts';
import type { Clock } from '../../ports/index.ts';
import type { Gate } from './gate.ts';
import { insertMany } from './store.ts';
import type { Db, Trx } from './store.ts';

export type LedgerRow = Selectable<WaybillLedgerTable>;

/** Where numbers can be. `leased:STATION` is a block held by a station. */
export type NumberAccount = 'outside' | 'free' | 'assigned' | 'printed' | 'unknown' | 'handed_over' | 'closed' | 'void_waiting' | 'void' | 'burned' | 'quarantine' | `leased:${string}`;
/** Where paid units can be. */
export type UnitAccount = 'outside' | 'balance' | 'spent';

export interface LedgerMove {
  readonly kind: string;
  readonly book: 'numbers' | 'units';
  readonly accountId: string;
  readonly poolId: string;
  readonly from: NumberAccount | UnitAccount;
  readonly to: NumberAccount | UnitAccount;
  readonly n: number;
  readonly number?: string;
  readonly firstNumber?: string;
  readonly lastNumber?: string;
  readonly parcelId?: string;
  readonly shopId?: string;
  readonly payerShopId?: string;
  readonly grantId?: string;
  readonly attemptId?: string;
  readonly stationId: string;
  readonly operator: string;
  readonly reason?: string;
  readonly facts?: Readonly<Record<string, unknown>>;
}

export interface LedgerHead {
  readonly seq: number;
  readonly hash: string;
  readonly lineage: string;
  readonly incarnation: number;
}

/** One open writing of the ledger: collects moves, gives their sequence numbers at once, writes all in `flush`. */
export interface LedgerWriting {
  readonly head: LedgerHead;
  readonly at: string;
  move(move: LedgerMove): number;
  flush(): Promise<LedgerHead>;
}

/** What the first event of a database follows. */
export function genesisHash(databaseId: string): string {
  return digest('sha256', `packbench ledger of ${databaseId}`);
}

/** Hash of a row: over the hash before it and every column, in one fixed order. */
export function rowHash(row: Omit<LedgerRow, 'hash'>): string {
  return digest(
    'sha256',
    JSON.stringify([
      row.prev_hash, row.seq, row.at, row.kind, row.book, row.account_id, row.pool_id, row.from_acct, row.to_acct, row.n, row.number, row.first_number,
      row.last_number, row.parcel_id, row.shop_id, row.payer_shop_id, row.grant_id, row.attempt_id, row.station_id, row.operator, row.reason, row.facts,
    ]),
  );
}

export type Ledger = ReturnType<typeof createLedger>;

export function createLedger({ clock, gate }: { clock: Clock; gate: Gate }) {
  return {
    /**
     * Takes the ledger's write lock inside a transaction (first thing to do there: it keeps the order of locks the same everywhere).
     * `evenStopped` is for what must be recorded while issuing is stopped: facts about labels, quarantine, corrections.
     */
    async open(trx: Trx, options: { evenStopped?: boolean } = {}): Promise<LedgerWriting> {
      if (options.evenStopped !== true) gate.assertOpen();
      const at = clock.now();
      const found = await trx
        .updateTable('waybill_ledger_head')
        .set({ at })
        .where('id', '=', 1)
        .returning(['seq', 'hash', 'lineage', 'incarnation', 'stopped_reason', 'stopped_at'])
        .executeTakeFirst();
      if (!found) fail('ISSUING_STOPPED', { reason: 'not_started', detail: '', since: at });
      if (found.stopped_reason !== null && options.evenStopped !== true) {
        fail('ISSUING_STOPPED', { reason: 'ledger', detail: found.stopped_reason, since: found.stopped_at ?? at });
      }
      return writing(trx, { seq: Number(found.seq), hash: found.hash, lineage: found.lineage, incarnation: found.incarnation }, at);
    },
  };
}

function writing(trx: Trx, start: LedgerHead, at: string): LedgerWriting {
  let head = start;
  const rows: Insertable<WaybillLedgerTable>[] = [];
  const balances = new Map<string, { book: string; account_id: string; pool_id: string; acct: string; delta: number }>();

  function add(move: LedgerMove, acct: string, delta: number): void {
    const key = `${move.book}|${move.accountId}|${move.poolId}|${acct}`;
    const known = balances.get(key);
    if (known) known.delta += delta;
    else balances.set(key, { book: move.book, account_id: move.accountId, pool_id: move.poolId, acct, delta });
  }

  return {
    get head() {
      return head;
    },
    at,
    move(move) {
      const row = {
        seq: head.seq + 1,
        at,
        kind: move.kind,
        book: move.book,
        account_id: move.accountId,
        pool_id: move.poolId,
        from_acct: move.from,
        to_acct: move.to,
        n: move.n,
        number: move.number ?? null,
        first_number: move.firstNumber ?? null,
        last_number: move.lastNumber ?? null,
        parcel_id: move.parcelId ?? null,
        shop_id: move.shopId ?? null,
        payer_shop_id: move.payerShopId ?? null,
        grant_id: move.grantId ?? null,
        attempt_id: move.attemptId ?? null,
        station_id: move.stationId,
        operator: move.operator,
        reason: move.reason ?? '',
        facts: move.facts === undefined ? '{}' : JSON.stringify(move.facts),
        prev_hash: head.hash,
      };
      const hash = rowHash(row);
      rows.push({ ...row, hash });
      add(move, move.from, -move.n);
      add(move, move.to, move.n);
      head = { ...head, seq: row.seq, hash };
      return row.seq;
    },
    async flush() {
      if (rows.length === 0) return head;
      await insertMany(trx, 'waybill_ledger', rows);
      for (const { delta, ...key } of balances.values()) {
        if (delta === 0) continue;
        const { numUpdatedRows } = await trx
          .updateTable('waybill_balances')
          .set((eb) => ({ balance: eb('balance', '+', delta) }))
          .where('account_id', '=', key.account_id)
          .where('pool_id', '=', key.pool_id)
          .where('book', '=', key.book)
          .where('acct', '=', key.acct)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) await trx.insertInto('waybill_balances').values({ ...key, balance: delta }).execute();
      }
      await trx.updateTable('waybill_ledger_head').set({ seq: head.seq, hash: head.hash }).where('id', '=', 1).execute();
      rows.length = 0;
      balances.clear();
      return head;
    },
  };
}

export interface ChainBreak {
  readonly seq: number;
  readonly what: 'missing' | 'linked_wrong' | 'content' | 'head';
}

/**
 * Walks the chain from `after` (exclusive) to the head and reports the first break, or undefined. `pause` runs between chunks so
 * that a long walk does not hold the core. Starting in the middle trusts the hash of the row it starts from.
 */
export async function verifyChain(
  db: Db,
  options: { after?: number; chunk?: number; pause?: () => Promise<void>; from?: { seq: number; hash: string } } = {},
): Promise<{ broken: ChainBreak | undefined; checked: number; seq: number }> {
  const chunk = options.chunk ?? 2000;
  const head = await db.selectFrom('waybill_ledger_head').selectAll().where('id', '=', 1).executeTakeFirst();
  if (!head) return { broken: undefined, checked: 0, seq: 0 };
  const upTo = Number(head.seq);
  let seq = Math.min(options.after ?? 0, upTo);
  let hash = genesisHash(head.database_id);
  if (seq > 0) {
    const row = await db.selectFrom('waybill_ledger').select('hash').where('seq', '=', seq).executeTakeFirst();
    if (!row) return { broken: { seq, what: 'missing' }, checked: 0, seq };
    hash = row.hash;
  }
  let checked = 0;
  while (seq < upTo) {
    const rows = await db.selectFrom('waybill_ledger').selectAll().where('seq', '>', seq).where('seq', '<=', upTo).orderBy('seq').limit(chunk).execute();
    if (rows.length === 0) return { broken: { seq: seq + 1, what: 'missing' }, checked, seq };
    for (const raw of rows) {
      const row = { ...raw, seq: Number(raw.seq) };
      if (row.seq !== seq + 1) return { broken: { seq: seq + 1, what: 'missing' }, checked, seq };
      if (row.prev_hash !== hash) return { broken: { seq: row.seq, what: 'linked_wrong' }, checked, seq };
      if (rowHash(row) !== row.hash) return { broken: { seq: row.seq, what: 'content' }, checked, seq };
      seq = row.seq;
      hash = row.hash;
      checked += 1;
    }
    if (options.pause) await options.pause();
  }
  if (hash !== head.hash) return { broken: { seq, what: 'head' }, checked, seq };
  return { broken: undefined, checked, seq };
}
