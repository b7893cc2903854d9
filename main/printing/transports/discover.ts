import { readdir } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import type { PrinterAddress } from '../types.ts';
import { createCupsClient, systemCups, type CupsServer } from './cups/client.ts';
import { asTransportFailure, type TransportReason } from './failure.ts';
import { connectTo } from './tcp.ts';
import { loadWinspool } from './winspool/api.ts';

/** A place where a printer may be. A hint for the person who sets it up, never trusted as more. */
export interface FoundPrinter {
  readonly address: PrinterAddress;
  /** What the system calls it. */
  readonly name: string;
  /** Driver, model or port, whatever the system knows. */
  readonly detail: string;
}

export interface DiscoverOptions {
  readonly platform?: NodeJS.Platform;
  readonly cups?: CupsServer;
  /** Folders whose `lp*` files are printer devices. */
  readonly deviceFolders?: readonly string[];
}

/** Queues of this PC: the Windows spooler or CUPS. A system without one has none; that is no error. */
export async function listPrinters(options: DiscoverOptions = {}): Promise<readonly FoundPrinter[]> {
  const platform = options.platform ?? process.platform;
  try {
    return platform === 'win32' ? await listWindowsPrinters() : await listCupsQueues(options.cups ?? systemCups());
  } catch {
    return [];
  }
}

async function listWindowsPrinters(): Promise<FoundPrinter[]> {
  const printers = await (await loadWinspool()).printers();
  return printers.map(({ name, driver, port }) => ({ address: { kind: 'winspool', name }, name, detail: [driver, port].filter((word) => word !== '').join(' · ') }));
}

async function listCupsQueues(server: CupsServer): Promise<FoundPrinter[]> {
  const printers = await createCupsClient(server, { timeoutMs: 3_000 }).printers();
  return printers.map(({ name, makeAndModel, deviceUri }) => ({ address: { kind: 'cups', queue: name }, name, detail: [makeAndModel, deviceUri].filter((word) => word !== '').join(' · ') }));
}

/** Printer device files of Linux, such as /dev/usb/lp0; empty elsewhere. */
export async function listDevices(options: DiscoverOptions = {}): Promise<readonly FoundPrinter[]> {
  if ((options.platform ?? process.platform) !== 'linux') return [];
  const found: FoundPrinter[] = [];
  for (const folder of options.deviceFolders ?? ['/dev/usb', '/dev']) {
    const names = await readdir(folder).catch(() => []);
    for (const name of names.filter((one) => /^lp\d+$/.test(one)).sort()) {
      const path = `${folder}/${name}`;
      found.push({ address: { kind: 'device', path }, name: path, detail: folder.endsWith('usb') ? 'USB' : 'parallel' });
    }
  }
  return found;
}

/** Serial ports with hardware behind them; 9600 baud is where most label printers start. */
export async function listSerialPorts(): Promise<readonly FoundPrinter[]> {
  try {
    const { SerialPort } = await import('serialport');
    const ports = await SerialPort.list();
    return ports
      // Linux lists 32 ttyS* that are not there; a real or virtual port says at least who made it.
      .filter((port) => process.platform === 'win32' || port.vendorId !== undefined || port.pnpId !== undefined || port.manufacturer !== undefined)
      .map((port) => ({
        address: { kind: 'serial', path: port.path, baudRate: 9600, flow: 'none' },
        name: port.path,
        detail: [port.manufacturer, port.vendorId, port.productId].filter((word) => word !== undefined).join(' · '),
      }));
  } catch {
    return [];
  }
}

/** Everything this PC knows of, each list made at the same time. */
export async function discover(options: DiscoverOptions = {}): Promise<readonly FoundPrinter[]> {
  const lists = await Promise.all([listPrinters(options), listDevices(options), listSerialPorts()]);
  return lists.flat();
}

export type TcpCheck =
  | { readonly ok: true; readonly connectMs: number }
  | { readonly ok: false; readonly reason: TransportReason; readonly message: string };

/** Is anybody listening there? Connects and closes; nothing is sent, so nothing can be printed. */
export async function checkTcp(address: { readonly host: string; readonly port: number }, timeoutMs = 3_000): Promise<TcpCheck> {
  const started = performance.now();
  try {
    const socket = await connectTo(address, timeoutMs);
    const connectMs = Math.round(performance.now() - started);
    await new Promise<void>((resolve) => {
      socket.on('error', () => undefined);
      socket.once('close', () => resolve());
      socket.resume();
      socket.end();
      setTimeout(() => socket.destroy(), 300).unref();
    });
    return { ok: true, connectMs };
  } catch (thrown) {
    const failure = asTransportFailure(thrown, 0);
    return { ok: false, reason: failure.reason, message: failure.message };
  }
}
