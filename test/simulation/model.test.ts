/**
 * A command model over the services: random sequences of what people, printers and crashes do, compared with a model that is only a map
 * of number → parcel and a few counters. fast-check shrinks a failing sequence and prints its seed and path.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Buffer } from 'node:buffer';
import Sqlite from 'better-sqlite3';
import { Kysely } from 'kysely';
import { sqliteDialect } from '../../main/database/dialects.ts';
import type { Database } from '../../main/database/tables.ts';
import { isFailure } from '../../common/errors.ts';
import { reconcile } from '../../main/features/waybills/reconcile.ts';
import { countingIds, handClock, worldOver } from '../../main/features/waybills/testing.ts';
import type { World } from '../../main/features/waybills/testing.ts';
import type { WitnessRecord } from '../../main/features/waybills/witness.ts';
import { imageFor, lead, makeTemplate, shops } from '../../main/simulation/template.ts';

const runs = Number(process.env['PACKBENCH_TEST_MODEL_RUNS'] ?? 1000);
const packer = { operator: 'packer', station: { id: 'desk' } };

interface Model {
  /** number → parcel, for ever. */
  readonly numbers: Map<string, string>;
  /** parcel → its living number. */
  readonly living: Map<string, string>;
  /** Numbers no draw may give again. */
  readonly dead: Set<string>;
  stopped: boolean;
  quarantined: boolean;
}

interface Real {
  world: World;
  sqlite: Sqlite.Database;
  readonly memory: Map<string, WitnessRecord>;
  readonly clock: ReturnType<typeof handClock>;
  readonly ids: ReturnType<typeof countingIds>;
  old: Buffer | undefined;
  jobs: number;
}

type Command = fc.AsyncCommand<Model, Real>;

async function open(real: Omit<Real, 'world' | 'sqlite'>, image: Buffer): Promise<Pick<Real, 'world' | 'sqlite'>> {
  const sqlite = new Sqlite(image);
  sqlite.pragma('foreign_keys = ON');
  const db = new Kysely<Database>({ dialect: sqliteDialect(sqlite) });
  const world = worldOver({ db }, { clock: real.clock, ids: real.ids, memory: real.memory });
  await world.incarnation.start();
  await world.attempts.recover();
  return { world, sqlite };
}

async function restart(real: Real, image: Buffer): Promise<void> {
  real.sqlite.close();
  Object.assign(real, await open(real, image));
}

class Draw implements Command {
  readonly parcels: readonly number[];
  constructor(parcels: readonly number[]) {
    this.parcels = parcels;
  }
  check = () => true;
  async run(model: Model, real: Real): Promise<void> {
    real.jobs += 1;
    const ids = [...new Set(this.parcels)].map((parcel) => `parcel-${parcel}`);
    const results = await real.world.draw({
      requests: ids.map((parcelId, i) => ({ parcelId, shopId: shops[i % shops.length] as string, requestKey: parcelId })),
      jobId: `job-${real.jobs}`, printerId: 'printer', templateVersionId: 'v', operator: 'packer', station: { id: 'desk' },
    });
    results.forEach((result, i) => {
      const parcel = ids[i] as string;
      expect(result.parcelId).toBe(parcel);
      if (!result.ok) {
        expect(['NO_NUMBERS_LEFT', 'LABEL_PRINTED', 'LABEL_UNCERTAIN', 'LABEL_UNDER_WAY']).toContain(result.error.code);
        return;
      }
      const owner = model.numbers.get(result.number);
      expect(owner === undefined || owner === parcel, `${result.number} belongs to ${owner ?? ''}`).toBe(true);
      expect(model.dead.has(result.number)).toBe(false);
      const standing = model.living.get(parcel);
      if (standing !== undefined) expect(result.number).toBe(standing);
      else expect(model.quarantined).toBe(false);
      model.numbers.set(result.number, parcel);
      model.living.set(parcel, result.number);
    });
  }
  toString = () => `draw(${this.parcels.join(',')})`;
}

/** Sends the oldest label that waits; `end` is what the printer makes of it. */
class Print implements Command {
  readonly end: 'sent' | 'acked' | 'cut' | 'none' | 'dies';
  constructor(end: Print['end']) {
    this.end = end;
  }
  check = () => true;
  async run(_model: Model, real: Real): Promise<void> {
    const [label] = await real.world.attempts.list({ state: 'intent', limit: 1 });
    if (!label) return;
    const { sink } = real.world.attempts;
    await sink.sending(label.id, { sha256: 'a'.repeat(64), byteCount: 1 });
    if (this.end === 'sent' || this.end === 'acked') await sink.sent(label.id, [{ kind: 'transport' }]);
    if (this.end === 'acked') await sink.acked(label.id, [{ kind: 'idle_after_busy' }]);
    if (this.end === 'cut') await sink.uncertain(label.id, 'cable');
    if (this.end === 'none') await sink.notSent(label.id, 'refused');
    if (this.end === 'dies') {
      await restart(real, real.sqlite.serialize());
      expect((await real.world.attempts.get(label.id)).state).toBe('uncertain');
    }
  }
  toString = () => `print(${this.end})`;
}

