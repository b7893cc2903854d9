/** The filter by carrier on the worst morning: 30,000 orders wait, none with a carrier of its own, so that the rules decide about each. */
import type { CarrierRule } from '../../common/contract/orders.ts';
import { syntheticOrder } from './orders-data.ts';
import { benchActor } from './orders-import.ts';
import { buildBusiness, page } from './orders-shop.ts';
import { rounded, summarise } from './harness.ts';
import type { BenchContext, Timing } from './harness.ts';

const waitingOrders = 30_000;

const to = (name: string, carrierCode: string, province: string): Omit<CarrierRule, 'id' | 'position' | 'product'> => ({ name, carrierCode, conditions: { places: [{ province, city: '', district: '' }] }, enabled: true });
/** One order in a hundred, one in seven, none, and all the others. */
const rules = [to('西藏', 'EMS', '西藏自治区'), to('浙江', 'YTO', '浙江省'), { name: '备注', carrierCode: 'SF', conditions: { notes: ['没有人写过的话'] }, enabled: true }];
const carriers = { rare: 'EMS', some: 'YTO', none: 'SF', common: 'ZTO' } as const;

export interface WaitingResult {
  readonly waiting: number;
  /** All of them asked once, as after a change of the rules: time of the processor, in the background. */
  readonly askedMs: number;
  readonly answers: Readonly<Record<string, Timing & { readonly rows: number }>>;
}

export async function measureWaiting(folder: string, now: string, context: BenchContext): Promise<WaitingResult> {
  context.note(`the filter by carrier among ${waitingOrders} that wait`);
  const business = await buildBusiness(folder, waitingOrders, now, context, (index, total, at) => ({ ...syntheticOrder(index, total, at), status: 'to_ship', statusText: '待发货', waybill: '', carrier: '' }));
  const { core } = business;
  await core.services.parcels.saveRules({ rules, fallback: 'ZTO', reach: [] }, benchActor(core));
  const before = process.cpuUsage();
  await core.services.orders.askCarriers();
  const { user, system } = process.cpuUsage(before);
  const answers: Record<string, Timing & { rows: number }> = {};
  const first = { sort: 'newest', limit: 50, stage: 'to_print' } as const;
  for (const [name, carrier] of Object.entries(carriers)) {
    answers[`${name}Page`] = await ask(() => page(business, { ...first, carrier }), context);
    answers[`${name}ByDeadline`] = await ask(() => page(business, { ...first, sort: 'deadline', carrier }), context);
    answers[`${name}AllTabs`] = await ask(() => page(business, { sort: 'newest', limit: 50, carrier }), context);
    answers[`${name}WithProvince`] = await ask(() => page(business, { ...first, carrier, province: '广东省' }), context);
    answers[`${name}Select200`] = await ask(async () => (await core.services.orders.ids({ stage: 'to_print', carrier }, 200)).ids.length, context);
  }
  await core.close();
  return { waiting: waitingOrders, askedMs: rounded((user + system) / 1_000), answers };
}

async function ask(work: () => Promise<number>, context: BenchContext): Promise<Timing & { rows: number }> {
  const times: number[] = [];
  let rows = 0;
  for (let round = 0; round < (context.quick ? 10 : 40) + 3; round += 1) {
    const start = performance.now();
    rows = await work();
    if (round >= 3) times.push(performance.now() - start);
  }
  return { ...summarise(times), rows };
}
