import { expect, it } from 'vitest';
import { createPrinterActor } from '../../main/printing/spool/actor.ts';
import { createPrinterHub } from '../../main/printing/spool/hub.ts';
import { createTransport } from '../../main/printing/transports/index.ts';
import type { LivePrinter } from '../../main/printing/spool/types.ts';
import * as faults from './fault-servers.ts';
import { createMemorySink, silentLog, testClock } from './memory-sink.ts';
import { testProfile } from './profiles.ts';

it('one actor per printer, made on demand, ended in order, replaced after a change of set-up', async () => {
  const server = await faults.listener();
  const memory = createMemorySink();
  let resolved = 0;
  const hub = createPrinterHub({
    resolve: (printerId) => {
      resolved += 1;
      if (printerId !== 'prn_1') return Promise.reject(new Error(`no printer ${printerId}`));
      return Promise.resolve({ profile: testProfile('tspl'), address: { kind: 'tcp', host: server.host, port: server.port } });
    },
    transportFor: (address) => createTransport(address),
    sink: memory.sink,
    clock: testClock,
    log: silentLog,
  });
  const seen: LivePrinter[] = [];
  hub.subscribe((live) => seen.push(live));

  const [one, same] = await Promise.all([hub.actor('prn_1'), hub.actor('prn_1')]);
  expect(one).toBe(same);
  expect(resolved).toBe(1);
  await expect(hub.actor('prn_2')).rejects.toThrow('no printer prn_2');

  const encoded = Promise.withResolvers<Buffer>();
  const batch = one.submit([{ attemptId: 'a1', encode: () => encoded.promise }]);
  await expect.poll(() => one.live().current).toBe('a1');
  const forgetting = hub.forget('prn_1');
  encoded.resolve(Buffer.from('one'));
  await forgetting;
  // The label under way was followed to its end before the actor was gone.
  expect((await batch.done).labels.map((label) => label.state)).toEqual(['sent']);
  expect(one.live().phase).toBe('closed');
  const late = await one.submit([{ attemptId: 'a2', encode: () => Promise.resolve(Buffer.from('two')) }]).done;
  expect(late.labels.map((label) => label.state)).toEqual(['ready']);

  const next = await hub.actor('prn_1');
  expect(next).not.toBe(one);
  await hub.close();
  await expect(hub.actor('prn_1')).rejects.toThrow('closed');
  expect(seen.some((live) => live.phase === 'sending')).toBe(true);
  expect(Buffer.concat(server.connections).toString()).toBe('one');
  await server.close();
});

it('two printers that are one machine print in turn, never at the same time', async () => {
  let open = 0;
  let most = 0;
  const server = await faults.startServer((socket) => {
    open += 1;
    most = Math.max(most, open);
    socket.on('close', () => { open -= 1; });
    socket.on('end', () => setTimeout(() => socket.end(), 20));
  });
  const memory = createMemorySink();
  const hub = createPrinterHub({
    resolve: () => Promise.resolve({ profile: testProfile('tspl'), address: { kind: 'tcp', host: server.host, port: server.port } }),
    transportFor: (address) => createTransport(address),
    sink: memory.sink,
    clock: testClock,
    log: silentLog,
  });
  const printers = await Promise.all(['small', 'large', 'third'].map((id) => hub.actor(id)));
  const reports = await Promise.all(printers.flatMap((printer) => [1, 2].map((number) => printer.submit([{ attemptId: `${printer.printerId}_${number}`, encode: () => Promise.resolve(Buffer.from(`${printer.printerId} ${number};`)) }]).done)));
  expect(reports.flatMap((report) => report.labels.map((label) => label.state))).toEqual(Array.from({ length: 6 }, () => 'sent'));
  expect(most).toBe(1);
  // A paused printer does not keep the machine from the other one.
  printers[0]?.pause();
  const waiting = printers[0]?.submit([{ attemptId: 'held', encode: () => Promise.resolve(Buffer.from('held;')) }]);
  expect((await printers[1]?.submit([{ attemptId: 'goes', encode: () => Promise.resolve(Buffer.from('goes;')) }]).done)?.labels.map((label) => label.state)).toEqual(['sent']);
  expect(memory.state.get('held')).toBeUndefined();
  printers[0]?.resume();
  expect((await waiting?.done)?.labels.map((label) => label.state)).toEqual(['sent']);
  await hub.close();
  await server.close();
});

it('closing does not wait for ever: a stalled label is given up after its grace and stays in doubt', async () => {
  const server = await faults.neverReads();
  const memory = createMemorySink();
  const actor = createPrinterActor({ printerId: 'p', profile: testProfile('tspl'), transport: createTransport({ kind: 'tcp', host: server.host, port: server.port }), sink: memory.sink, clock: testClock, log: silentLog });
  const batch = actor.submit(['one', 'two'].map((attemptId) => ({ attemptId, encode: () => Promise.resolve(Buffer.alloc(24_000_000, 1)) })));
  await expect.poll(() => actor.live().phase).toBe('sending');
  await actor.close(100);
  expect((await batch.done).labels.map((label) => label.state)).toEqual(['uncertain', 'ready']);
  expect(memory.state.get('one')).toBe('uncertain');
  await server.close();
});
