import type { PrinterCondition } from '../types.ts';
import { asciiOf, type FrameMatcher } from './frames.ts';
import { gravest, type Decoded } from './vocabulary.ts';

/** `~HS`, host status: three frames STX … ETX CR LF (Zebra ZPL guide). */
export const zplHostStatusQuery = Buffer.from('~HS\r\n', 'latin1');
/** `~HQES`, error and warning masks; asked when `~HS` is silent. */
export const zplErrorQuery = Buffer.from('~HQES\r\n', 'latin1');

/** SGD query; the key is ours, never a user's text. */
export function sgdQuery(key: string): Uint8Array {
  return Buffer.from(`! U1 getvar "${key}"\r\n`, 'latin1');
}

/** Labels printed in the printer's life. */
export const odometerKey = 'odometer.total_label_count';

export interface ZplHostStatus extends Decoded {
  readonly formatsInBuffer: number;
  readonly labelsRemaining: number;
  /** Nothing received, nothing buffered, nothing left of the batch, no error. */
  readonly idle: boolean;
}

/**
 * Frame 1: aaa,b,c,dddd,eee,f,g,h,iii,j,k,l (12 fields). Frame 2: mmm,n,o,p,q,r,s,t,uuuuuuuu,v,www (11 fields; n is unused,
 * a reader that skips it sees the ribbon where the head is). Undefined when a frame does not have its fields.
 */
export function decodeHostStatus(first: string, second: string): ZplHostStatus | undefined {
  const one = first.split(',').map((field) => field.trim());
  const two = second.split(',').map((field) => field.trim());
  if (one.length < 12 || two.length < 11 || ![...one, ...two].every((field) => /^\d+$/.test(field))) return undefined;
  const numbers = (fields: readonly string[], at: number): number => Number(fields[at] ?? '0');
  const formatsInBuffer = numbers(one, 4);
  const partial = numbers(one, 7) !== 0;
  const labelsRemaining = numbers(two, 8);
  const labelWaiting = numbers(two, 7) !== 0;
  const seen: (readonly [PrinterCondition, string])[] = [];
  if (numbers(one, 1) !== 0) seen.push(['out_of_paper', 'paper out']);
  if (numbers(one, 2) !== 0) seen.push(['paused', 'paused']);
  if (numbers(one, 5) !== 0) seen.push(['busy', 'receive buffer full']);
  if (numbers(one, 6) !== 0) seen.push(['error', 'diagnostic mode']);
  if (numbers(one, 9) !== 0) seen.push(['error', 'corrupt memory']);
  if (numbers(one, 10) !== 0) seen.push(['error', 'too cold']);
  if (numbers(one, 11) !== 0) seen.push(['over_heated', 'too hot']);
  if (numbers(two, 2) !== 0) seen.push(['head_open', 'head open']);
  if (numbers(two, 3) !== 0) seen.push(['out_of_ribbon', 'ribbon out']);
  if (labelWaiting) seen.push(['busy', 'label waiting to be taken']);
  if (formatsInBuffer > 0 || partial || labelsRemaining > 0) seen.push(['busy', `${formatsInBuffer} formats, ${labelsRemaining} labels left`]);
  const condition = gravest(seen.map(([found]) => found));
  const detail = seen.map(([, word]) => word).join(', ');
  return { condition, ...(detail === '' ? {} : { detail }), formatsInBuffer, labelsRemaining, idle: condition === 'ready' };
}

/** The complete STX … ETX frames of a stream, with the place behind each. */
function framesOf(bytes: Uint8Array): { readonly text: string; readonly end: number }[] {
  const frames: { text: string; end: number }[] = [];
  let start = -1;
  for (const [at, byte] of bytes.entries()) {
    if (byte === 0x02) start = at + 1;
    if (byte === 0x03 && start >= 0) {
      frames.push({ text: asciiOf(bytes.subarray(start, at)), end: at + 1 });
      start = -1;
    }
  }
  return frames;
}

