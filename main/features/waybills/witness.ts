/**
 * The witness against rollback: after every change of ownership, where the ledger stands is written to a second place outside the
 * database. A database that is older than its witness was restored or copied, and must not issue the numbers it believes to be free.
 */
import { hash as digest } from 'node:crypto';
import { closeSync, existsSync, fdatasyncSync, fsyncSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { fail } from '../../../common/errors.ts';
import type { Clock, Log } from '../../ports/index.ts';
import type { Gate } from './gate.ts';
import type { LedgerHead } from './ledger.ts';

export interface WitnessRecord {
  readonly lineage: string;
  readonly incarnation: number;
  readonly seq: number;
  readonly hash: string;
  readonly machineId: string;
  /** Data folder the record was written for. */
  readonly place: string;
  /** One running program; another writer means that a second one runs on a copy. */
  readonly writer: string;
  readonly at: string;
}

/** Somewhere outside the database that remembers. `read` gives undefined when it has nothing; both throw on a broken place. */
export interface WitnessPlace {
  readonly name: string;
  read(lineage: string): WitnessRecord | undefined;
  write(record: WitnessRecord, options: { sync: boolean }): void;
  close(): void;
}

const slotBytes = 1024;

/**
 * A file per database in a folder outside the data folder. Two slots with checksums are written in turn, so that a cut during a write
 * leaves the record before it.
 */
export function filePlace(pathOf: (lineage: string) => string): WitnessPlace {
  let handle: number | undefined;
  let opened: string | undefined;
  let slot = 0;
  let turn = 0;

  function open(lineage: string): number {
    const path = pathOf(lineage);
    if (handle !== undefined && opened === path) return handle;
    mkdirSync(dirname(path), { recursive: true });
    handle = openSync(path, existsSync(path) ? 'r+' : 'w+', 0o600);
    opened = path;
    if (process.platform !== 'win32') {
      const folder = openSync(dirname(path), 'r');
      fsyncSync(folder);
      closeSync(folder);
    }
    return handle;
  }

  return {
    name: 'file',
    read(lineage) {
      if (handle === undefined && !existsSync(pathOf(lineage))) return undefined;
      const bytes = Buffer.alloc(2 * slotBytes);
      readSync(open(lineage), bytes, 0, bytes.length, 0);
      const records = [0, 1].map((index) => decode(bytes.subarray(index * slotBytes, (index + 1) * slotBytes)));
      const [a, b] = records;
      if (a === undefined && b === undefined) return undefined;
      const newest = a === undefined ? 1 : b === undefined ? 0 : a.turn > b.turn ? 0 : 1;
      slot = newest === 0 ? 1 : 0;
      turn = Math.max(turn, (records[newest] as { turn: number }).turn);
      return (records[newest] as { record: WitnessRecord }).record;
    },
    write(record, { sync }) {
      const file = open(record.lineage);
      turn += 1;
      writeSync(file, encode(record, turn), 0, slotBytes, slot * slotBytes);
      slot = slot === 0 ? 1 : 0;
      if (sync) fdatasyncSync(file);
    },
    close() {
      if (handle === undefined) return;
      fsyncSync(handle);
      closeSync(handle);
      handle = undefined;
    },
  };
}

function encode(record: WitnessRecord, number: number): Buffer {
  const text = JSON.stringify({ turn: number, record });
  const bytes = Buffer.alloc(slotBytes, ' ');
  const written = bytes.write(`${digest('sha256', text).slice(0, 16)}${text}`);
  if (written >= slotBytes) throw new Error('witness record does not fit its slot');
  bytes[slotBytes - 1] = 10;
  return bytes;
}

function decode(bytes: Buffer): { turn: number; record: WitnessRecord } | undefined {
  const text = bytes.toString('utf8').trim();
  const body = text.slice(16);
  if (body === '' || digest('sha256', body).slice(0, 16) !== text.slice(0, 16)) return undefined;
  return JSON.parse(body) as { turn: number; record: WitnessRecord };
}

export type Witness = ReturnType<typeof createWitness>;

/**
 * Writes to every place after each commit and compares before each draw. A place that cannot be written is reported once and loudly,
 * and does not stop the packing: the ledger itself is safe. `shared` is for a database server that several programs use at once.
 * Records are forced to the disk at most once per `syncEveryMs`: one that is a second old still convicts yesterday's copy.
 */
export function createWitness(deps: {
  readonly places: readonly WitnessPlace[];
  readonly machineId: string;
  readonly place: string;
  readonly writer: string;
  readonly gate: Gate;
  readonly clock: Clock;
  readonly log: Log;
  readonly shared?: boolean | undefined;
  readonly syncEveryMs?: number | undefined;
}) {
  const { places, machineId, place, writer, gate, clock, log } = deps;
  const broken = new Set<string>();
  let last: WitnessRecord | undefined;
  let syncedAt = Number.NEGATIVE_INFINITY;

  function guarded<T>(one: WitnessPlace, work: () => T): T | undefined {
    try {
      const value = work();
      broken.delete(one.name);
      return value;
    } catch (thrown) {
      if (!broken.has(one.name)) log.error('waybills.witness', { place: one.name, error: String(thrown) });
      broken.add(one.name);
      return undefined;
    }
  }

  return {
    machineId,
    place,
    /** Places that could not be read or written lately. */
    broken: (): string[] => [...broken],

    /** What the places remember of these data. */
    remembered(lineage: string): WitnessRecord[] {
      return places.flatMap((one) => guarded(one, () => one.read(lineage)) ?? []);
    },

    /** Throws ISSUING_STOPPED and closes the gate when somebody else has written since: a second program runs on a copy of these data. */
    check(): void {
      if (deps.shared === true || last === undefined) return;
      for (const one of places) {
        const found = guarded(one, () => one.read((last as WitnessRecord).lineage));
        if (found === undefined || found.writer === writer) continue;
        const detail = found.place === place ? found.machineId : found.place;
        gate.stop('other_copy', detail, clock.now());
        fail('ISSUING_STOPPED', { reason: 'other_copy', detail, since: clock.now() });
      }
    },

    /** Remembers where the ledger stands. Never moves back. */
    record(head: LedgerHead): void {
      if (last && last.lineage === head.lineage && (last.incarnation > head.incarnation || (last.incarnation === head.incarnation && last.seq >= head.seq))) return;
      const record: WitnessRecord = { lineage: head.lineage, incarnation: head.incarnation, seq: head.seq, hash: head.hash, machineId, place, writer, at: clock.now() };
      const now = performance.now();
      const sync = last === undefined || now - syncedAt >= (deps.syncEveryMs ?? 1000);
      for (const one of places) guarded(one, () => one.write(record, { sync }));
      if (sync) syncedAt = now;
      last = record;
    },

    close(): void {
      for (const one of places) guarded(one, () => one.close());
    },
  };
}
