/**
 * The few parts of IPP/1.1 and 2.0 (RFC 8010) that printing raw jobs needs: encode a request, decode a response.
 * No collections: none of the attributes we read has one, and unknown values are skipped by their length.
 */

export const ippOperation = {
  printJob: 0x0002, cancelJob: 0x0008, getJobAttributes: 0x0009, getJobs: 0x000a, getPrinterAttributes: 0x000b,
  cupsGetPrinters: 0x4002, cupsAddModifyPrinter: 0x4003,
} as const;

const groupTag = { operation: 0x01, job: 0x02, end: 0x03, printer: 0x04 } as const;
const valueTag = {
  integer: 0x21, boolean: 0x22, enum: 0x23, text: 0x41, name: 0x42, keyword: 0x44, uri: 0x45, charset: 0x47, language: 0x48, mimeType: 0x49,
} as const;

export interface IppAttribute {
  readonly type: keyof typeof valueTag;
  readonly name: string;
  readonly value: string | number | boolean | readonly string[];
}

export interface IppRequest {
  readonly operation: number;
  readonly requestId: number;
  readonly operationAttributes: readonly IppAttribute[];
  readonly printerAttributes?: readonly IppAttribute[];
}

/** Values of one attribute; out-of-band values (no-value, unknown) leave the list empty. */
export type IppValues = readonly (string | number | boolean)[];
export type IppGroup = ReadonlyMap<string, IppValues>;

export interface IppResponse {
  /** Below 0x0100 is success (RFC 8011). */
  readonly status: number;
  readonly operation: IppGroup;
  readonly jobs: readonly IppGroup[];
  readonly printers: readonly IppGroup[];
}

export function encodeIpp(request: IppRequest): Buffer {
  const parts: Buffer[] = [];
  const header = Buffer.alloc(8);
  header.writeUInt16BE(0x0200, 0);
  header.writeUInt16BE(request.operation, 2);
  header.writeUInt32BE(request.requestId, 4);
  parts.push(header, Buffer.of(groupTag.operation));
  parts.push(encodeAttribute({ type: 'charset', name: 'attributes-charset', value: 'utf-8' }));
  parts.push(encodeAttribute({ type: 'language', name: 'attributes-natural-language', value: 'en' }));
  for (const attribute of request.operationAttributes) parts.push(encodeAttribute(attribute));
  if (request.printerAttributes !== undefined) {
    parts.push(Buffer.of(groupTag.printer), ...request.printerAttributes.map(encodeAttribute));
  }
  parts.push(Buffer.of(groupTag.end));
  return Buffer.concat(parts);
}

function encodeAttribute({ type, name, value }: IppAttribute): Buffer {
  const values = typeof value === 'object' ? value : [value];
  return Buffer.concat(values.map((one, index) => encodeValue(type, index === 0 ? name : '', one)));
}

function encodeValue(type: IppAttribute['type'], name: string, value: string | number | boolean): Buffer {
  const nameBytes = Buffer.from(name, 'utf8');
  const head = Buffer.alloc(3 + nameBytes.length);
  head.writeUInt8(valueTag[type], 0);
  head.writeUInt16BE(nameBytes.length, 1);
  nameBytes.copy(head, 3);
  const bytes = typeof value === 'string' ? Buffer.from(value, 'utf8') : typeof value === 'boolean' ? Buffer.of(value ? 1 : 0) : int32(value);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length, 0);
  return Buffer.concat([head, length, bytes]);
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value, 0);
  return bytes;
}

/** Throws a RangeError on a response that is cut short. */
export function decodeIpp(bytes: Buffer): IppResponse {
  const status = bytes.readUInt16BE(2);
  const groups: { readonly tag: number; readonly values: Map<string, (string | number | boolean)[]> }[] = [];
  let at = 8;
  let current: (string | number | boolean)[] | undefined;
  while (at < bytes.length) {
    const tag = bytes.readUInt8(at);
    at += 1;
    if (tag === groupTag.end) break;
    if (tag < 0x10) {
      groups.push({ tag, values: new Map() });
      current = undefined;
      continue;
    }
    const nameLength = bytes.readUInt16BE(at);
    const name = bytes.toString('utf8', at + 2, at + 2 + nameLength);
    at += 2 + nameLength;
    const valueLength = bytes.readUInt16BE(at);
    const value = decodeValue(tag, bytes.subarray(at + 2, at + 2 + valueLength));
    at += 2 + valueLength;
    if (nameLength > 0) {
      current = [];
      groups.at(-1)?.values.set(name, current);
    }
    if (value !== undefined) current?.push(value);
  }
  const ofTag = (tag: number): IppGroup[] => groups.filter((group) => group.tag === tag).map((group) => group.values);
  return { status, operation: ofTag(groupTag.operation)[0] ?? new Map(), jobs: ofTag(groupTag.job), printers: ofTag(groupTag.printer) };
}

function decodeValue(tag: number, bytes: Buffer): string | number | boolean | undefined {
  if (tag < 0x20) return undefined;
  if (tag === valueTag.boolean) return bytes[0] === 1;
  if (tag === valueTag.integer || tag === valueTag.enum) return bytes.readInt32BE(0);
  return tag >= 0x40 ? bytes.toString('utf8') : undefined;
}
