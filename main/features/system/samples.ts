import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Actor } from '../audit/service.ts';
import type { Changes } from '../events/service.ts';
import type { SettingsService } from '../settings/service.ts';
import type { Setup } from './setup.ts';

export interface SampleDeps {
  /** Folder of the sample files that come with the program. */
  readonly folder: string;
  readonly setup: Setup;
  readonly settings: SettingsService;
  readonly changes: Changes;
  readonly importOrders: (shopId: string, files: readonly { name: string; bytes: Uint8Array }[], actor: Actor) => Promise<{ added: number }>;
  readonly addSender: (shopId: string, actor: Actor) => Promise<void>;
  /** A virtual printer that writes into the data folder. */
  readonly addVirtualPrinter: (actor: Actor) => Promise<{ id: string }>;
}

export type SampleLoader = ReturnType<typeof createSampleLoader>;

const sampleNumbers = 'YT8800000000001+500';

/** Fills an empty data folder so that a newcomer prints a label within a minute. Everything in it is invented and says so. */
export function createSampleLoader(deps: SampleDeps) {
  return {
    async load(actor: Actor): Promise<{ orders: number; printerId: string }> {
      const shop = await deps.setup.shop('示例百货店', 'taobao', actor);
      await deps.addSender(shop.id, actor);
      await deps.setup.pool(shop, sampleNumbers, actor, { carrierCode: 'YTO', name: '圆通-示例' });
      const files = await Promise.all(['orders.csv', 'items.csv'].map(async (name) => ({ name, bytes: await readFile(join(deps.folder, name)) })));
      const { added } = await deps.importOrders(shop.id, files, actor);
      const printer = await deps.addVirtualPrinter(actor);
      await deps.settings.set({ onboarded: true, defaultPrinterId: printer.id });
      deps.changes.emit('shops', 'orders', 'waybills', 'printers', 'addresses', 'settings');
      return { orders: added, printerId: printer.id };
    },
  };
}
