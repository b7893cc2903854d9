/** The window's door: the same router over a MessagePort (Electron's, or Node's own in tests). */
import type { AnyRouter } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import type { CallContext } from './implement.ts';

type Port = Parameters<RPCHandler<CallContext>['upgrade']>[0];

/** Serves one port until it closes. `experimental_transfer` stays off: an uncloneable object would close the port for good. */
export function servePort(router: AnyRouter, port: Port, context: CallContext): void {
  new RPCHandler(router).upgrade(port, { context });
}
