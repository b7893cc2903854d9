/** The same contract over both doors: MessagePort and WebSocket answer alike. */
import { setTimeout } from 'node:timers/promises';
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient, isDefinedError, safe } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Contract } from '../../common/contract/index.ts';
import { startHost } from '../../main/transport/host.ts';
import { servePort } from '../../main/transport/port.ts';
import { startTestCore } from '../core.ts';
import type { TestCore } from '../core.ts';

type Client = ContractRouterClient<Contract>;
interface Door {
  client: Client;
  close(): Promise<void>;
}

const doors: Record<string, (test: TestCore) => Promise<Door>> = {
  'message port': async ({ core }) => {
    const { port1, port2 } = new MessageChannel();
    servePort(core.router, port1 as never, core.contextFor({ id: 't', name: 't' }, 'owner', 'tester'));
    port1.start();
    port2.start();
    return {
      client: createORPCClient(new PortLink({ port: port2 as never })),
      close: async () => {
        port1.close();
        port2.close();
      },
    };
  },
  websocket: async ({ core }) => {
    const host = await startHost({
      port: 0,
      router: core.router,
      context: () => core.contextFor({ id: 't', name: 't' }, 'owner', 'tester'),
      files: { read: async () => undefined },
      version: '0',
    });
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}/rpc`, ['packbench.v1', `packbench.token.${host.token}`]);
    return {
      client: createORPCClient(new SocketLink({ websocket: socket as never })),
      close: async () => {
        socket.close();
        await host.close();
      },
    };
  },
};

describe.each(Object.keys(doors))('over %s', (name) => {
  let test: TestCore;
  let door: Door;
  beforeAll(async () => {
    test = await startTestCore();
    door = await doors[name]!(test);
  });
  afterAll(async () => {
    await door.close();
    await test.close();
  });

  it('answers, keeps types and defaults', async () => {
    const shop = await door.client.shops.create({ name: '大唐袜铺', platform: 'taobao' });
    expect(shop.senderAddressId).toBeNull();
    expect((await door.client.shops.list({})).map((entry) => entry.name)).toEqual(['大唐袜铺']);
  });

  it('carries an expected failure with its code and data', async () => {
    const { error } = await safe(door.client.shops.create({ name: '大唐袜铺', platform: 'pdd' }));
    expect(error).toBeTruthy();
    expect(isDefinedError(error) && error.code).toBe('CONFLICT');
    expect(isDefinedError(error) && error.data).toMatchObject({ what: 'shop', reason: 'name' });
  });

  it('refuses bad input before any code of ours runs', async () => {
    const { error } = await safe(door.client.shops.create({ name: '', platform: 'taobao' }));
    expect(error).toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('streams changes and stops when the listener leaves', async () => {
    const abort = new AbortController();
    const stream = await door.client.events.changes({ after: 0 }, { signal: abort.signal });
    let heard = false;
    const first = stream.next().finally(() => (heard = true));
    // What changed before the listener was there is not told: on a busy machine the first change may be that early.
    while (!heard) {
      await door.client.settings.set({ operator: '张工' });
      await setTimeout(200);
    }
    const event = await first;
    expect(event.value).toMatchObject({ topics: expect.arrayContaining(['settings']) });
    await stream.return?.(undefined as never);
    abort.abort();
  });

  it('tells a listener that was away too long that everything may have changed', async () => {
    const stream = await door.client.events.changes({ after: 99_999 });
    const { value } = await stream.next();
    expect(value).toMatchObject({ topics: expect.arrayContaining(['orders', 'waybills', 'printers']) });
    await stream.return?.(undefined as never);
  });

  it('takes a file in pieces, also when one comes twice', async () => {
    const { fileId } = await door.client.files.begin({ name: 'C:\\orders\\a.csv', size: 6 });
    await door.client.files.append({ fileId, offset: 0, base64: Buffer.from('abc').toString('base64') });
    await door.client.files.append({ fileId, offset: 0, base64: Buffer.from('abc').toString('base64') });
    const { received } = await door.client.files.append({ fileId, offset: 3, base64: Buffer.from('def').toString('base64') });
    expect(received).toBe(6);
    const file = test.core.services.files.take(fileId);
    expect(file.name).toBe('a.csv');
    expect(Buffer.from(file.bytes).toString()).toBe('abcdef');
  });
});
