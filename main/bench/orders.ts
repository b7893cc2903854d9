/** Orders at scale: files in, lists, filters and searches at 10,000 and at 1,000,000 orders, in the same run. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchActor, importMemory, timeImport } from './orders-import.ts';
import { askBoth, asked, buildBusiness, deepCursor, importInto, page } from './orders-shop.ts';
import type { Answer, Business } from './orders-shop.ts';
import { measureWaiting } from './orders-waiting.ts';
import { ratio, rounded } from './harness.ts';
import type { BenchCase, BenchContext, BenchValue } from './harness.ts';

export const bench: BenchCase = {
  about: 'order files read and saved; lists, filters and searches at 10 k and 1 M orders',
  async run(context) {
    const folder = mkdtempSync(join(tmpdir(), 'packbench-orders-'));
    const now = new Date().toISOString();
    try {
      context.note('import of 10,000 orders into an empty shop');
      const csv = await timeImport('csv', join(folder, 'import'), now, context);
      const xlsx = await timeImport('xlsx', join(folder, 'import'), now, context);
      const memory = { csv: await importMemory('csv', join(folder, 'memory-csv'), now), xlsx: await importMemory('xlsx', join(folder, 'memory-xlsx'), now) };
      const waiting = await measureWaiting(join(folder, 'waiting'), now, context);
      const small = await buildBusiness(join(folder, 'small'), 10_000, now, context);
      const large = await buildBusiness(join(folder, 'large'), context.quick ? 100_000 : 1_000_000, now, context);
      const { lists, actions } = await askAll(small, large, context);
      context.note('imports into both');
      const imported = { small: await importInto(small), large: await importInto(large) };
      await small.core.close();
      await large.core.close();

      const slowest = worst(Object.entries(lists), ([, { large: { p95Ms } }]) => p95Ms);
      // Growth is a fair question only where both answers have as many rows, and is answered apart for what is known to grow.
      const comparable = Object.entries(lists).filter(([name, answer]) => name !== knownToGrow && haveAsMany(answer));
      const slowestCarrier = worst(Object.entries(waiting.answers), ([, { p95Ms }]) => p95Ms);
      const growing = worst(comparable, ([, answer]) => growth(answer));
      const budgets = [
        line(`list, filter, search: slowest p95 (${slowest[0]})`, slowest[1].large.p95Ms, 50, 'ms'),
        line(`filter by carrier among ${waiting.waiting} that wait: slowest p95 (${slowestCarrier[0]})`, slowestCarrier[1].p95Ms, 50, 'ms'),
        line('first page: p95', lists['firstPage']?.large.p95Ms ?? 0, 30, 'ms'),
        line('core start to first page', large.startMs, 1_500, 'ms'),
        line('import 10,000 orders from csv: median', csv.wholeMs.medianMs, 1_000, 'ms'),
        line('import 10,000 orders from xlsx: median', xlsx.wholeMs.medianMs, 3_000, 'ms'),
        line('memory of the csv import over an idle core', memory.csv.extraMb, 300, 'MB'),
        line('memory of the xlsx import over an idle core', memory.xlsx.extraMb, 300, 'MB'),
        line(`growth of the lists with as many rows in both: most (${growing[0]})`, growth(growing[1]), 1.5, '×'),
        line('growth of an import', ratio(imported.large.fresh.processorMs, imported.small.fresh.processorMs), 1.5, '×'),
      ];
      return {
        budgets,
        met: `${budgets.filter(({ met }) => met).length} of ${budgets.length}`,
        data: { small: small.size, large: large.size, buildSeconds: large.buildSeconds, note: 'three shops; a tenth of all orders on one day; one door with 1 order in 333 and 1 in 10 of those that wait; one item in 4 orders of 10; 2,200 wait, 200 have a problem in both sizes' },
        import: { csv: asValue(csv), xlsx: asValue(xlsx), memory: asValue(memory) },
        lists: byName(lists),
        waiting: asValue(waiting),
        knownToGrow,
        notComparable: Object.entries(lists).filter(([, answer]) => !haveAsMany(answer)).map(([name]) => name),
        actions: byName(actions),
        importInto: asValue(imported),
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** Two conditions that each fit many orders and never the same one: what fits the rarer is walked through, and there is more of it in a longer history. */
const knownToGrow = 'commonNeverMeet';

interface Both {
  readonly small: Answer;
  readonly large: Answer;
}

async function askAll(small: Business, large: Business, context: BenchContext): Promise<{ lists: Record<string, Both>; actions: Record<string, Both> }> {
  context.note('the same questions of both');
  const rounds = context.quick ? 10 : 40;
  const lists: Record<string, Both> = {};
  for (const [name, query] of Object.entries(asked)) lists[name] = await askBoth(small, large, rounds, (business, round) => page(business, query(business, round)));
  const cursors = new Map([[small, await deepCursor(small, 150)], [large, await deepCursor(large, 500)]]);
  lists['page150And500'] = await askBoth(small, large, rounds, (business) => page(business, { sort: 'newest', limit: 50, cursor: cursors.get(business) ?? '' }));
  lists['counts'] = await askBoth(small, large, rounds, async ({ core }) => Object.keys((await core.services.orders.counts()).tabs).length);
  lists['countsOfOneShop'] = await askBoth(small, large, rounds, async ({ core, shopIds }, round) => Object.keys((await core.services.orders.counts([shopIds[round % 3] ?? ''])).tabs).length);
  const few = context.quick ? 3 : 10;
  const actions: Record<string, Both> = {
    select5000: await askBoth(small, large, few, async ({ core }) => (await core.services.orders.ids({}, 5_000)).ids.length),
    mergeProposals: await askBoth(small, large, few, async ({ core, shopIds }) => (await core.services.parcels.mergeProposals({ shopIds })).length),
    openOne: await askBoth(small, large, rounds, async ({ core, shopIds }, round) => {
      const [one] = (await core.services.orders.ids({ shopIds: [shopIds[round % 3] ?? ''] }, 1)).ids;
      return (await core.services.orders.get(one ?? '', benchActor(core))).lines.length;
    }),
  };
  return { lists, actions };
}

function haveAsMany({ small, large }: Both): boolean {
  return small.rows === large.rows;
}

/** Both sizes were asked in turn, so their medians may be compared on a busy machine too. */
function growth({ small, large }: Both): number {
  return ratio(large.medianMs, small.medianMs);
}

function line(what: string, value: number, budget: number, unit: string): { readonly [name: string]: string | number | boolean; readonly met: boolean } {
  return { what, value: rounded(value), budget, unit, met: value <= budget };
}

function worst<T>(list: readonly T[], of: (one: T) => number): T {
  return list.reduce((most, one) => (of(one) > of(most) ? one : most));
}

function byName(answers: Readonly<Record<string, Both>>): BenchValue {
  return Object.fromEntries(Object.entries(answers).map(([name, answer]) => [name, { small: short(answer.small), large: short(answer.large), growth: growth(answer) }]));
}

function short({ medianMs, p95Ms, rows }: Answer): BenchValue {
  return { medianMs, p95Ms, rows };
}

/** Plain data of ours as a value of the report, times to a tenth of a millisecond. */
function asValue(value: object): BenchValue {
  return JSON.parse(JSON.stringify(value, (_, one: unknown) => (typeof one === 'number' ? rounded(one, 1) : one))) as BenchValue;
}
