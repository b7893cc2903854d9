/**
 * One PC with the real allocator and journal over a simulated disk. The database is SQLite in memory; a power cut, a kill, a back-up
 * and a clone are images of its file. Nothing of the product is replaced but disk, clock, network and printer.
 */
import type { Buffer } from 'node:buffer';
import Sqlite from 'better-sqlite3';
import type BetterSqlite3 from 'better-sqlite3';
import { Kysely } from 'kysely';
import { sqliteDialect } from '../database/dialects.ts';
import type { Database } from '../database/tables.ts';
import { createAuditService } from '../features/audit/service.ts';
import { assembleNumbers } from '../features/waybills/assemble.ts';
import type { Numbers } from '../features/waybills/assemble.ts';
import type { StartReport } from '../features/waybills/incarnation.ts';
import type { WitnessPlace, WitnessRecord } from '../features/waybills/witness.ts';
import type { Clock, Ids, Log } from '../ports/index.ts';
import { createPrinter } from './printer.ts';
import type { Paper, SimPrinter } from './printer.ts';
import type { Random } from './random.ts';
import type { Rule } from './rules.ts';

/** A PC: what outlives the data folder. */
export interface Machine {
  readonly id: string;
  /** Witness as the program sees it, and what of it is on the disk. */
  witness: Map<string, WitnessRecord>;
  witnessOnDisk: Map<string, WitnessRecord>;
  /** Databases by folder: lineage of each, to tell copies from moves. */
  readonly folders: Map<string, Site>;
}

/** Label of the simulated queue: drawn, not yet sent. Lost when the program dies. */
export interface Queued {
  readonly attemptId: string;
  readonly number: string;
  readonly parcelId: string;
  readonly mark: number;
}

export interface Site {
  readonly name: string;
  readonly machine: Machine;
  readonly folder: string;
  readonly printer: SimPrinter;
  readonly shopIds: string[];
  readonly clock: Clock & { skewMs: number };
  /** Undefined while the PC is off. */
  numbers: Numbers | undefined;
  sqlite: BetterSqlite3.Database | undefined;
  image: Buffer;
  /** Older states of the file that a lying disk may fall back to. */
  cached: Buffer[];
  readonly backups: Buffer[];
  queue: Queued[];
  /** Parcels asked for and not answered, or answered and not sent. */
  pending: string[];
  /** Draws this program answered: parcel → number; the promise that may not be broken. */
  acknowledged: Map<string, string>;
  /** True once an old image was put back or the file was copied. */
  restored: boolean;
  /** Counts the times an old image was put back: labels of an earlier era belong to a past the file may not know. */
  era: number;
  /** Sequence number up to which a station told its host what it used. */
  reported: number;
  /** Station only. */
  epoch: number;
  memoryRequest: string | undefined;
  readonly isStation: boolean;
}

export interface SiteDeps {
  readonly random: Random;
  readonly paper: Paper[];
  readonly faults: Record<string, number>;
  readonly ids: Ids;
  readonly time: () => number;
  readonly without: Rule | undefined;
}

const quiet: Log = { info: () => {}, warn: () => {}, error: () => {} };

export function createMachine(id: string): Machine {
  return { id, witness: new Map(), witnessOnDisk: new Map(), folders: new Map() };
}

export function createSite(deps: SiteDeps, options: { name: string; machine: Machine; folder: string; image: Buffer; shopIds: string[]; isStation: boolean }): Site {
  const skew = { skewMs: 0 };
  const site: Site = {
    ...options,
    printer: createPrinter(deps.random, deps.paper, deps.faults),
    clock: Object.assign(skew, { now: () => new Date(deps.time() + skew.skewMs).toISOString() }),
    numbers: undefined, sqlite: undefined, cached: [], backups: [], queue: [], pending: [], acknowledged: new Map(), restored: false, era: 0, reported: 0, epoch: 1, memoryRequest: undefined,
  };
  options.machine.folders.set(options.folder, site);
  return site;
}

