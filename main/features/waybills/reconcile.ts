/**
 * 对账: does it all add up? The invariants I1–I12 of docs/numbers.md, asked of the database by SQL, with the events of every break.
 * Reads the whole history; run on demand, after every step of the simulator, and once a day.
 */
import { sql } from 'kysely';
import type { Check, Reconciliation } from '../../../common/contract/waybills.ts';
import { verifyChain } from './ledger.ts';
import type { Db } from './store.ts';
import type { WitnessRecord } from './witness.ts';

interface Break {
  readonly what: string;
  readonly number?: string | null;
  readonly expected?: string | number | null;
  readonly found?: string | number | null;
  readonly seqs?: readonly (number | string | null)[];
}

const listed = 100;

export interface ReconcileDeps {
  readonly db: Db;
  readonly clock: { now(): string };
  readonly remembered: (lineage: string) => WitnessRecord[];
  /** Labels a printer may have under way at once. */
  readonly window: number;
}

export async function reconcile(deps: ReconcileDeps, options: { chain?: boolean; pause?: () => Promise<void> } = {}): Promise<Reconciliation> {
  const { db } = deps;
  const checks: Check[] = [];
  async function check(id: string, checked: () => Promise<number>, queries: readonly (() => Promise<Break[]>)[]): Promise<void> {
    const breaks: Break[] = [];
    for (const query of queries) breaks.push(...(await query()));
    checks.push({
      id, ok: breaks.length === 0, checked: await checked(),
      breaks: breaks.slice(0, listed).map((one) => ({
        what: one.what, number: one.number ?? null, expected: String(one.expected ?? ''), found: String(one.found ?? ''), seqs: (one.seqs ?? []).filter((seq) => seq !== null).map(Number),
      })),
    });
    await options.pause?.();
  }
  const rowsOf = async (query: ReturnType<typeof sql<Break & { a?: number; b?: number }>>): Promise<Break[]> =>
    (await query.execute(db)).rows.map((row) => ({ ...row, seqs: [row.a ?? null, row.b ?? null] }));
  const ask = (query: ReturnType<typeof sql<Break & { a?: number; b?: number }>>) => () => rowsOf(query);
  const count = (table: string) => async () => Number((await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(db)).rows[0]?.n ?? 0);

  await check('I1', count('waybill_numbers'), [
    ask(sql`select 'number on two parcels' as what, number, '1' as expected, count(distinct parcel_id) as found, min(seq) as a, max(seq) as b from waybill_ledger where number is not null and parcel_id is not null group by number having count(distinct parcel_id) > 1`),
    ask(sql`select 'parcel with two living numbers' as what, min(number) as number, parcel_id as expected, max(number) as found from waybill_numbers where live = 1 group by parcel_id having count(*) > 1`),
    ask(sql`select 'ledger and number disagree on the parcel' as what, n.number, n.parcel_id as expected, l.parcel_id as found, l.seq as a from waybill_numbers n join waybill_ledger l on l.number = n.number where l.parcel_id <> n.parcel_id`),
  ]);
  await check('I2', count('waybill_balances'), [
    ask(sql`with moves as (
        select book, account_id, pool_id, to_acct as acct, n from waybill_ledger union all select book, account_id, pool_id, from_acct, -n from waybill_ledger
      ), sums as (select book, account_id, pool_id, acct, sum(n) as total from moves group by book, account_id, pool_id, acct)
      select 'balance is not the sum of its events' as what, s.book || ' ' || s.acct || ' ' || s.account_id || ' ' || s.pool_id as number, s.total as expected, coalesce(b.balance, 0) as found
      from sums s left join waybill_balances b on b.book = s.book and b.account_id = s.account_id and b.pool_id = s.pool_id and b.acct = s.acct
      where s.total <> coalesce(b.balance, 0)`),
    ask(sql`select 'negative balance' as what, book || ' ' || acct || ' ' || account_id as number, 0 as expected, balance as found from waybill_balances where balance < 0 and acct <> 'outside'`),
    ask(sql`select 'books do not close' as what, book || ' ' || account_id as number, 0 as expected, sum(balance) as found from waybill_balances group by book, account_id having sum(balance) <> 0`),
  ]);
  await check('I3', count('waybill_numbers'), [
    ask(sql`with chain as (select number, seq, from_acct, lag(to_acct) over (partition by number order by seq) as before, lag(seq) over (partition by number order by seq) as before_seq from waybill_ledger where number is not null)
      select 'events of a number do not follow each other' as what, number, before as expected, from_acct as found, before_seq as a, seq as b from chain
      where (before is not null and before <> from_acct) or (before is null and from_acct <> 'free' and from_acct <> 'burned' and from_acct <> 'quarantine' and from_acct not like 'leased:%')`),
    ask(sql`with last as (select number, max(seq) as seq from waybill_ledger where number is not null group by number)
      select 'number is not where its last event put it' as what, n.number, l.to_acct as expected, n.state as found, l.seq as a from waybill_numbers n
      left join last on last.number = n.number left join waybill_ledger l on l.seq = last.seq where l.seq is null or l.to_acct <> n.state or l.seq <> n.last_seq`),
    ask(sql`select 'drawn in the ledger but not in the list of numbers' as what, l.number, l.seq as a from waybill_ledger l left join waybill_numbers n on n.number = l.number where l.number is not null and n.number is null`),
  ]);
  await check('I4', count('print_attempts'), [
    ask(sql`select 'label sent without an earlier intent of its bytes' as what, number, id as expected, state as found from print_attempts where state in ('sending', 'sent', 'acked') and (sha256 is null or sending_at is null)`),
    ask(sql`select 'label without its number' as what, a.number, a.id as expected, a.parcel_id as found from print_attempts a left join waybill_numbers n on n.number = a.number and n.parcel_id = a.parcel_id where n.number is null`),
  ]);
  await check('I5', count('waybill_ledger'), [
    ask(sql`select 'a drawn number went back to free' as what, coalesce(number, first_number) as number, from_acct as expected, to_acct as found, seq as a from waybill_ledger
      where book = 'numbers' and to_acct = 'free' and from_acct <> 'outside' and not (from_acct like 'leased:%' and kind = 'return') and not (from_acct in ('quarantine', 'burned') and kind = 'release' and number is null)`),
    ask(sql`select 'a closed life went on' as what, number, from_acct as expected, to_acct as found, seq as a from waybill_ledger where number is not null and from_acct in ('void', 'closed')`),
  ]);
  await check('I6', count('waybill_grants'), [
    ask(sql`select 'grant over its cap' as what, id as number, cap as expected, used as found from waybill_grants where cap is not null and used > cap`),
    ask(sql`select 'grant count is not the sum of its draws' as what, g.id as number, coalesce(sum(l.n), 0) as expected, g.used as found from waybill_grants g
      left join waybill_ledger l on l.grant_id = g.id and l.kind = 'draw' and l.book = 'units' and l.number is null group by g.id, g.used having coalesce(sum(l.n), 0) <> g.used`),
    ask(sql`select 'station holds more than its quota' as what, station_id as number, quota as expected, outstanding as found from waybill_holders where outstanding > quota or outstanding < 0`),
    ask(sql`select 'station count is not its blocks' as what, h.station_id as number, coalesce(sum(s.last_tail - s.next_tail + 1), 0) as expected, h.outstanding as found from waybill_holders h
      left join waybill_segments s on s.holder = h.station_id and s.state = 'open' group by h.station_id, h.outstanding having coalesce(sum(s.last_tail - s.next_tail + 1), 0) <> h.outstanding`),
  ]);
  await check('I7', count('waybill_segments'), [
    ask(sql`select 'drawn numbers of a pool without their rows' as what, s.pool_id as number, sum(s.next_tail - s.first_tail) as expected, (select count(*) from waybill_numbers n where n.pool_id = s.pool_id) as found
      from waybill_segments s group by s.pool_id having sum(s.next_tail - s.first_tail) <> (select count(*) from waybill_numbers n where n.pool_id = s.pool_id)`),
    async () => {
      const head = await db.selectFrom('waybill_ledger_head').selectAll().executeTakeFirst();
      if (!head) return [];
      return deps.remembered(head.lineage).flatMap((record) => (record.seq > Number(head.seq) ? [{ what: 'the witness knows later events', expected: record.seq, found: Number(head.seq) }] : []));
    },
  ]);
  await check('I8', count('waybill_segments'), [
    ask(sql`with ordered as (select series, first_tail, last_tail, id, lag(last_tail) over (partition by series order by first_tail) as before, lag(id) over (partition by series order by first_tail) as other from waybill_segments)
      select 'a number in two blocks' as what, series as number, other as expected, id as found from ordered where before >= first_tail`),
    ask(sql`select 'a held block without an open lease' as what, s.id as number, s.holder as expected, s.lease_id as found from waybill_segments s left join waybill_leases l on l.id = s.lease_id and l.station_id = s.holder and l.closed_at is null
      where s.holder <> 'pool' and s.state = 'open' and l.id is null`),
  ]);
  await check('I9', count('waybill_pools'), [
    ask(sql`with held as (
        select account_id, pool_id, case when state = 'open' then case when holder = 'pool' then 'free' else 'leased:' || holder end else state end as acct, sum(last_tail - next_tail + 1) as total
        from waybill_segments where state <> 'used' group by account_id, pool_id, case when state = 'open' then case when holder = 'pool' then 'free' else 'leased:' || holder end else state end)
      select 'blocks and ledger disagree' as what, coalesce(h.pool_id, b.pool_id) || ' ' || coalesce(h.acct, b.acct) as number, coalesce(b.balance, 0) as expected, coalesce(h.total, 0) as found
      from held h left join waybill_balances b on b.account_id = h.account_id and b.pool_id = h.pool_id and b.book = 'numbers' and b.acct = h.acct where h.acct <> 'burned' and coalesce(b.balance, 0) <> h.total`),
    ask(sql`select 'pool says free without a block' as what, b.pool_id as number, b.balance as expected, 0 as found from waybill_balances b where b.book = 'numbers' and b.acct = 'free' and b.balance > 0
      and not exists (select 1 from waybill_segments s where s.pool_id = b.pool_id and s.state = 'open' and s.holder = 'pool')`),
  ]);
  await check('I10', count('waybill_ledger'), [
    ask(sql`select 'dead numbers without who, when or why' as what, coalesce(number, first_number) as number, kind as expected, operator as found, seq as a from waybill_ledger
      where to_acct in ('void_waiting', 'burned', 'quarantine') and (operator = '' or at = '' or reason = '')`),
  ]);
  await check('I11', count('waybill_ledger'), [
    async () => {
      if (options.chain === false) return [];
      const { broken } = await verifyChain(db, { pause: options.pause });
      return broken ? [{ what: `chain ${broken.what}`, seqs: [broken.seq] }] : [];
    },
    async () => {
      const head = await db.selectFrom('waybill_ledger_head').selectAll().executeTakeFirst();
      if (!head) return [];
      const found: Break[] = [];
      for (const record of deps.remembered(head.lineage)) {
        if (record.seq === 0 || record.seq > Number(head.seq)) continue;
        const row = await db.selectFrom('waybill_ledger').select('hash').where('seq', '=', record.seq).executeTakeFirst();
        if (row?.hash !== record.hash) found.push({ what: 'the witness remembers another event', expected: record.hash.slice(0, 12), found: row?.hash.slice(0, 12) ?? '', seqs: [record.seq] });
      }
      return found;
    },
  ]);
  await check('I12', count('print_attempts'), [
    ask(sql`select 'more labels under way than the window' as what, printer_id as number, ${sql.lit(deps.window)} as expected, count(*) as found from print_attempts where state = 'sending' group by printer_id having count(*) > ${sql.lit(deps.window)}`),
    ask(sql`select 'unknown number without an unknown label' as what, n.number from waybill_numbers n where n.state = 'unknown' and not exists (select 1 from print_attempts a where a.number = n.number and a.state in ('uncertain', 'not_printed', 'intent', 'ready', 'sending', 'not_sent', 'cancelled'))`),
  ]);
  const events = await count('waybill_ledger')();
  return { at: deps.clock.now(), ok: checks.every((one) => one.ok), events, checks };
}
