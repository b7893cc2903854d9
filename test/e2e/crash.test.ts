/**
 * The promise, end to end: a batch is printing, the process is killed hard, and the next start says exactly which labels are done,
 * which nobody knows about and which were never begun; no number is on two parcels; the printer's own log agrees.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { afterEach, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { Contract } from '../../common/contract/index.ts';
import { genericProfile } from '../../main/printing/languages/profiles.ts';
import { createVirtualPrinter } from '../virtual-printer/printer.ts';
import type { VirtualPrinter } from '../virtual-printer/printer.ts';

type Client = ContractRouterClient<Contract>;
const root = join(import.meta.dirname, '..', '..');
const cleanUp: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

/** The host as its own process, so that it can be killed. */
async function serve(folder: string): Promise<{ child: ChildProcess; client: Client }> {
  const child = spawn(process.execPath, ['main/entry/cli.ts', 'serve', '--data', folder, '--json'], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`the host ended with ${code}`)));
  });
  const { port, token } = JSON.parse(line) as { port: number; token: string };
  const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc`, ['packbench.v1', `packbench.token.${token}`]);
  socket.on('error', () => {});
  cleanUp.push(() => {
    socket.terminate();
    child.kill('SIGKILL');
  });
  return { child, client: createORPCClient<Client>(new RPCLink({ websocket: socket as never })) };
}

/** Orders of a made-up shop, as its platform would export them. */
function orderFile(count: number): Buffer {
  const rows = ['订单编号,订单状态,收货人姓名,收货地址,联系手机,订单付款时间,宝贝标题,宝贝总数量'];
  for (let i = 1; i <= count; i += 1) {
    rows.push(`40${String(i).padStart(17, '0')},"买家已付款，等待卖家发货",试一${'甲乙丙丁'[i % 4]},浙江省 绍兴市 诸暨市 大唐街道 袜艺路${i}号,139${String(i).padStart(8, '0')},2026-11-20 10:00:00,纯棉中筒袜,1`);
  }
  return Buffer.from(`\ufeff${rows.join('\r\n')}\r\n`);
}

async function importOrders(client: Client, shopId: string, bytes: Buffer): Promise<void> {
  const { fileId } = await client.files.begin({ name: 'ExportOrderList.csv', size: bytes.length });
  await client.files.append({ fileId, offset: 0, base64: bytes.toString('base64') });
  for await (const event of await client.orders.import({ files: [{ fileId }], shop: { shopId } })) if (event.type === 'done') return;
}

/** Waits until what the printer has taken is on paper. */
async function atRest(printer: VirtualPrinter): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 300));
  await printer.waitForLabels(printer.labels().length, 20_000);
}

/** Number → how often the printer put it on paper. */
function paper(printer: VirtualPrinter): Map<string, number> {
  const seen = new Map<string, number>();
  for (const label of printer.labels()) {
    const numbers = new Set([...label.native, ...label.codes].filter((code) => /^YT\d{13}$/.test(code.text)).map((code) => code.text));
    for (const number of numbers) seen.set(number, (seen.get(number) ?? 0) + 1);
  }
  return seen;
}

it('a kill in the middle of 200 labels leaves nothing twice, nothing lost, and says what is known', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'packbench-crash-'));
  cleanUp.push(() => rmSync(folder, { recursive: true, force: true }));
  const printer = await createVirtualPrinter({ language: 'tspl', port: 0, labelMs: 15, decode: false });
  cleanUp.push(() => printer.close());

  const first = await serve(folder);
  const shop = await first.client.shops.create({ name: '大唐袜铺', platform: 'taobao' });
  await importOrders(first.client, shop.id, orderFile(200));
  const account = await first.client.waybills.accounts.create({ carrierCode: 'YTO', name: '圆通-诸暨', settlement: 'prepaid', ownerShopId: shop.id });
  for (const state of ['waiting', 'active'] as const) await first.client.waybills.accounts.setState({ id: account.id, state });
  const pool = await first.client.waybills.pools.create({ accountId: account.id, name: '圆通-诸暨', ownerShopId: shop.id });
  await first.client.waybills.pools.import({ poolId: pool.id, text: 'YT8800000000001+500', expected: 500 });
  // A printer that answers nothing, like most clones: what is sent is known, what came out is not.
  const generic = genericProfile({ language: 'tspl', dpi: 203, widthMicrometres: 76_000, heightMicrometres: 130_000 });
  const device = await first.client.printers.create({ name: '前台', address: { kind: 'tcp', host: '127.0.0.1', port: printer.port }, profile: { ...generic, dialect: { ...generic.dialect, statusMethod: 'none' } } });
  const { ids } = await first.client.orders.ids({ stage: 'to_print' });
  expect(ids).toHaveLength(200);
  const { jobId } = await first.client.printing.start({ orderIds: ids, templateId: 'builtin:waybill-76x130', printerId: device.id });
  await vi.waitFor(() => expect(printer.labels().length).toBeGreaterThan(40), { timeout: 60_000, interval: 20 });
  const gone = new Promise((resolve) => first.child.once('exit', resolve));
  first.child.kill('SIGKILL');
  await gone;

  const second = await serve(folder);
  const attempts = await second.client.attempts.list({ jobId, limit: 500 });
  const of = (...states: string[]) => attempts.filter((attempt) => states.includes(attempt.state));
  expect(of('intent', 'sending', 'ready')).toHaveLength(0);
  const sent = of('sent', 'acked', 'confirmed');
  const unknown = of('uncertain');
  const notSent = of('not_sent');
  expect(sent.length + unknown.length + notSent.length).toBe(200);
  // One label was under way at most; everything else is known.
  expect(unknown.length).toBeLessThanOrEqual(1);
  expect(new Set(attempts.map((attempt) => attempt.number)).size).toBe(200);

  await atRest(printer);
  const onPaper = paper(printer);
  for (const attempt of notSent) expect(onPaper.has(attempt.number), attempt.number).toBe(false);
  for (const attempt of sent) expect(onPaper.get(attempt.number), attempt.number).toBe(1);

  // One scan of the last label that came out settles the batch; then the rest is printed with the numbers it has.
  const last = [...onPaper.keys()].toSorted().at(-1) ?? '';
  await second.client.attempts.settleByLast({ number: last, jobId });
  expect(await second.client.attempts.uncertain()).toEqual([]);
  // Orders follow their labels a moment later.
  const rest = await vi.waitFor(
    async () => {
      const found = await second.client.orders.ids({ stage: 'to_print' });
      expect(found.ids).toHaveLength(200 - onPaper.size);
      return found;
    },
    { timeout: 30_000, interval: 100 },
  );
  const again = await second.client.printing.start({ orderIds: rest.ids, templateId: 'builtin:waybill-76x130', printerId: device.id });
  for await (const event of await second.client.printing.progress({ jobId: again.jobId })) if (event.state === 'finished') break;
  await atRest(printer);
  const all = paper(printer);
  expect(all.size).toBe(200);
  for (const [number, times] of all) expect(times, number).toBe(1);
  const report = await second.client.waybills.ledger.reconcile();
  expect(report.checks.filter((check) => !check.ok)).toEqual([]);
}, 180_000);
