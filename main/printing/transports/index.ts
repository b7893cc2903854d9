import type { PrinterAddress, Transport } from '../types.ts';
import { createCupsTransport, type CupsOptions } from './cups/transport.ts';
import { createDeviceTransport, type DeviceOptions } from './device.ts';
import { createSerialTransport, type SerialOptions } from './serial.ts';
import { createTcpTransport, type TcpOptions } from './tcp.ts';
import { createVirtualTransport, type VirtualOptions } from './virtual.ts';
import { createWinspoolTransport, type WinspoolOptions } from './winspool/transport.ts';

export { TransportFailure, asTransportFailure } from './failure.ts';

/** Everything a host or a test may set; all of it has the product's defaults. */
export interface TransportDeps {
  readonly tcp?: TcpOptions;
  readonly cups?: CupsOptions;
  readonly winspool?: WinspoolOptions;
  readonly device?: DeviceOptions;
  readonly serial?: SerialOptions;
  readonly virtual?: VirtualOptions;
}

/** The transport of an address. Opens nothing yet. */
export function createTransport(address: PrinterAddress, deps: TransportDeps = {}): Transport {
  switch (address.kind) {
    case 'tcp':
      return createTcpTransport(address, deps.tcp);
    case 'virtual':
      return createVirtualTransport(address, deps.virtual);
    case 'cups':
      return createCupsTransport(address, deps.cups);
    case 'winspool':
      return createWinspoolTransport(address, deps.winspool);
    case 'device':
      return createDeviceTransport(address, deps.device);
    case 'serial':
      return createSerialTransport(address, deps.serial);
  }
}
