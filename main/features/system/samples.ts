import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Actor } from '../audit/service.ts';
import type { Changes } from '../events/service.ts';
import type { SettingsService } from '../settings/service.ts';
import type { Clock } from '../../ports/index.ts';
import type { Setup } from './setup.ts';

export interface SampleDeps {
  /** Folder of the sample files that come with the program. */
  readonly folder: string;
  readonly clock: Clock;
  readonly setup: Setup;
  readonly settings: SettingsService;
  readonly changes: Changes;
  readonly importOrders: (shopId: string, files: readonly { name: string; bytes: Uint8Array }[], actor: Actor) => Promise<{ added: number }>;
  /** A virtual printer that writes into the data folder. */
  readonly addVirtualPrinter: (actor: Actor) => Promise<{ id: string }>;
}

const timestamp = /\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}/g;
const chinaOffsetMs = 8 * 3_600_000;

/** The sample orders as if they had come in lately: all times moved so that the newest is two hours old. */
function recent(csv: string, now: string): Uint8Array {
  const read = (text: string): number => Date.parse(`${text.replace(' ', 'T')}Z`);
  const newest = Math.max(...(csv.match(timestamp) ?? []).map(read));
  const shift = Date.parse(now) + chinaOffsetMs - 2 * 3_600_000 - newest;
  // Orders days apart would all be late; the span is squeezed into a day and a half.
  const moved = csv.replaceAll(timestamp, (text) => new Date(newest - (newest - read(text)) / 6 + shift).toISOString().slice(0, 19).replace('T', ' '));
  return Buffer.from(moved);
}

export type SampleLoader = ReturnType<typeof createSampleLoader>;

/** Invented, like everything here. */
const sampleSender = '苏禾 13900000088 浙江省绍兴市诸暨市大唐街道样例路18号3号楼1层';
const sampleNumbers = 'YT8800000000001+500';

/** Fills an empty data folder so that a newcomer prints a label within a minute. Everything in it is invented and says so. */
export function createSampleLoader(deps: SampleDeps) {
  return {
    async load(actor: Actor): Promise<{ orders: number; printerId: string }> {
      const shop = await deps.setup.shop('示例百货店', 'taobao', actor);
      await deps.setup.sender(shop, sampleSender, actor);
      await deps.setup.pool(shop, sampleNumbers, actor, { carrierCode: 'YTO', name: '圆通-示例' });
      const files = await Promise.all(['orders.csv', 'items.csv'].map(async (name) => ({ name, bytes: recent(await readFile(join(deps.folder, name), 'utf8'), deps.clock.now()) })));
      const { added } = await deps.importOrders(shop.id, files, actor);
      const printer = await deps.addVirtualPrinter(actor);
      await deps.settings.set({ onboarded: true, defaultPrinterId: printer.id });
      deps.changes.emit('shops', 'orders', 'waybills', 'printers', 'addresses', 'settings');
      return { orders: added, printerId: printer.id };
    },
  };
}
