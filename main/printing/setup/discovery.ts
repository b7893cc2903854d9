/**
 * Printers this PC knows of: print queues, device files, serial ports. Nothing is opened and nothing is printed; a place that cannot be
 * looked at is reported and the others are listed.
 */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createCupsClient, systemCups } from '../transports/cups/client.ts';
import { loadWinspool } from '../transports/winspool/api.ts';
import type { PrinterAddress, PrinterLanguage } from '../types.ts';

export interface FoundDevice {
  readonly address: PrinterAddress;
  readonly name: string;
  readonly model: string;
  readonly languages: readonly PrinterLanguage[];
}

export type DiscoveryPlace = 'cups' | 'winspool' | 'device' | 'serial';

export interface DiscoveryResult {
  readonly found: readonly FoundDevice[];
  readonly problems: readonly { readonly place: DiscoveryPlace; readonly reason: string }[];
}

/** One look at one place; rejects when the place cannot be looked at. */
export type Look = () => Promise<readonly FoundDevice[]>;

/** Speed a serial label printer is most often set to in the works. */
const usualBaudRate = 115_200;

/** The places of this operating system. */
export function systemPlaces(platform: NodeJS.Platform = process.platform): Partial<Record<DiscoveryPlace, Look>> {
  if (platform === 'win32') return { winspool: winspoolPrinters, serial: serialPorts };
  if (platform === 'linux') return { cups: cupsQueues, device: () => deviceFiles('/dev/usb', '/sys/class/usbmisc'), serial: serialPorts };
  return { cups: cupsQueues, serial: serialPorts };
}

/** Looks everywhere at once; each place gets `timeoutMs`. */
export async function discoverPrinters(places: Partial<Record<DiscoveryPlace, Look>> = systemPlaces(), timeoutMs = 4_000): Promise<DiscoveryResult> {
  const found: FoundDevice[] = [];
  const problems: { place: DiscoveryPlace; reason: string }[] = [];
  const entries = Object.entries(places) as [DiscoveryPlace, Look][];
  const looks = await Promise.allSettled(entries.map(([, look]) => within(look(), timeoutMs)));
  for (const [at, look] of looks.entries()) {
    const place = entries[at]?.[0];
    if (place === undefined) continue;
    if (look.status === 'fulfilled') found.push(...look.value);
    else problems.push({ place, reason: look.reason instanceof Error ? look.reason.message : String(look.reason) });
  }
  return { found, problems };
}

async function within<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Queues of the local scheduler; none where no scheduler runs, which is no fault. */
async function cupsQueues(): Promise<FoundDevice[]> {
  const printers = await createCupsClient(systemCups()).printers().catch((thrown: unknown) => {
    if (process.env['CUPS_SERVER'] === undefined && /ECONNREFUSED|ENOENT/.test(String(thrown))) return [];
    throw thrown;
  });
  return printers.map(({ name, makeAndModel, deviceUri }) => ({ address: { kind: 'cups', queue: name }, name, model: makeAndModel, languages: languagesIn(`${makeAndModel} ${deviceUri} ${name}`) }));
}

async function winspoolPrinters(): Promise<FoundDevice[]> {
  const api = await loadWinspool();
  const printers = await api.printers();
  return printers.map(({ name, driver }) => ({ address: { kind: 'winspool', name }, name, model: driver, languages: languagesIn(`${driver} ${name}`) }));
}

/** USB printers without a queue (Linux usblp), with what they say of themselves by IEEE 1284. */
export async function deviceFiles(folder: string, descriptions: string): Promise<FoundDevice[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => /^lp\d+$/.test(name)).sort();
  return Promise.all(
    names.map(async (name): Promise<FoundDevice> => {
      const id = await readFile(join(descriptions, name, 'device', 'ieee1284_id'), 'utf8').catch(() => '');
      const { model, commands } = readDeviceId(id);
      return { address: { kind: 'device', path: join(folder, name) }, name: model === '' ? name : model, model, languages: languagesIn(`${commands} ${model}`) };
    }),
  );
}

async function serialPorts(): Promise<FoundDevice[]> {
  const { SerialPort } = await import('serialport');
  const ports = await SerialPort.list();
  return ports
    .filter(({ path, vendorId, pnpId }) => vendorId !== undefined || pnpId !== undefined || !path.startsWith('/dev/ttyS'))
    .map(({ path, manufacturer }) => ({
      address: { kind: 'serial', path, baudRate: usualBaudRate, flow: 'none' },
      name: path,
      model: manufacturer ?? '',
      languages: languagesIn(manufacturer ?? ''),
    }));
}

/** Manufacturer, model and command sets of an IEEE 1284 device id (`MFG:…;MDL:…;CMD:…;`). */
export function readDeviceId(id: string): { readonly model: string; readonly commands: string } {
  const fields = new Map<string, string>();
  for (const part of id.split(';')) {
    const colon = part.indexOf(':');
    if (colon > 0) fields.set(part.slice(0, colon).trim().toUpperCase(), part.slice(colon + 1).trim());
  }
  const maker = fields.get('MFG') ?? fields.get('MANUFACTURER') ?? '';
  const model = fields.get('MDL') ?? fields.get('MODEL') ?? '';
  return { model: `${maker} ${model}`.trim(), commands: fields.get('CMD') ?? fields.get('COMMAND SET') ?? '' };
}

/** Languages a text about a device names. Makers are no proof of a language, so only the language's own names count. */
export function languagesIn(text: string): PrinterLanguage[] {
  const found: PrinterLanguage[] = [];
  if (/\bTSPL2?\b|\bTSC\b/i.test(text)) found.push('tspl');
  if (/\bZPL(?:II)?\b|\bZEBRA ZPL\b/i.test(text)) found.push('zpl');
  if (/\bCPCL\b/i.test(text)) found.push('cpcl');
  if (/\bESC\/?POS\b|\bEPSON TM\b/i.test(text)) found.push('escpos');
  return found;
}