class Settle implements Command {
  readonly outcome: 'confirmed' | 'not_printed' | 'by_last';
  constructor(outcome: Settle['outcome']) {
    this.outcome = outcome;
  }
  check = () => true;
  async run(_model: Model, real: Real): Promise<void> {
    const [doubt] = await real.world.attempts.uncertain();
    const label = doubt?.doubtful.at(-1);
    if (!label) return;
    if (this.outcome === 'by_last') await real.world.attempts.settleByLast({ number: label.number }, packer);
    else await real.world.attempts.settle({ id: label.id, outcome: this.outcome, note: '' }, packer);
    expect((await real.world.attempts.get(label.id)).state).toBe(this.outcome === 'not_printed' ? 'not_printed' : 'confirmed');
  }
  toString = () => `settle(${this.outcome})`;
}

class Reprint implements Command {
  check = () => true;
  async run(model: Model, real: Real): Promise<void> {
    const [label] = await real.world.attempts.list({ state: 'sent', limit: 1 });
    if (!label) return;
    real.jobs += 1;
    try {
      const made = await real.world.attempts.openReprint({ attemptId: label.id, reason: 'x', jobId: `job-${real.jobs}` }, packer);
      expect(made.number).toBe(label.number);
      expect(made.mark).toBeGreaterThan(0);
      expect(model.numbers.get(made.number)).toBe(made.parcelId);
    } catch (thrown) {
      expect(isFailure(thrown, 'LABEL_UNDER_WAY')).toBe(true);
    }
  }
  toString = () => 'reprint()';
}

class Void implements Command {
  readonly parcel: number;
  constructor(parcel: number) {
    this.parcel = parcel;
  }
  check = (model: Readonly<Model>) => model.living.has(`parcel-${this.parcel}`);
  async run(model: Model, real: Real): Promise<void> {
    const parcel = `parcel-${this.parcel}`;
    const number = model.living.get(parcel) as string;
    await real.world.life.void({ number, reason: 'cancelled' }, lead);
    model.living.delete(parcel);
    model.dead.add(number);
  }
  toString = () => `void(${this.parcel})`;
}

class Restart implements Command {
  check = () => true;
  async run(_model: Model, real: Real): Promise<void> {
    await restart(real, real.sqlite.serialize());
  }
  toString = () => 'restart()';
}

class KeepImage implements Command {
  check = () => true;
  async run(_model: Model, real: Real): Promise<void> {
    real.old = real.sqlite.serialize();
  }
  toString = () => 'keepImage()';
}

/** The old image comes back: what the model knows of drawn numbers stays true on paper, so none of them may be drawn for another parcel. */
class PutBack implements Command {
  check = () => true;
  async run(model: Model, real: Real): Promise<void> {
    if (real.old === undefined) return;
    const before = Number(real.sqlite.prepare('select seq from waybill_ledger_head').pluck().get());
    await restart(real, real.old);
    const after = new Map(real.sqlite.prepare('select parcel_id, number from waybill_numbers where live = 1').raw().all() as [string, string][]);
    if (Number(real.sqlite.prepare('select max(seq) from waybill_ledger').pluck().get()) !== before) model.quarantined = real.sqlite.prepare("select count(*) from waybill_segments where state = 'open'").pluck().get() === 0;
    model.living.clear();
    for (const [parcel, number] of after) model.living.set(parcel, number);
  }
  toString = () => 'putBack()';
}

class Clock implements Command {
  readonly days: number;
  constructor(days: number) {
    this.days = days;
  }
  check = () => true;
  async run(_model: Model, real: Real): Promise<void> {
    real.clock.advance(this.days * 86_400_000);
    await real.world.life.recycle(lead);
  }
  toString = () => `clock(${this.days})`;
}

class Reconcile implements Command {
  check = () => true;
  async run(_model: Model, real: Real): Promise<void> {
    const { store, witness } = real.world;
    const books = await reconcile({ db: store.db, clock: real.clock, remembered: witness.remembered, window: 3 });
    expect(books.checks.filter((one) => !one.ok)).toEqual([]);
  }
  toString = () => 'reconcile()';
}

describe('command model', () => {
  it(`holds in ${runs} random sequences`, { timeout: 240_000 }, async () => {
    const template = await makeTemplate('host');
    const image = imageFor(template, { lineage: 'model', machineId: 'pc-1', folder: '/data' });
    const parcel = fc.integer({ min: 1, max: 12 });
    const commands = fc.commands<Model, Real, false>(
      [
        fc.array(parcel, { minLength: 1, maxLength: 4 }).map((parcels) => new Draw(parcels)),
        fc.constantFrom('sent', 'acked', 'cut', 'none', 'dies').map((end) => new Print(end as Print['end'])),
        fc.constantFrom('sent', 'cut').map((end) => new Print(end as Print['end'])),
        fc.constantFrom('confirmed', 'not_printed', 'by_last').map((outcome) => new Settle(outcome as Settle['outcome'])),
        fc.constant(new Reprint()),
        parcel.map((one) => new Void(one)),
        fc.constant(new Restart()),
        fc.constant(new KeepImage()),
        fc.constant(new PutBack()),
        fc.integer({ min: -40, max: 40 }).map((days) => new Clock(days)),
        fc.constant(new Reconcile()),
      ],
      { maxCommands: 30 },
    );
    await fc.assert(
      fc.asyncProperty(commands, async (sequence) => {
        const base = { memory: new Map<string, WitnessRecord>(), clock: handClock(), ids: countingIds(), old: undefined, jobs: 0 };
        const real: Real = { ...base, ...(await open(base, image)) };
        const model: Model = { numbers: new Map(), living: new Map(), dead: new Set(), stopped: false, quarantined: false };
        try {
          await fc.asyncModelRun(() => ({ model, real }), sequence);
          await new Reconcile().run(model, real);
        } finally {
          real.sqlite.close();
        }
      }),
      { numRuns: runs },
    );
  });
});
