import type { PrinterAddress, Transport } from '../types.ts';
import { createTcpTransport, type TcpOptions } from './tcp.ts';
import { createVirtualTransport, type VirtualOptions } from './virtual.ts';

export { TransportFailure, asTransportFailure } from './failure.ts';

/** Everything a host or a test may set; all of it has the product's defaults. */
export interface TransportDeps {
  readonly tcp?: TcpOptions;
  readonly virtual?: VirtualOptions;
}

/** The transport of an address. Opens nothing yet. */
export function createTransport(address: PrinterAddress, deps: TransportDeps = {}): Transport {
  switch (address.kind) {
    case 'tcp':
      return createTcpTransport(address, deps.tcp);
    case 'virtual':
      return createVirtualTransport(address, deps.virtual);
    default:
      throw new Error(`no transport for ${address.kind}`);
  }
}