/** Reads the lineage out of the file of a PC that may be off. */
function lineageOf(site: Site): string | undefined {
  const sqlite = site.sqlite ?? new Sqlite(site.image);
  try {
    return sqlite.prepare('select lineage from waybill_ledger_head').pluck().get() as string | undefined;
  } finally {
    if (sqlite !== site.sqlite) sqlite.close();
  }
}

/** Switches a PC on: opens the file as it is, verifies, asks the witness, sorts what was under way. */
export async function boot(deps: SiteDeps, site: Site): Promise<StartReport> {
  const sqlite = new Sqlite(site.image);
  sqlite.pragma('foreign_keys = ON');
  const db = new Kysely<Database>({ dialect: sqliteDialect(sqlite) });
  const place: WitnessPlace = {
    name: 'simulated',
    read: (lineage) => site.machine.witness.get(lineage),
    write: (record, { sync }) => {
      site.machine.witness.set(record.lineage, record);
      if (sync) site.machine.witnessOnDisk.set(record.lineage, record);
    },
    close: () => {},
  };
  const blind = deps.without === 'witness';
  const numbers = assembleNumbers({
    db, clock: site.clock, ids: deps.ids, log: quiet, audit: createAuditService({ db, clock: site.clock, ids: deps.ids }),
    witness: {
      places: blind ? [] : [place],
      machineId: blind ? 'any' : site.machine.id,
      place: site.folder, writer: deps.ids.next('run'), shared: false,
      stillAt: (folder, lineage) => {
        const other = site.machine.folders.get(folder);
        return other !== undefined && other !== site && lineageOf(other) === lineage;
      },
      syncEveryMs: 0,
    },
  });
  site.sqlite = sqlite;
  site.numbers = numbers;
  const report = await numbers.incarnation.start();
  if (report.copy && deps.without === 'quarantine') giveAway(site, "state = 'quarantine'", 'quarantine');
  if (numbers.gate.stopped() === undefined) {
    if (deps.without === 'uncertain-stays') sqlite.exec("update print_attempts set state = 'not_sent' where state = 'sending'");
    await numbers.attempts.recover();
  }
  return report;
}

/** Breaks a rule by hand: numbers out of somebody's account back to free, books included. */
export function giveAway(site: Site, which: string, account: string): void {
  site.sqlite?.exec(`update waybill_segments set state = 'open', holder = 'pool', lease_id = null where ${which};
    update waybill_balances set balance = balance + coalesce((select sum(b.balance) from waybill_balances b where b.pool_id = waybill_balances.pool_id and b.acct like '${account}'), 0) where acct = 'free';
    update waybill_balances set balance = 0 where acct like '${account}'`);
}

/** Remembers what a disk without sync might fall back to. Called after steps that may have committed. */
export function remember(deps: SiteDeps, site: Site): void {
  if (deps.without !== 'synchronous-full' || site.sqlite === undefined) return;
  if (site.cached.length === 0 || deps.random.chance(0.4)) site.cached.push(site.sqlite.serialize());
  if (site.cached.length > 5) site.cached.shift();
}

function stop(site: Site): void {
  site.sqlite?.close();
  site.sqlite = undefined;
  site.numbers = undefined;
  site.queue = [];
  site.memoryRequest = undefined;
}

/** kill -9: memory is gone, the operating system keeps every write. */
export function kill(site: Site): void {
  if (site.sqlite) site.image = site.sqlite.serialize();
  stop(site);
}

/** The power goes: what was not synced is gone too, of the database and of the witness. */
export function cutPower(deps: SiteDeps, site: Site): void {
  if (site.sqlite) {
    const fallBack = deps.without === 'synchronous-full' ? deps.random.pick(site.cached) : undefined;
    site.image = fallBack ?? site.sqlite.serialize();
  }
  site.cached = [];
  stop(site);
  if (deps.without === 'synchronous-full') {
    // The same cache held the witness.
    site.machine.witness = new Map();
  } else {
    site.machine.witness = new Map(site.machine.witnessOnDisk);
  }
}
