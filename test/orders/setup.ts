/** Orders and parcels over a real database, wired as the core wires them, for the suites of this folder. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenDatabase } from '../../main/database/open.ts';
import { loadDivisions } from '../../common/domain/addresses/load.ts';
import { createAuditService } from '../../main/features/audit/service.ts';
import { createOrderFileReader } from '../../main/features/orders/files/reader.ts';
import { createImportService } from '../../main/features/orders/import-service.ts';
import { createKeptReads } from '../../main/features/orders/kept-reads.ts';
import { createInbox } from '../../main/features/orders/inbox.ts';
import { createManualOrders } from '../../main/features/orders/manual.ts';
import { createOrdersRepository } from '../../main/features/orders/repository.ts';
import { createOrdersService } from '../../main/features/orders/service.ts';
import type { OrdersService } from '../../main/features/orders/service.ts';
import { createParcelsRepository } from '../../main/features/parcels/repository.ts';
import { createParcelsService } from '../../main/features/parcels/service.ts';
import type { ParcelsService } from '../../main/features/parcels/service.ts';
import { createSettingsService } from '../../main/features/settings/service.ts';
import { createShopsRepository } from '../../main/features/shops/repository.ts';
import { createShopsService } from '../../main/features/shops/service.ts';

export const actor = { operator: '张工', station: { id: 'station_1' } };
export const other = { operator: '李工', station: { id: 'station_2' } };

export type World = ReturnType<typeof createWorld>;

export function createWorld(opened: OpenDatabase) {
  const { db } = opened;
  let made = 0;
  const time = { now: '2025-03-17T04:00:00.000Z' };
  const clock = { now: () => time.now };
  const ids = { next: (prefix: string) => `${prefix}_${String((made += 1)).padStart(8, '0')}` };
  const changes = { emit: () => {} };
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const folder = mkdtempSync(join(tmpdir(), 'packbench-world-'));
  const audit = createAuditService({ db, clock, ids });
  const settings = createSettingsService({ db, clock });
  const shops = createShopsService({ repository: createShopsRepository(db), clock, ids, audit });
  const repository = createOrdersRepository(db);
  const promiseHours = async (): Promise<number> => (await settings.get()).parcels.promiseHours;
  const reader = createOrderFileReader();
  /** Names of the files taken apart, in order. */
  const parsed: string[] = [];
  const weights = new Map<string, number>();
  const orders: OrdersService = createOrdersService({ repository, audit, clock, ids, changes, parcelsOf: (id) => parcels.ofOrder(id), parcelMarks: (own) => parcels.marks(own), carrierRules: { stamp: () => parcels.carrierStamp(), ask: (own) => parcels.askCarriers(own) } });
  const parcels: ParcelsService = createParcelsService({ repository: createParcelsRepository(db), orders, settings, audit, clock, ids, changes, nameLines: async (_shop, lines) => lines.map((line) => `短${line.title}`), weighLines: async (_shop, lines) => lines.map((line) => weights.get(line.title) ?? null), weightsStamp: async () => JSON.stringify([...weights]), divisions: loadDivisions });
  const imports = createImportService({ repository, reader: { read: (job, control) => (parsed.push(job.name), reader.read(job, control)) }, kept: createKeptReads(), shops, audit, clock, ids, log, promiseHours, changes, onImported: async (shopId) => void (await parcels.autoMerge([shopId])) });
  const manual = createManualOrders({ repository, shops, audit, clock, ids, promiseHours, detail: (id) => orders.get(id), onCreated: async () => {} });
  const inbox = createInbox({ folder, imports, shops, settings, clock, log });
  return { db, time, audit, settings, shops, repository, orders, parcels, imports, manual, inbox, folder, weights, parsed, clean: () => rmSync(folder, { recursive: true, force: true }) };
}

const samples = new URL('../fixtures/samples/', import.meta.url);

export function sample(name: string): { name: string; bytes: Uint8Array } {
  return { name, bytes: new Uint8Array(readFileSync(new URL(name, samples))) };
}

/** Lines of a small Pinduoduo file: `order({ number: '250313-1' })`. */
export interface Row {
  readonly number: string;
  readonly name?: string;
  readonly phone?: string;
  readonly detail?: string;
  readonly status?: string;
  readonly refund?: string;
  readonly title?: string;
  readonly quantity?: number;
  readonly province?: string;
  readonly time?: string;
  readonly note?: string;
  readonly shop?: string;
  /** What the platform writes for orders that may share a parcel. */
  readonly key?: string;
  readonly sku?: string;
}

export function pddFile(rows: readonly Row[], name = 'pdd.csv'): { name: string; bytes: Uint8Array } {
  const header = ['订单号', '订单状态', '售后状态', '商品', '商品规格', '商品数量(件)', '收货人', '手机', '省', '市', '区', '详细地址', '商家实收金额(元)', '商品id', '样式ID', '商家编码-规格维度', '订单成交时间', '支付时间', '商家备注', '店铺名称', '合单号'];
  const lines = rows.map((row) => [
    row.number, row.status ?? '待发货', row.refund ?? '无售后或售后取消', row.title ?? '棉袜', '黑色', String(row.quantity ?? 1), row.name ?? '张试', row.phone ?? '13900000001', row.province ?? '浙江省', '杭州市', '西湖区', row.detail ?? '文三路 1 号', '12.50', '1', '2', row.sku ?? 'S1', row.time ?? '2025-03-16 10:00:00', row.time ?? '2025-03-16 10:01:00', row.note ?? '', row.shop ?? '样例店', row.key ?? '',
  ]);
  return { name, bytes: new TextEncoder().encode([header, ...lines].map((line) => line.join(',')).join('\r\n')) };
}

/** Imports these rows as a Pinduoduo file and gives the ids of their orders. */
export async function bringTo(world: World, shopId: string, rows: readonly Row[]): Promise<string[]> {
  await world.imports.importFiles({ files: [pddFile(rows)], shopId, dryRun: false, mixedShops: false, language: 'en', source: 'file' }, actor);
  return Promise.all(rows.map(async (row) => (await world.repository.byNumber(shopId, row.number))?.id ?? ''));
}
