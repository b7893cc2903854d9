/**
 * A small world under stress: a host, two stations with blocks of their own, three shops, people, faults. Each step does one thing to
 * one PC; at every await inside it the PC may die. The real services are called throughout.
 */
import type { Buffer } from 'node:buffer';
import { hash as digest } from 'node:crypto';
import { isFailure } from '../../common/errors.ts';
import type { Violation } from './check.ts';
import { judgePromises } from './check.ts';
import type { Paper } from './printer.ts';
import { seeded } from './random.ts';
import type { Rule } from './rules.ts';
import { boot, createMachine, createSite, cutPower, giveAway, kill, remember } from './site.ts';
import type { Machine, Queued, Site, SiteDeps } from './site.ts';
import { imageFor, lead, shops, stations } from './template.ts';
import type { Numbers } from '../features/waybills/assemble.ts';

export interface Templates {
  readonly host: Buffer;
  readonly station: Buffer;
}

/** Thrown at a point where the PC dies; nothing after it happens. */
class Death extends Error {}

const blockSize = 8;
const deathAtPoint = 0.012;
const packer = (site: Site) => ({ operator: 'packer', station: { id: site.name } });

export function createScenario(templates: Templates, seed: number, without: Rule | undefined) {
  const random = seeded(seed);
  const paper: Paper[] = [];
  const faults: Record<string, number> = {};
  const voided = new Set<string>();
  const violations: Violation[] = [];
  const lastCut = new Map<Site, Paper>();
  const writtenOff = new Set<string>();
  let time = Date.parse('2026-03-01T00:00:00.000Z') + seed * 1000;
  let idCount = 0;
  let parcelCount = 0;
  let rangeCount = 0;
  let operations = 0;
  const deps: SiteDeps = {
    random, paper, faults, without, time: () => time,
    ids: { next: (prefix) => `${prefix}_${String((idCount += 1)).padStart(7, '0')}` },
  };
  const fault = (name: string) => void (faults[name] = (faults[name] ?? 0) + 1);

  const sites: Site[] = [];
  const alive = (): Site[] => sites.filter((site) => site.numbers !== undefined);
  let machineCount = 0;
  function newMachine(): Machine {
    machineCount += 1;
    return createMachine(`pc-${machineCount}`);
  }
  function addSite(name: string, machine: Machine, folder: string, image: Buffer, isStation: boolean): Site {
    const site = createSite(deps, { name, machine, folder, image, shopIds: [...shops], isStation });
    sites.push(site);
    return site;
  }
  /** Without a witness the program cannot tell one PC from another either. */
  const idOf = (machine: Machine): string => (without === 'witness' ? 'any' : machine.id);
  const first = newMachine();
  const host = addSite('host', first, '/data', imageFor(templates.host, { lineage: `host-${seed}`, machineId: idOf(first), folder: '/data' }), false);
  for (const name of stations) {
    const machine = newMachine();
    addSite(name, machine, '/data', imageFor(templates.station, { lineage: `${name}-${seed}`, machineId: idOf(machine), folder: '/data' }), true);
  }

  /** Between two awaits of an operation: the PC may die here. */
  function point(site: Site): void {
    remember(deps, site);
    if (random.chance(deathAtPoint)) throw new Death(site.name);
  }

  function die(site: Site): void {
    if (site.numbers === undefined) return;
    if (random.chance(0.5)) {
      fault('kill -9');
      kill(site);
    } else {
      fault('power cut');
      cutPower(deps, site);
    }
  }

  /** Runs part of an operation; expected refusals are part of life, anything else is a fault of the product. */
  async function attempt(site: Site, work: (numbers: Numbers) => Promise<void>): Promise<void> {
    if (site.numbers === undefined) return;
    operations += 1;
    try {
      await work(site.numbers);
      remember(deps, site);
    } catch (thrown) {
      if (thrown instanceof Death) return die(site);
      if (isFailure(thrown)) return;
      if (!held(thrown)) throw thrown;
    }
  }

  /** A constraint of the database stopped what the code let through: no harm done, and a violation all the same. */
  function held(thrown: unknown): boolean {
    const code = thrown instanceof Error ? (thrown as { code?: unknown }).code : undefined;
    if (typeof code !== 'string' || !code.startsWith('SQLITE_CONSTRAINT')) return false;
    violations.push({ invariant: 'constraint', what: (thrown as Error).message });
    return true;
  }

  // ---- drawing and printing

  async function draw(site: Site, parcels: readonly string[]): Promise<void> {
    await attempt(site, async (numbers) => {
      const again = without === 'same-parcel' ? `#${(idCount += 1)}` : '';
      if (without === 'commit-before-print' && random.chance(0.5)) printTooEarly(site, parcels[0] as string);
      point(site);
      const results = await numbers.draw({
        requests: parcels.map((parcelId) => ({ parcelId: `${parcelId}${again}`, shopId: shopOf(parcelId), requestKey: `${parcelId}${again}` })),
        jobId: deps.ids.next('job'), printerId: `printer of ${site.name}`, templateVersionId: 'sim', operator: 'packer', station: { id: site.name },
      });
      if (random.chance(0.06)) {
        fault('lost answer');
        return;
      }
      point(site);
      for (const [index, result] of results.entries()) {
        const parcelId = parcels[index] as string;
        if (!result.ok) {
          // Whoever has to look first, looks first: those parcels wait for a person.
          if (result.error.code.startsWith('LABEL_')) site.pending = site.pending.filter((one) => one !== parcelId);
          continue;
        }
        site.acknowledged.set(`${parcelId}${again}`, result.number);
        if (!site.queue.some((queued) => queued.attemptId === result.attemptId)) site.queue.push({ attemptId: result.attemptId, number: result.number, parcelId, mark: result.mark });
      }
    });
    if (site.numbers && (await freeAt(site)) === 0) await refill(site);
  }

  async function freeAt(site: Site): Promise<number> {
    const rows = await (site.numbers as Numbers).store.db.selectFrom('waybill_balances').select('balance').where('acct', '=', 'free').where('book', '=', 'numbers').execute();
    return rows.reduce((sum, row) => sum + Number(row.balance), 0);
  }

  /** The lead buys numbers nobody ever had. Stations get theirs from the host only. */
  async function refill(site: Site): Promise<void> {
    if (site.isStation || random.chance(0.5)) return;
    await attempt(site, async (numbers) => {
      rangeCount += 1;
      const pool = await numbers.store.db.selectFrom('waybill_pools').select('id').executeTakeFirstOrThrow();
      await numbers.imports.commit({ poolId: pool.id, text: `YT99${String(rangeCount).padStart(5, '0')}000001+30`, expected: 30, source: 'sim', topUp: false }, lead);
    });
  }

  function shopOf(parcelId: string): string {
    return shops[Number(parcelId.replaceAll(/\D/g, '')) % shops.length] as string;
  }

  const shaOf = (label: Queued): string => digest('sha256', JSON.stringify(label));

  /** Rule off: paper first, database later. */
  function printTooEarly(site: Site, parcelId: string): void {
    const row = site.sqlite?.prepare("select prefix, width, next_tail from waybill_segments where state = 'open' and holder = 'pool' order by position limit 1").get() as
      | { prefix: string; width: number; next_tail: number }
      | undefined;
    if (!row) return;
    const number = `${row.prefix}${String(row.next_tail).padStart(row.width, '0')}`;
    site.printer.send({ site: site.name, attemptId: deps.ids.next('early'), number, parcelId, mark: 0, sha256: 'early', era: site.era });
  }

  async function print(site: Site): Promise<void> {
    await attempt(site, async (numbers) => {
      const queued = site.queue.shift();
      if (!queued) return;
      const { sink } = numbers.attempts;
      const label: Paper = { site: site.name, ...queued, sha256: shaOf(queued), era: site.era };
      await sink.sending(queued.attemptId, { sha256: label.sha256, byteCount: 100 });
      point(site);
      const outcome = site.printer.send(label);
      point(site);
      if (outcome === 'cut') {
        lastCut.set(site, label);
        await sink.uncertain(queued.attemptId, 'the connection broke');
      } else if (outcome === 'refused') {
        await sink.notSent(queued.attemptId, 'no byte was taken');
      } else {
        await sink.sent(queued.attemptId, [{ kind: 'transport' }]);
        site.pending = site.pending.filter((parcel) => parcel !== queued.parcelId);
        point(site);
        if (outcome === 'acknowledged') await sink.acked(queued.attemptId, [{ kind: 'idle_after_busy' }]);
      }
    });
  }

  // ---- people

  const onPaper = (attemptId: string): boolean => paper.some((label) => label.attemptId === attemptId);

  /** Somebody looks at the paper: one label, or one scan for a whole batch. */
  async function settle(site: Site): Promise<void> {
    await attempt(site, async (numbers) => {
      const doubts = await numbers.attempts.uncertain();
      const doubt = random.pick(doubts);
      if (!doubt) return;
      const came = doubt.doubtful.filter((label) => onPaper(label.id));
      if (random.chance(0.4) && doubt.doubtful.length > 1 && came.length > 0 && came.length === doubt.doubtful.findIndex((label) => !onPaper(label.id))) {
        await numbers.attempts.settleByLast({ number: came.at(-1)?.number ?? '', jobId: doubt.job.id }, packer(site));
        return;
      }
      for (const label of doubt.doubtful) {
        const there = onPaper(label.id);
        await numbers.attempts.settle({ id: label.id, outcome: there ? 'confirmed' : 'not_printed', note: '' }, packer(site));
        if (!there) site.pending.push(label.parcelId);
        point(site);
      }
    });
  }

  async function reprint(site: Site): Promise<void> {
    await attempt(site, async (numbers) => {
      const [some] = await numbers.attempts.list({ state: random.pick(['sent', 'acked', 'confirmed', 'uncertain'] as const), limit: 1 });
      if (!some) return;
      const opened = await numbers.attempts.openReprint({ attemptId: some.id, reason: 'damaged', jobId: deps.ids.next('job') }, packer(site));
      if (random.chance(0.9)) site.queue.push({ attemptId: opened.attemptId, number: opened.number, parcelId: opened.parcelId.replace(/#.*/, ''), mark: opened.mark });
    });
  }

  async function voidOne(site: Site): Promise<void> {
    await attempt(site, async (numbers) => {
      const row = await numbers.store.db.selectFrom('waybill_numbers').select(['number', 'parcel_id']).where('live', '=', 1).orderBy('number', random.chance(0.5) ? 'asc' : 'desc').executeTakeFirst();
      if (!row) return;
      await numbers.life.void({ number: row.number, reason: 'buyer cancelled' }, lead);
      voided.add(row.number);
      site.queue = site.queue.filter((queued) => queued.number !== row.number);
      site.acknowledged.delete(row.parcel_id);
      if (random.chance(0.5)) site.pending.push(row.parcel_id.replace(/#.*/, ''));
    });
  }

  // ---- blocks of stations

  const actorOf = (site: Site) => packer(site);

  async function ask(site: Site): Promise<void> {
    const hostNumbers = host.numbers;
    await attempt(site, async (numbers) => {
      const pool = await numbers.store.db.selectFrom('waybill_pools').select('id').executeTakeFirstOrThrow();
      const hostPool = 'of the host';
      if (without === 'durable-request-id') {
        site.memoryRequest ??= deps.ids.next('req');
      } else if ((await numbers.stationBlocks.open()).length === 0) {
        await numbers.stationBlocks.ask({ poolId: pool.id, hostPoolId: hostPool, numbers: blockSize });
      }
      point(site);
      const questions = without === 'durable-request-id' ? [{ requestId: site.memoryRequest as string, numbers: blockSize }] : await numbers.stationBlocks.open();
      for (const question of questions) {
        if (hostNumbers === undefined || host.numbers === undefined || random.chance(0.1)) {
          fault('host not reached');
          return;
        }
        const hostPoolRow = await host.numbers.store.db.selectFrom('waybill_pools').select('id').executeTakeFirstOrThrow();
        let block;
        try {
          block = await host.numbers.leases.grant({ requestId: question.requestId, stationId: site.name, epoch: site.epoch, poolId: hostPoolRow.id, numbers: question.numbers }, actorOf(site));
          remember(deps, host);
        } catch (thrown) {
          if (!isFailure(thrown)) throw thrown;
          if (thrown.error.code === 'LEASE_FENCED') {
            site.epoch = thrown.error.data.epoch;
            if (random.chance(0.5)) await host.numbers.leases.enable({ stationId: site.name, quota: 40 }, lead);
          }
          return;
        }
        if (random.chance(0.1)) {
          fault('lost answer');
          if (without === 'durable-request-id' && random.chance(0.5)) throw new Death(site.name);
          return;
        }
        point(site);
        if (without === 'durable-request-id') {
          await numbers.store.db
            .insertInto('waybill_requests')
            .values({ id: question.requestId, pool_id: pool.id, host_pool_id: hostPool, numbers: question.numbers, at: site.clock.now(), answered_at: null, lease_id: null })
            .onConflict((conflict) => conflict.column('id').doNothing())
            .execute();
          site.memoryRequest = undefined;
        }
        await numbers.stationBlocks.adopt(block, actorOf(site));
      }
    });
  }

  async function report(site: Site): Promise<void> {
    if (host.numbers === undefined) return;
    await attempt(site, async (numbers) => {
      const { facts, seq } = await numbers.stationBlocks.used(random.chance(0.3) ? 0 : site.reported);
      if (facts.length === 0 || host.numbers === undefined) return;
      // A station's file that was put back may know numbers of blocks the host never gave to it in this life; facts are facts.
      await host.numbers.leases.report({ stationId: site.name, facts }, actorOf(site));
      remember(deps, host);
      if (random.chance(0.1)) return fault('lost answer');
      site.reported = seq;
    });
  }

  async function writeOff(): Promise<void> {
    const station = random.pick(stations);
    if (station === undefined) return;
    await attempt(host, async (numbers) => {
      fault('station written off');
      writtenOff.add(station);
      await numbers.leases.writeOff({ stationId: station, reason: 'not seen for a month' }, lead);
      if (without === 'write-off-burns') giveAway(host, "state = 'burned'", 'burned');
    });
  }

  // ---- files and clocks

  async function start(site: Site): Promise<void> {
    operations += 1;
    const report = await boot(deps, site);
    if (report.copy) fault(`recognised: ${report.copy.reason}`);
    violations.push(...judgePromises(site));
    remember(deps, site);
  }

  function putBack(site: Site): void {
    const image = random.pick(site.backups);
    if (image === undefined) return;
    fault('old image put back');
    kill(site);
    site.image = image;
    site.restored = true;
    site.era += 1;
    site.acknowledged = new Map();
    site.cached = [];
    site.reported = 0;
  }

  function clone(site: Site): void {
    if (sites.length > 6 || site.isStation) return;
    const other = random.chance(0.5) ? newMachine() : site.machine;
    fault(other === site.machine ? 'folder copied on the same PC' : 'folder copied to another PC');
    const image = site.sqlite ? site.sqlite.serialize() : site.image;
    const copy = addSite(`copy-${sites.length}`, other, `/copy-${sites.length}`, image, site.isStation);
    copy.restored = true;
  }

  const weights: readonly (readonly [number, () => Promise<void> | void])[] = [
    [26, async () => { const site = random.pick(alive()) ?? host; const parcels = newParcels(site); await draw(site, parcels); }],
    [34, async () => { const site = random.pick(sites.filter((one) => one.queue.length > 0)) ?? host; for (let i = 0; i < 4; i += 1) await print(site); }],
    [8, async () => { const site = random.pick(sites) as Site; const some = [...new Set(site.pending)].slice(0, 3); if (some.length > 0) await draw(site, some); }],
    [4, () => die(random.pick(sites) as Site)],
    [22, async () => { const site = random.pick(sites.filter((one) => one.numbers === undefined)); if (site) await start(site); }],
    [6, async () => settle(random.pick(sites) as Site)],
    [3, async () => reprint(random.pick(sites) as Site)],
    [2, async () => voidOne(random.pick(sites) as Site)],
    [4, () => powerOnPrinter(random.pick(sites) as Site)],
    [9, async () => { const site = random.pick(sites.filter((one) => one.isStation)); if (site) await ask(site); }],
    [4, async () => { const site = random.pick(sites.filter((one) => one.isStation)); if (site) await report(site); }],
    [0.7, writeOff],
    [3, () => { const site = random.pick(alive()); if (site?.sqlite && site.backups.length < 4) site.backups.push(site.sqlite.serialize()); }],
    [3, () => { const site = random.pick(sites.filter((one) => one.backups.length > 0)); if (site) putBack(site); }],
    [0.8, () => clone(random.pick(sites) as Site)],
    [1.5, () => { fault('clock jump'); (random.pick(sites) as Site).clock.skewMs = Math.floor((random.next() - 0.5) * 40 * 86_400_000); }],
    [without === 'no-timeout' ? 4 : 0, () => giveAway(host, "holder <> 'pool' and state = 'open'", 'leased:%')],
  ];
  const allWeights = weights.reduce((sum, [weight]) => sum + weight, 0);

  function newParcels(site: Site): string[] {
    const parcels = Array.from({ length: 1 + random.below(4) }, () => `parcel-${(parcelCount += 1)}`);
    site.pending.push(...parcels);
    return parcels;
  }

  function powerOnPrinter(site: Site): void {
    site.printer.refill();
    const cut = lastCut.get(site);
    lastCut.delete(site);
    if (without === 'never-resend' && cut) site.printer.send(cut);
  }

  return {
    sites,
    paper,
    faults,
    voided,
    violations,
    operations: () => operations,

    async step(): Promise<void> {
      time += 1000 + random.below(600_000);
      if (host.numbers === undefined && sites.every((site) => site.numbers === undefined)) await start(host);
      let roll = random.next() * allWeights;
      for (const [weight, work] of weights) {
        roll -= weight;
        if (roll < 0) return void (await work());
      }
    },

    /** Peace: everything is switched on, asked again, reported and looked at. */
    async settle(): Promise<void> {
      for (const site of sites) site.printer.refill();
      for (const site of sites) if (site.numbers === undefined) await start(site);
      for (const site of sites) {
        const { numbers } = site;
        if (numbers === undefined || !site.isStation || host.numbers === undefined || without === 'durable-request-id') continue;
        for (const question of await numbers.stationBlocks.open()) {
          const known = await host.numbers.store.db.selectFrom('waybill_leases').select(['id', 'pool_id']).where('request_id', '=', question.requestId).executeTakeFirst();
          if (!known || host.numbers.gate.stopped() || numbers.gate.stopped()) continue;
          const block = await host.numbers.leases.grant({ requestId: question.requestId, stationId: site.name, epoch: site.epoch, poolId: known.pool_id, numbers: question.numbers }, actorOf(site));
          await numbers.stationBlocks.adopt(block, actorOf(site));
        }
      }
      for (const site of sites) {
        if (!site.isStation || site.numbers === undefined || host.numbers === undefined) continue;
        const { facts } = await site.numbers.stationBlocks.used(0);
        try {
          await host.numbers.leases.report({ stationId: site.name, facts }, actorOf(site));
        } catch (thrown) {
          if (held(thrown)) continue;
          if (!isFailure(thrown)) throw thrown;
          // A host put back behind the purchase of a range does not know its numbers; every other refusal breaks a promise.
          if (!host.restored) violations.push({ invariant: 'I9', what: `the host refused a fact of ${site.name}: ${thrown.error.code}` });
        }
      }
    },

    /** Open blocks of the host that their station never got. */
    async stranded(): Promise<string[]> {
      if (host.numbers === undefined) return [];
      const leases = await host.numbers.store.db.selectFrom('waybill_leases').select(['id', 'station_id']).where('closed_at', 'is', null).execute();
      const lost: string[] = [];
      for (const lease of leases) {
        const station = sites.find((site) => site.name === lease.station_id);
        if (!station?.numbers || station.restored || host.restored) continue;
        const known = await station.numbers.store.db.selectFrom('waybill_requests').select('id').where('lease_id', '=', lease.id).executeTakeFirst();
        if (!known) lost.push(lease.id);
      }
      return lost;
    },

    close(): void {
      for (const site of sites) site.sqlite?.close();
    },
  };
}
