/** Draws until something fails, then says what the program says, for faults.test.ts. Under strace the disk fails on command. */
import { writeSync } from 'node:fs';
import { isFailure } from '../../common/errors.ts';
import { drawOrder, openCore, prepare } from './core.ts';

const [folder = '', mode = 'draw', limit = '60'] = process.argv.slice(2);
const say = (line: string): void => void writeSync(1, `${line}\n`);

const core = await openCore(folder);
const report = await core.numbers.incarnation.start();
if (mode === 'prepare') {
  await prepare(core, 5000);
  await core.opened.close();
  process.exit(0);
}
core.opened.sqlite?.pragma('wal_autocheckpoint = 40');
await core.numbers.attempts.recover();
say(`STARTED ${report.copy?.reason ?? 'same'} ${report.broken?.what ?? 'whole'}`);
const first = Number(core.opened.sqlite?.prepare('select count(*) from waybill_numbers').pluck().get() ?? 0);
try {
  for (let i = 0; i < Number(limit); i += 1) {
    const parcel = `${process.pid}-${first + i}`;
    const [result] = await core.numbers.draw(drawOrder([parcel], `job-${process.pid}`));
    if (!result?.ok) throw new Error(`refused: ${JSON.stringify(result)}`);
    say(`DRAWN ${result.number} ${parcel} ${result.attemptId}`);
  }
  say('DONE');
} catch (thrown) {
  say(`FAILED ${isFailure(thrown) ? thrown.error.code : `other ${String(thrown)}`}`);
  // Whatever failed once must not be tried again behind a person's back.
  try {
    await core.numbers.draw(drawOrder(['after'], 'job-after'));
    say('DREW_AGAIN');
  } catch (again) {
    say(`THEN ${isFailure(again) ? `${again.error.code} ${again.error.code === 'ISSUING_STOPPED' ? again.error.data.reason : ''}` : String(again)}`);
  }
}
process.exit(0);
