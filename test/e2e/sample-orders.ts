/** Sample order files brought into a running app, for the suites of the orders page. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImportInput } from '../../common/contract/import.ts';
import type { App } from './app.ts';

export const someone = { operator: '张工', station: { id: 'station_test' } };
const folder = join(import.meta.dirname, '..', 'fixtures', 'samples');

/** Imports files of the samples folder into a new shop; gives its id. */
export async function bring(app: App, shop: { readonly name: string; readonly platform: 'taobao' | 'pdd' | 'douyin' | 'jd' }, files: readonly string[], language: ImportInput['language'] = 'zh-CN'): Promise<string> {
  const { shops, imports, changes } = app.server.core.services;
  const { id } = await shops.create({ ...shop, senderAddressId: null }, someone);
  const given = files.map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(folder, name))) }));
  await imports.importFiles({ files: given, shopId: id, dryRun: false, mixedShops: false, language, source: 'file' }, someone);
  changes.emit('shops', 'orders');
  return id;
}
