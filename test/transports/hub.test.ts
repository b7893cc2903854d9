import { expect, it } from 'vitest';
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

  const batch = one.submit([{ attemptId: 'a1', encode: () => Promise.resolve(Buffer.from('one')) }]);
  await hub.forget('prn_1');
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
