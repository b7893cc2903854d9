/** Printer addresses as one line of text, as the command line takes them and the log shows them. */
import { fail } from '../../../common/errors.ts';
import type { PrinterAddress } from '../types.ts';

export interface ParsedAddress {
  readonly address: PrinterAddress;
  /** What stood behind `?`: language, dpi, mode, width and height in mm. */
  readonly options: Readonly<Record<string, string>>;
}

const defaultPort = 9100;

/**
 * Reads `tcp://HOST[:PORT]`, `virtual:DIR`, `cups:QUEUE`, `winspool:NAME`, `device:PATH`, `serial:PATH`, each with `?key=value&…`.
 * Error: PRINTER_ADDRESS_BAD naming the text.
 */
export function parsePrinterAddress(text: string): ParsedAddress {
  const [, kind, rest = '', query = ''] = /^([a-z]+):(?:\/\/)?([^?]*)(?:\?(.*))?$/i.exec(text.trim()) ?? fail('PRINTER_ADDRESS_BAD', { text });
  const options = Object.fromEntries(new URLSearchParams(query));
  const address = addressOf(kind?.toLowerCase() ?? '', decodePart(rest), options);
  if (address === undefined) fail('PRINTER_ADDRESS_BAD', { text });
  return { address, options };
}

function addressOf(kind: string, rest: string, options: Readonly<Record<string, string>>): PrinterAddress | undefined {
  if (rest === '') return undefined;
  switch (kind) {
    case 'tcp': {
      const [, host = '', port] = /^\[?([^\]/]+?)\]?(?::(\d{1,5}))?\/?$/.exec(rest) ?? [];
      const number = port === undefined ? defaultPort : Number(port);
      return host === '' || number < 1 || number > 65_535 ? undefined : { kind, host, port: number };
    }
    case 'virtual':
      return { kind, directory: rest };
    case 'cups':
      return { kind, queue: rest };
    case 'winspool':
      return { kind, name: rest };
    case 'device':
      return { kind, path: rest };
    case 'serial':
      return { kind, path: rest, baudRate: Number(options['baud'] ?? 115_200), flow: options['flow'] === 'rtscts' ? 'rtscts' : 'none' };
    default:
      return undefined;
  }
}

function decodePart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** One line a person recognises. */
export function addressText(address: PrinterAddress): string {
  switch (address.kind) {
    case 'tcp':
      return `tcp://${address.host}:${address.port}`;
    case 'virtual':
      return `virtual:${address.directory}`;
    case 'cups':
      return `cups:${address.queue}`;
    case 'winspool':
      return `winspool:${address.name}`;
    case 'device':
      return `device:${address.path}`;
    case 'serial':
      return `serial:${address.path}`;
  }
}
