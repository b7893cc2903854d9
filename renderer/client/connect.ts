/** Picks the door: the MessagePort the desktop window was given, or a WebSocket that comes back by itself. */
import { createORPCClient } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { WebSocket as ReconnectingWebSocket } from 'partysocket';
import type { Contract } from '../../common/contract/index.ts';

export type Client = ContractRouterClient<Contract>;

export type ConnectionState = 'connecting' | 'open' | 'lost' | 'refused';

export interface Connection {
  readonly client: Client;
  readonly state: () => ConnectionState;
  /** Calls back on every change of state; returns a function that stops it. */
  onState(listener: (state: ConnectionState) => void): () => void;
}

/** Constants the preload script hands over together with the port. */
interface ShellMessage {
  readonly kind: 'packbench:port';
}

/** True when the page runs in the desktop window: its scheme is not http. */
function inWindow(): boolean {
  return location.protocol === 'packbench:';
}

export function connect(): Connection {
  return inWindow() ? connectPort() : connectSocket();
}

function createState(): { state: () => ConnectionState; set: (next: ConnectionState) => void; onState: Connection['onState'] } {
  let current: ConnectionState = 'connecting';
  const listeners = new Set<(state: ConnectionState) => void>();
  return {
    state: () => current,
    set(next) {
      if (next === current) return;
      current = next;
      for (const listener of listeners) listener(next);
    },
    onState(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function connectPort(): Connection {
  const state = createState();
  const arrived = new Promise<MessagePort>((resolve) => {
    window.addEventListener('message', function receive(event: MessageEvent<ShellMessage>) {
      if (event.source !== window || event.data?.kind !== 'packbench:port' || event.ports[0] === undefined) return;
      window.removeEventListener('message', receive);
      resolve(event.ports[0]);
    });
  });
  const link = arrived.then((port) => {
    port.start();
    state.set('open');
    return new PortLink({ port });
  });
  const client: Client = createORPCClient({ call: async (path, input, options) => (await link).call(path, input, options) });
  return { client, state: state.state, onState: state.onState };
}

const tokenKey = 'packbench.token';

/** The token arrives once in the fragment of the address, which no server sees, and is kept for this tab. */
function takeToken(): string {
  const given = /[#&]token=([\w-]+)/.exec(location.hash)?.[1];
  if (given !== undefined) {
    sessionStorage.setItem(tokenKey, given);
    history.replaceState(null, '', `${location.pathname}#/`);
  }
  return sessionStorage.getItem(tokenKey) ?? '';
}

/** Names this tab to the host for as long as it lives, reloads included: what it keeps for editing stays its own. */
function pageId(): string {
  const known = sessionStorage.getItem(pageKey);
  if (known !== null) return known;
  const made = crypto.randomUUID();
  sessionStorage.setItem(pageKey, made);
  return made;
}
const pageKey = 'packbench.page';

function connectSocket(): Connection {
  const state = createState();
  const token = takeToken();
  let opened = false;
  const socket = new ReconnectingWebSocket(`ws://${location.host}/rpc?page=${pageId()}`, ['packbench.v1', `packbench.token.${token}`], {
    minReconnectionDelay: 300,
    maxReconnectionDelay: 3_000,
    connectionTimeout: 4_000,
  });
  socket.addEventListener('open', () => {
    opened = true;
    state.set('open');
  });
  socket.addEventListener('close', () => state.set(opened ? 'lost' : token === '' ? 'refused' : 'lost'));
  const link = new SocketLink({ websocket: socket as unknown as WebSocket });
  return { client: createORPCClient<Client>(link), state: state.state, onState: state.onState };
}
