/** What must be true of a SQLite file before a single waybill number may be drawn from it. */
import { existsSync, statfsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fail } from '../../common/errors.ts';

/** First SQLite without the WAL-reset bug (a checkpoint racing a commit could lose the commit). */
export const leastSqliteVersion = '3.51.3';

/** better-sqlite3 13 needs Node-API 10 and crashes the process below this version instead of saying so. */
export const leastNodeVersion = '22.14.0';

/** Numeric comparison of dotted versions: true when `version` is `least` or newer. */
export function isAtLeast(version: string, least: string): boolean {
  const left = version.split('.').map(Number);
  const right = least.split('.').map(Number);
  for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** Refuses with DATABASE_UNSAFE instead of letting the native module crash the process. */
export function assertNodeVersion(file: string, version = process.versions.node): void {
  if (!isAtLeast(version, leastNodeVersion)) fail('DATABASE_UNSAFE', { file, reason: `node ${version} < ${leastNodeVersion}` });
}

/** File system type numbers of Linux whose locks or syncs cannot be trusted: NFS, SMB, CIFS, SMB2, 9P, AFS, Coda, NCP. */
const networkFileSystems = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x01021997, 0x5346414f, 0x73757245, 0x564c]);

/** Folder names of sync programs that copy files behind the back of the database. */
const syncFolders = /(^|[\\/])(onedrive[^\\/]*|dropbox|google ?drive|icloud ?drive|baidunetdisk|baidusyncdisk|百度网盘|坚果云|nutstore)([\\/]|$)/i;

/** Refuses network drives and synchronised folders: both break the promise that a commit is on this disk. */
export function assertLocalDisk(file: string): void {
  const path = resolve(file);
  if (/^(\\\\|\/\/)(?![?.][\\/])/.test(file) || /^\\\\\?\\UNC\\/i.test(file)) fail('DATABASE_UNSAFE', { file, reason: 'network path' });
  if (syncFolders.test(path)) fail('DATABASE_UNSAFE', { file, reason: 'synchronised folder' });
  if (process.platform !== 'linux') return;
  let folder = dirname(path);
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  if (networkFileSystems.has(statfsSync(folder).type)) fail('DATABASE_UNSAFE', { file, reason: 'network file system' });
}
