import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkTcp, discover, listDevices, listPrinters, listSerialPorts } from '../../main/printing/transports/discover.ts';
import * as faults from './fault-servers.ts';
import { cupsMissing, startCups } from './private-cups.ts';

it.skipIf(cupsMissing !== undefined)('lists the queues of CUPS with model and device', async () => {
  const cups = await startCups();
  try {
    cups.addQueue('packing', 'socket://127.0.0.1:9');
    const found = await listPrinters({ platform: 'linux', cups: { host: cups.host, port: cups.port } });
    expect(found).toEqual([{ address: { kind: 'cups', queue: 'packing' }, name: 'packing', detail: expect.stringContaining('socket://127.0.0.1:9') }]);
  } finally {
    await cups.stop();
  }
});

it('a PC without a print system has no queues, which is no error', async () => {
  expect(await listPrinters({ platform: 'linux', cups: { host: '127.0.0.1', port: await faults.closedPort() } })).toEqual([]);
  if (process.platform !== 'win32') expect(await listPrinters({ platform: 'win32' })).toEqual([]);
});

it('lists printer devices by name only', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'packbench-dev-'));
  await mkdir(join(folder, 'usb'));
  for (const name of ['usb/lp1', 'usb/lp0', 'usb/hiddev0', 'lp0', 'loop0']) await writeFile(join(folder, name), '');
  const found = await listDevices({ platform: 'linux', deviceFolders: [join(folder, 'usb'), folder, join(folder, 'none')] });
  expect(found.map((one) => one.name)).toEqual([join(folder, 'usb/lp0'), join(folder, 'usb/lp1'), join(folder, 'lp0')]);
  expect(await listDevices({ platform: 'win32', deviceFolders: [folder] })).toEqual([]);
  await rm(folder, { recursive: true });
});

it('serial ports and the whole list never throw', async () => {
  expect(Array.isArray(await listSerialPorts())).toBe(true);
  expect(Array.isArray(await discover({ cups: { host: '127.0.0.1', port: await faults.closedPort() }, deviceFolders: [] }))).toBe(true);
});

it('checks an address without sending a byte', async () => {
  const server = await faults.listener();
  expect(await checkTcp(server)).toMatchObject({ ok: true });
  expect(Buffer.concat(server.connections)).toHaveLength(0);
  await server.close();
  expect(await checkTcp({ host: '127.0.0.1', port: server.port })).toMatchObject({ ok: false, reason: 'refused' });
  const busy = await faults.hangingBacklog();
  expect(await checkTcp(busy, 200)).toMatchObject({ ok: false, reason: 'timeout' });
  await busy.close();
  expect(await checkTcp({ host: 'no-such-host.invalid', port: 9100 }, 3_000)).toMatchObject({ ok: false });
});