/** All three frames: the third carries only the password, but without it its bytes would be stale before the next answer. */
export const matchHostStatus: FrameMatcher<ZplHostStatus> = (bytes) => {
  const frames = framesOf(bytes);
  for (const [at, frame] of frames.entries()) {
    const second = frames[at + 1];
    const third = frames[at + 2];
    if (second === undefined || third === undefined) return undefined;
    const value = decodeHostStatus(frame.text, second.text);
    if (value !== undefined) return { value, end: third.end };
  }
  return undefined;
};

const errorBits: readonly (readonly [bit: number, condition: PrinterCondition, word: string])[] = [
  [0x1, 'out_of_paper', 'media out'], [0x2, 'out_of_ribbon', 'ribbon out'], [0x4, 'head_open', 'head open'], [0x8, 'jam', 'cutter'],
  [0x10, 'over_heated', 'head too hot'], [0x20, 'over_heated', 'motor too hot'], [0x40, 'error', 'bad head element'], [0x80, 'error', 'head not detected'],
  [0x100, 'error', 'firmware configuration'], [0x200, 'error', 'thermistor open'], [0x1000, 'jam', 'paper jam'], [0x2000, 'jam', 'presenter'],
  [0x4000, 'jam', 'paper feed'], [0x8000, 'jam', 'clearing the path failed'], [0x10000, 'paused', 'paused'], [0x20000, 'error', 'retract time-out'],
  [0x40000, 'error', 'black mark calibration'], [0x80000, 'error', 'black mark not found'],
];

/** The error mask of `~HQES`; warnings are told in the detail and stop nothing. */
export function decodeErrorMask(errors: number, warnings: number): Decoded {
  const set = errorBits.filter(([bit]) => (errors & bit) !== 0);
  const known = errorBits.reduce((mask, [bit]) => mask | bit, 0);
  const unknown = errors & ~known;
  const words = set.map(([, , word]) => word);
  if (unknown !== 0) words.push(`unknown error 0x${unknown.toString(16)}`);
  if (warnings !== 0) words.push(`warning 0x${warnings.toString(16)}`);
  const conditions = set.map(([, condition]) => condition);
  if (unknown !== 0) conditions.push('error');
  return { condition: gravest(conditions), ...(words.length === 0 ? {} : { detail: words.join(', ') }) };
}

/** `STX PRINTER STATUS ERRORS: f gggggggg hhhhhhhh WARNINGS: f gggggggg hhhhhhhh ETX`, any white space between. */
export const matchErrorQuery: FrameMatcher<Decoded> = (bytes) => {
  for (const frame of framesOf(bytes)) {
    const value = decodeErrorQuery(frame.text);
    if (value !== undefined) return { value, end: frame.end };
  }
  return undefined;
};

const maskGroup = String.raw`\s*([01])\s+([0-9A-Fa-f]{8})\s+([0-9A-Fa-f]{8})`;
const errorAnswer = new RegExp(`ERRORS:${maskGroup}\\s+WARNINGS:${maskGroup}`);

export function decodeErrorQuery(text: string): Decoded | undefined {
  const [whole, anyError, errorsHigh = '', errorsLow = '0', anyWarning, , warningsLow = '0'] = errorAnswer.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const errors = anyError === '0' ? 0 : Number.parseInt(errorsLow, 16);
  const warnings = anyWarning === '0' ? 0 : Number.parseInt(warningsLow, 16);
  // The summary digit says "some error" even when it is in the group we have no words for.
  if (anyError === '1' && errors === 0) return { condition: 'error', detail: `error ${errorsHigh} ${errorsLow}` };
  return decodeErrorMask(errors, warnings);
}

/** The quoted answer to an SGD query; `"?"` is an unknown key. */
export const matchSgd: FrameMatcher<string> = (bytes) => {
  const found = /"([^"\r\n]*)"/.exec(asciiOf(bytes));
  return found === null ? undefined : { value: found[1] ?? '', end: found.index + found[0].length };
};

/** The number inside an odometer answer such as `12,345` or `12345 LABELS`; undefined when there is none. */
export function readOdometer(answer: string): number | undefined {
  const digits = /^\s*(\d[\d,]*)/.exec(answer)?.[1]?.replaceAll(',', '');
  return digits === undefined ? undefined : Number(digits);
}
