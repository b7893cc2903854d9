/**
 * Started under strace by power-cut.test.ts: one of each kind of transaction, again and again, with a line on standard output after
 * each operation was answered. A line is a promise: what it says must survive every power cut that comes after it.
 */
import { writeSync } from 'node:fs';
import { actor, drawOrder, openCore, prepare } from './core.ts';

const [folder = '', rounds = '4', synchronous = 'FULL'] = process.argv.slice(2);
const say = (line: string): void => void writeSync(1, `${line}\n`);

const core = await openCore(folder);
const { numbers } = core;
slim();
await numbers.incarnation.start();
const { poolId } = await prepare(core, 500);
core.opened.sqlite?.pragma('wal_autocheckpoint = 120');
if (synchronous !== 'FULL') core.opened.sqlite?.pragma(`synchronous = ${synchronous}`);
say('READY');

let parcel = 0;
const next = () => `parcel-${(parcel += 1)}`;
for (let round = 0; round < Number(rounds); round += 1) {
  const parcels = [next(), next(), next()];
  const results = await numbers.draw(drawOrder(parcels, `job-${round}`));
  for (const result of results) if (result.ok) say(`DRAWN ${result.number} ${result.parcelId} ${result.attemptId}`);
  const [one, two, three] = results;
  if (!one?.ok || !two?.ok || !three?.ok) throw new Error(`no numbers: ${JSON.stringify(results)}`);
  const { sink } = numbers.attempts;
  await sink.sending(one.attemptId, { sha256: 'a'.repeat(64), byteCount: 10 });
  say(`ATTEMPT ${one.attemptId} sending`);
  await sink.sent(one.attemptId, [{ kind: 'transport' }]);
  say(`ATTEMPT ${one.attemptId} sent`);
  await sink.acked(one.attemptId, [{ kind: 'idle_after_busy' }]);
  say(`ATTEMPT ${one.attemptId} acked`);
  await sink.sending(two.attemptId, { sha256: 'b'.repeat(64), byteCount: 10 });
  await sink.uncertain(two.attemptId, 'cable');
  say(`ATTEMPT ${two.attemptId} uncertain`);
  await numbers.attempts.settleByLast({ number: two.number }, actor);
  say(`ATTEMPT ${two.attemptId} confirmed`);
  await numbers.attempts.release([three.attemptId], 'stopped');
  say(`ATTEMPT ${three.attemptId} not_sent`);
  await numbers.life.void({ number: three.number, reason: 'cancelled' }, actor);
  say(`NUMBER ${three.number} void_waiting`);
  await numbers.life.handOver([one.number], actor);
  say(`NUMBER ${one.number} handed_over`);
  await numbers.leases.enable({ stationId: `station-${round}`, quota: 20 }, actor);
  const block = await numbers.leases.grant({ requestId: `request-${round}`, stationId: `station-${round}`, epoch: 1, poolId, numbers: 5 }, actor);
  say(`LEASE ${block.leaseId} station-${round}`);
  await numbers.leases.writeOff({ stationId: `station-${round}`, reason: 'lost' }, actor);
  say(`WRITTEN_OFF station-${round}`);
  await numbers.imports.commit({ poolId, text: `YT77${String(round).padStart(4, '0')}0000001+50`, expected: 50, source: 'more', topUp: true }, actor);
  say(`IMPORTED ${round}`);
}
say('DONE');

/** Leaves the tables of numbers and labels only: every image is opened, and opening reads the whole schema. */
function slim(): void {
  const { sqlite } = core.opened;
  if (!sqlite) throw new Error('not SQLite');
  const kept = /^(waybill_|print_|kysely_|sqlite_|shops$|audit$|carriers$|parcels$)/;
  const names = (like: string) => sqlite.prepare('select name from sqlite_schema where type = ? and sql like ?').pluck().all('table', like) as string[];
  sqlite.pragma('foreign_keys = OFF');
  for (const like of ['create virtual%', 'create table%']) for (const name of names(like)) if (!kept.test(name)) sqlite.exec(`drop table "${name}"`);
  sqlite.pragma('foreign_keys = ON');
  sqlite.exec('vacuum');
}
