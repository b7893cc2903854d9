/** Files that cannot go into one shop, put apart into imports that can. Pure. */
import type { ImportLook } from '../../../common/contract/import.ts';

/** What one import takes: files, and of files that mix shops only the orders of one. */
export interface Part {
  readonly fileIds: readonly string[];
  readonly onlyShop?: string;
  /** For people: the shop's name or the platform. */
  readonly name: string;
}

type Looked = ImportLook['files'][number];

/** One import a platform; a table of no known platform stays with the first. */
export function byPlatform(files: readonly Looked[]): Part[] {
  const known = files.flatMap(({ fileId, report }) => (report ? [{ fileId, platform: report.platform }] : []));
  const platforms = [...new Set(known.map((file) => file.platform).filter((platform) => platform !== 'other'))];
  return platforms.map((name, index) => ({ name, fileIds: known.filter(({ platform }) => platform === name || (index === 0 && platform === 'other')).map(({ fileId }) => fileId) }));
}

/** One import a shop: its own files, its part of files that mix shops, and every items file, whose rows find their orders by number. */
export function byShop(files: readonly Looked[]): Part[] {
  const reports = files.flatMap(({ fileId, report }) => (report ? [{ fileId, report }] : []));
  const names = [...new Set(reports.flatMap(({ report }) => report.shops))];
  return names.map((name, index) => {
    const own = reports.filter(({ report }) => report.shops.includes(name) || report.kind === 'items' || (index === 0 && report.shops.length === 0));
    const nameless = own.some(({ report }) => report.kind === 'orders' && report.shops.length === 0);
    return { name, fileIds: own.map(({ fileId }) => fileId), ...(!nameless && { onlyShop: name }) };
  });
}
