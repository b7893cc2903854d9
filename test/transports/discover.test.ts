import { expect, it } from 'vitest';
import { discoverPrinters, systemPlaces } from '../../main/printing/setup/discovery.ts';
import * as faults from './fault-servers.ts';
import { cupsMissing, startCups } from './private-cups.ts';

/** CUPS_SERVER as every CUPS program reads it, for the time of the work. */
async function withServer<T>(server: string, work: () => Promise<T>): Promise<T> {
  const before = process.env['CUPS_SERVER'];
  process.env['CUPS_SERVER'] = server;
  try {
    return await work();
  } finally {
    if (before === undefined) delete process.env['CUPS_SERVER'];
    else process.env['CUPS_SERVER'] = before;
  }
}

it.skipIf(cupsMissing !== undefined)('the queues of a real CUPS are found', async () => {
  const cups = await startCups();
  try {
    cups.addQueue('packing', 'socket://127.0.0.1:9');
    const { cups: place } = systemPlaces('linux');
    if (place === undefined) throw new Error('no place');
    const { found, problems } = await withServer(`${cups.host}:${cups.port}`, () => discoverPrinters({ cups: place }));
    expect(problems).toEqual([]);
    expect(found).toMatchObject([{ address: { kind: 'cups', queue: 'packing' }, name: 'packing', model: 'Local Raw Printer' }]);
  } finally {
    await cups.stop();
  }
});

it('a scheduler that is named and away is a problem of that place only', async () => {
  const port = await faults.closedPort();
  const places = systemPlaces('linux');
  const { problems } = await withServer(`127.0.0.1:${port}`, () => discoverPrinters(places));
  expect(problems).toMatchObject([{ place: 'cups', reason: expect.stringContaining('ECONNREFUSED') }]);
});

it.skipIf(process.platform === 'win32')('the Windows spooler on another system is a problem, not a crash', async () => {
  const { problems } = await discoverPrinters({ winspool: systemPlaces('win32').winspool ?? (() => Promise.resolve([])) });
  expect(problems.map((one) => one.place)).toEqual(['winspool']);
});
