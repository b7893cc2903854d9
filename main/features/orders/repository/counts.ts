/** How many orders stand where: from sums that are kept with each change, so that no count grows with history. */
import { sql } from 'kysely';
import type { Stage } from '../../../../common/contract/orders.ts';
import { stages } from '../../../../common/contract/orders.ts';
import { endOfDay } from '../../../../common/domain/orders/deadline.ts';
import type { Db } from './bulk.ts';

export interface Counts {
  readonly tabs: Record<Stage, number>;
  readonly all: number;
  readonly dueToday: number;
  readonly late: number;
  readonly alarms: number;
}

/** Counts of the tabs from the kept sums; deadlines are counted among what waits to be printed only. */
export async function countOrders(db: Db, shopIds: readonly string[] | undefined, now: string): Promise<Counts> {
  let sums = db.selectFrom('order_counts').select(['stage', (eb) => eb.fn.sum<number>('count').as('count')]).groupBy('stage');
  if (shopIds && shopIds.length > 0) sums = sums.where('shop_id', 'in', [...shopIds]);
  const tabs = Object.fromEntries(stages.map((stage) => [stage, 0])) as Record<Stage, number>;
  for (const row of await sums.execute()) tabs[row.stage as Stage] = Number(row.count);
  const between = async (from: string, to: string): Promise<number> => {
    let select = db
      .selectFrom('orders')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('stage', '=', 'to_print')
      .where('ship_by', '>', from)
      .where('ship_by', '<', to);
    if (shopIds && shopIds.length > 0) select = select.where('shop_id', 'in', [...shopIds]);
    return Number((await select.executeTakeFirst())?.count ?? 0);
  };
  // Read and counted here: with the shop in the statement SQLite walks all orders of the shop instead of the few with an alarm.
  const alarms = await db.selectFrom('orders').select('shop_id').where(sql<boolean>`alarm <> ''`).execute();
  return {
    tabs,
    all: Object.values(tabs).reduce((sum, count) => sum + count, 0),
    late: await between('', now),
    dueToday: await between(now, endOfDay(now)),
    alarms: shopIds && shopIds.length > 0 ? alarms.filter((row) => shopIds.includes(row.shop_id)).length : alarms.length,
  };
}
