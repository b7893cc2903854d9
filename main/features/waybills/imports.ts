/** Numbers come in: ranges and lists become segments; what is known already is refused with the list of it. */
import type { ImportPreview } from '../../../common/contract/waybills.ts';
import { readNumberList } from '../../../common/domain/waybills/lists.ts';
import { numberAt, overlaps, rangeSize, seriesKey } from '../../../common/domain/waybills/ranges.ts';
import type { NumberRange } from '../../../common/domain/waybills/ranges.ts';
import { fail } from '../../../common/errors.ts';
import type { Actor } from '../audit/service.ts';
import type { AccountsDeps } from './accounts.ts';
import { seriesOf } from './draw.ts';
import type { Db, Trx } from './store.ts';

/** More known numbers than this are counted, not listed. */
const listedKnown = 1000;

export function createImports({ store, repository, ledger, ids, clock, audit, witness }: AccountsDeps) {
  /** Ranges of the list that some pool has or had. A number has one series, so comparing tails finds every duplicate. */
  async function knownRanges(db: Db | Trx, ranges: readonly NumberRange[]): Promise<{ range: NumberRange; accountId: string }[]> {
    const bySeries = new Map<string, NumberRange[]>();
    for (const range of ranges) {
      const key = seriesKey(range);
      const list = bySeries.get(key);
      if (list) list.push(range);
      else bySeries.set(key, [range]);
    }
    const known: { range: NumberRange; accountId: string }[] = [];
    for (const [series, list] of bySeries) {
      const low = Math.min(...list.map((range) => range.first));
      const high = list.reduce((most, range) => Math.max(most, range.last), 0);
      const segments = await db
        .selectFrom('waybill_segments')
        .selectAll()
        .where('series', '=', series)
        .where('first_tail', '<=', high)
        .where('last_tail', '>=', low)
        .execute();
      const held = new Map<string, NumberRange[]>();
      for (const segment of segments) {
        const of = held.get(segment.account_id) ?? [];
        of.push({ ...seriesOf(segment), first: segment.first_tail, last: segment.last_tail });
        held.set(segment.account_id, of);
      }
      for (const [accountId, of] of held) for (const range of overlaps(list, of)) known.push({ range, accountId });
    }
    return known;
  }

  async function nameKnown(db: Db | Trx, known: readonly { range: NumberRange; accountId: string }[]) {
    const names = new Map<string, string>();
    const numbers: { number: string; account: string; line: number }[] = [];
    let count = 0;
    for (const { range, accountId } of known) {
      let name = names.get(accountId);
      if (name === undefined) {
        name = (await repository.account(accountId, db as Db))?.name ?? accountId;
        names.set(accountId, name);
      }
      count += rangeSize(range);
      for (let tail = range.first; tail <= range.last && numbers.length < listedKnown; tail += 1) numbers.push({ number: numberAt(range, tail), account: name, line: 0 });
    }
    return { numbers, count };
  }

  async function carrierOf(poolId: string) {
    const pool = (await repository.pool(poolId)) ?? fail('NOT_FOUND', { what: 'pool', id: poolId });
    const account = (await repository.account(pool.account_id)) ?? fail('NOT_FOUND', { what: 'account', id: pool.account_id });
    return { pool, account };
  }

  return {
    /** Reads a list without changing anything. */
    async preview(input: { poolId: string; text: string }): Promise<ImportPreview> {
      const { account } = await carrierOf(input.poolId);
      const list = readNumberList(input.text, account.carrier_code);
      const known = await nameKnown(store.db, await knownRanges(store.db, list.ranges));
      const first = list.ranges[0];
      const last = list.ranges.at(-1);
      return {
        count: list.count, segments: list.ranges.length, first: first ? numberAt(first, first.first) : '', last: last ? numberAt(last, last.last) : '',
        repeated: [...list.repeated], problems: [...list.problems], warnings: [...list.warnings], warningCount: list.warningCount, known: known.numbers, knownCount: known.count,
      };
    },

    /**
     * Takes a list into a pool, whole or not at all. `expected` is the quantity the person confirmed. With `topUp` the numbers count as
     * bought units too (a prepaid account's numbers usually are); without, they must be covered by units bought before.
     * Errors: NUMBERS_BAD, NUMBERS_DUPLICATE (within the list or with any account), NUMBERS_COUNT.
     */
    async commit(input: { poolId: string; text: string; expected: number; source: string; topUp: boolean; paidFen?: number | undefined }, actor: Actor): Promise<{ importId: string; count: number; segments: number }> {
      const { pool, account } = await carrierOf(input.poolId);
      const list = readNumberList(input.text, account.carrier_code);
      if (list.problems.length > 0) fail('NUMBERS_BAD', { count: list.problems.length, lines: list.problems.slice(0, 100).map((problem) => ({ ...problem })) });
      if (list.repeated.length > 0) {
        fail('NUMBERS_DUPLICATE', { count: list.repeated.length, numbers: list.repeated.slice(0, listedKnown).map((one) => ({ ...one, account: account.name })) });
      }
      if (list.count === 0) fail('NUMBERS_COUNT', { expected: input.expected, found: 0 });
      if (list.count !== input.expected) fail('NUMBERS_COUNT', { expected: input.expected, found: list.count });
      const importId = ids.next('imp');
      const head = await store.write(async (trx) => {
        const writing = await ledger.open(trx);
        const known = await knownRanges(trx, list.ranges);
        if (known.length > 0) fail('NUMBERS_DUPLICATE', await nameKnown(trx, known));
        await repository.appendRanges(trx, { id: pool.id, accountId: account.id }, list.ranges, { importId: importId, newId: () => ids.next('seg') });
        await trx
          .insertInto('waybill_imports')
          .values({
            id: importId, account_id: account.id, pool_id: pool.id, source: input.source.slice(0, 200), numbers: list.count, segments: list.ranges.length, warnings: list.warningCount,
            top_up: input.topUp ? 1 : 0, operator: actor.operator, station_id: actor.station.id, at: writing.at,
          })
          .execute();
        const who = { stationId: actor.station.id, operator: actor.operator };
        for (const range of list.ranges) {
          writing.move({
            kind: 'import', book: 'numbers', accountId: account.id, poolId: pool.id, from: 'outside', to: 'free', n: rangeSize(range),
            firstNumber: numberAt(range, range.first), lastNumber: numberAt(range, range.last), facts: { importId }, ...who,
          });
        }
        if (input.topUp && account.settlement === 'prepaid') {
          writing.move({ kind: 'top_up', book: 'units', accountId: account.id, poolId: '', from: 'outside', to: 'balance', n: list.count, facts: { importId, paidFen: input.paidFen ?? 0 }, ...who });
        }
        return writing.flush();
      });
      witness.record(head);
      await audit.record(actor, 'numbers.import', pool.id, { importId, count: list.count, segments: list.ranges.length, at: clock.now() });
      return { importId, count: list.count, segments: list.ranges.length };
    },
  };
}
