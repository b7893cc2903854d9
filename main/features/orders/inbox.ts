/**
 * The watched folder: every shop may have an inbox in the data folder; an order file saved there is imported by itself and moved to
 * `imported` or, when it could not be read, to `refused` with a note beside it. No path ever comes from a page.
 */
import { mkdir, readFile, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorText } from '../../../common/error-texts.ts';
import { isFailure } from '../../../common/errors.ts';
import type { WatchState } from '../../../common/contract/import.ts';
import type { Clock, Log } from '../../ports/index.ts';
import type { Actor } from '../audit/service.ts';
import type { SettingsService } from '../settings/service.ts';
import type { ShopsService } from '../shops/service.ts';
import type { ImportService } from './import-service.ts';

export interface InboxDeps {
  /** Folder the inboxes lie in. */
  readonly folder: string;
  readonly imports: ImportService;
  readonly shops: Pick<ShopsService, 'get'>;
  readonly settings: Pick<SettingsService, 'get' | 'set'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Time between two looks; a file must be unchanged between them, so that one still being saved is left alone. */
  readonly milliseconds?: number;
}

type Last = WatchState['folders'][number]['last'];

export type InboxService = ReturnType<typeof createInbox>;

const watcher: Actor = { operator: 'inbox', station: { id: 'host' } };
const wanted = /\.(?:csv|tsv|txt|xlsx|xls)$/i;

export function createInbox({ folder, imports, shops, settings, clock, log, milliseconds = 2_000 }: InboxDeps) {
  const sizes = new Map<string, string>();
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;

  /** A folder a person recognises, and that two shops of one name do not share. */
  async function folderOf(shopId: string): Promise<string> {
    const { name } = await shops.get(shopId);
    return join(folder, `${name.replace(/[\\/:*?"<>|\s.]+/g, '_').slice(0, 40)}-${shopId.slice(-6)}`);
  }

  async function look(): Promise<void> {
    for (const shopId of (await settings.get()).inboxShops) {
      try {
        await lookInto(shopId);
      } catch (thrown) {
        log.warn('orders.inbox', { shopId, error: thrown instanceof Error ? thrown.name : 'unknown' });
      }
    }
  }

  async function lookInto(shopId: string): Promise<void> {
    const place = await folderOf(shopId);
    await mkdir(place, { recursive: true });
    const ready: string[] = [];
    for (const name of (await readdir(place)).sort()) {
      if (!wanted.test(name) || name.startsWith('~$') || name.startsWith('.')) continue;
      const facts = await stat(join(place, name));
      if (!facts.isFile() || facts.size === 0) continue;
      const print = `${facts.size}:${facts.mtimeMs}`;
      if (sizes.get(join(place, name)) === print) ready.push(name);
      else sizes.set(join(place, name), print);
    }
    if (ready.length > 0) await importTogether(shopId, place, ready);
  }

  /** Together first, so that an items file finds its orders; when that fails, one by one, so that a bad file stops only itself. */
  async function importTogether(shopId: string, place: string, names: readonly string[]): Promise<void> {
    const files = await Promise.all(names.map(async (name) => ({ name, bytes: new Uint8Array(await readFile(join(place, name))) })));
    const request = { shopId, dryRun: false, mixedShops: false, language: 'zh-CN' as const, source: 'folder' as const };
    try {
      await imports.importFiles({ files, ...request }, watcher);
      for (const name of names) await putAway(place, name, 'imported');
      return;
    } catch (thrown) {
      if (!isFailure(thrown)) throw thrown;
      if (names.length === 1) return putAway(place, names[0] ?? '', 'refused', noteLanguages.map((language) => oneLine(errorText(thrown.error, language))).join('\n'));
    }
    for (const name of names) await importTogether(shopId, place, [name]);
  }

  async function putAway(place: string, name: string, state: 'imported' | 'refused', why = ''): Promise<void> {
    const target = join(place, state);
    await mkdir(target, { recursive: true });
    const stamp = clock.now().replaceAll(/[:.]/g, '-');
    await rename(join(place, name), join(target, `${stamp} ${name}`));
    if (why !== '') await writeFile(join(target, `${stamp} ${name}.txt`), why);
    sizes.delete(join(place, name));
  }

  /** What became of the newest file: the folders are the record, so that it is known after a restart too. */
  async function lastOf(shopId: string, place: string): Promise<Last> {
    const newest = (await Promise.all((['imported', 'refused'] as const).map(async (state) => (await namesIn(join(place, state))).filter((name) => wanted.test(name) && !(state === 'refused' && isReason(name))).map((name) => ({ name, state }))))).flat().sort((left, right) => left.name.localeCompare(right.name)).at(-1);
    if (newest === undefined) return null;
    const [, stamp = '', file = newest.name] = /^(\S+Z) (.+)$/.exec(newest.name) ?? [];
    const at = stamp.replace(/T(\d\d)-(\d\d)-(\d\d)-(\d+)Z$/, 'T$1:$2:$3.$4Z');
    if (newest.state === 'refused') return { file, at, state: 'refused', reason: readNote(await readFile(join(place, 'refused', `${newest.name}.txt`), 'utf8').catch(() => '')), batchId: null };
    const batch = (await imports.batches(200)).find((one) => one.shopId === shopId && one.source === 'folder' && one.files.includes(file));
    return { file, at, state: 'imported', reason: readNote(''), batchId: batch?.id ?? null };
  }

  return {
    /** Looks now; calls while one look runs share it. */
    look(): Promise<void> {
      looking ??= look().finally(() => (looking = undefined));
      return looking;
    },
    start(): void {
      timer ??= setInterval(() => void this.look(), milliseconds);
      timer.unref();
    },
    async stop(): Promise<void> {
      clearInterval(timer);
      timer = undefined;
      await looking;
    },
    async state(): Promise<WatchState> {
      const { inboxShops } = await settings.get();
      const folders: WatchState['folders'] = [];
      for (const shopId of inboxShops) {
        const place = await folderOf(shopId);
        folders.push({ folder: place, shopId, last: await lastOf(shopId, place) });
      }
      return { folders };
    },
    async set(shopId: string, on: boolean, _actor: Actor): Promise<WatchState> {
      await shops.get(shopId);
      const { inboxShops } = await settings.get();
      const others = inboxShops.filter((id) => id !== shopId);
      await settings.set({ inboxShops: on ? [...others, shopId] : others });
      if (on) await mkdir(await folderOf(shopId), { recursive: true });
      return this.state();
    },
  };
}

/** The text file beside a refused one; `a.csv.txt` beside `a.csv`. */
function isReason(name: string): boolean {
  return /\.(?:csv|tsv|txt|xlsx|xls)\.txt$/i.test(name);
}

/** The note beside a refused file says why in each language, a line each: nobody knows who will open it. */
const noteLanguages = ['zh-CN', 'en'] as const;

/** Notes of earlier versions have one line, in Chinese. */
function readNote(note: string): { 'zh-CN': string; en: string } {
  const [zh = '', en = zh] = note.split('\n');
  return { 'zh-CN': zh, en };
}

/** A file may be called anything, a line break included. */
function oneLine(text: string): string {
  return text.replaceAll(/[\r\n]+/g, ' ');
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}
