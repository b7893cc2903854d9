import type { PrinterCondition } from '../types.ts';
import { asciiOf, type FrameMatcher } from './frames.ts';
import { gravest, type Decoded } from './vocabulary.ts';

/** `<ESC>!?`: one byte, answered at once even in an error state (TSC and Gprinter manuals). */
export const tsplStatusQuery = Uint8Array.of(0x1b, 0x21, 0x3f);
/** `<ESC>!S`: an eight-byte frame on TSC firmware from V6.29. */
export const tsplFrameQuery = Uint8Array.of(0x1b, 0x21, 0x53);

const statusBits: readonly (readonly [bit: number, condition: PrinterCondition, word: string])[] = [
  [0x01, 'head_open', 'head open'],
  [0x02, 'jam', 'paper jam'],
  [0x04, 'out_of_paper', 'out of paper'],
  [0x08, 'out_of_ribbon', 'out of ribbon'],
  [0x10, 'paused', 'paused'],
  [0x20, 'busy', 'printing'],
  [0x40, 'head_open', 'cover open'],
  // Bit 7 differs by maker: ambient temperature (Gprinter), over-heat (HPRT), other error (others).
  [0x80, 'error', 'other error'],
];

/** The status byte; 0 is ready, 0x20 alone is busy and no error. */
export function decodeTsplByte(byte: number): Decoded {
  const set = statusBits.filter(([bit]) => (byte & bit) !== 0);
  const hex = `0x${byte.toString(16).padStart(2, '0')}`;
  if (set.length === 0) return { condition: 'ready', detail: hex };
  return { condition: gravest(set.map(([, condition]) => condition)), detail: `${hex} ${set.map(([, , word]) => word).join(', ')}` };
}

/**
 * The first byte of the answer, with the CR LF some firmware appends. 0x7B and 0xAA begin the completion messages of Gprinter and
 * HPRT (as a status they would mean nearly every error at once), so they are left for those to complete.
 */
export const matchTsplByte: FrameMatcher<Decoded> = (bytes) => {
  const [first] = bytes;
  if (first === undefined || first === 0x7b || first === 0xaa) return undefined;
  let end = 1;
  while (bytes[end] === 0x0d || bytes[end] === 0x0a) end += 1;
  return { value: decodeTsplByte(first), end };
};

type Letters = Readonly<Record<string, readonly [PrinterCondition, string]>>;
const messages: Letters = {
  '`': ['paused', 'paused'], B: ['busy', 'backing'], C: ['busy', 'cutting'], E: ['error', 'printer error'], F: ['busy', 'form feed'],
  K: ['paused', 'waiting for the print key'], L: ['busy', 'waiting for the label to be taken'], P: ['busy', 'printing'], W: ['busy', 'imaging'],
};
const warnings: Letters = { A: ['ready', 'paper low'], B: ['ready', 'ribbon low'], H: ['busy', 'receive buffer full'] };
const headErrors: Letters = {
  A: ['over_heated', 'head over-heated'], B: ['over_heated', 'motor over-heated'], D: ['error', 'head error'], H: ['jam', 'cutter jam'], P: ['error', 'memory'],
};
const mediaErrors: Letters = {
  A: ['out_of_paper', 'out of paper'], B: ['jam', 'paper jam'], D: ['out_of_ribbon', 'out of ribbon'], H: ['jam', 'ribbon jam'], '`': ['head_open', 'head open'],
};

/** The four status bytes of `02 s1 s2 s3 s4 03 0D 0A`: message, warning, head error, media error; `@` is none. */
export function decodeTsplFrame(status: readonly [number, number, number, number]): Decoded {
  const tables = [messages, warnings, headErrors, mediaErrors];
  const seen: (readonly [PrinterCondition, string])[] = [];
  for (const [at, table] of tables.entries()) {
    const letter = String.fromCharCode(status[at] ?? 0x40);
    if (letter === '@') continue;
    // Error letters may be combined bits (0x40 | bits); an unknown one is still an error, never "ready".
    seen.push(table[letter] ?? (at >= 2 ? ['error', `unknown error ${letter}`] : ['ready', `unknown ${letter}`]));
  }
  const raw = String.fromCharCode(...status);
  const words = seen.map(([, word]) => word);
  return { condition: gravest(seen.map(([condition]) => condition)), detail: [raw, ...words].join(' ') };
}

/** STX, four bytes of 0x40 and above, ETX. */
export const matchTsplFrame: FrameMatcher<Decoded> = (bytes) => {
  for (let at = 0; at + 6 <= bytes.length; at += 1) {
    if (bytes[at] !== 0x02 || bytes[at + 5] !== 0x03) continue;
    const four = bytes.subarray(at + 1, at + 5);
    if (!four.every((byte) => byte >= 0x40 && byte <= 0x7f)) continue;
    const [a, b, c, d] = four;
    return { value: decodeTsplFrame([a ?? 0x40, b ?? 0x40, c ?? 0x40, d ?? 0x40]), end: Math.min(at + 8, bytes.length) };
  }
  return undefined;
};

/** Gprinter's completion message after `SET RESPONSE ON`. */
export interface GprinterResponse {
  /** True only when the status is known to mean "no error". */
  readonly ok: boolean;
  readonly status: Decoded;
  readonly count: number | undefined;
  readonly text: string;
}

/**
 * `{Status,######,ID}`, sample `{00,00001}`. The status may be one raw byte or ASCII hex (the vendor's own sample is
 * unclear), so both are taken; whatever does not fit is no confirmation.
 */
export const matchGprinterResponse: FrameMatcher<GprinterResponse> = (bytes) => {
  const open = bytes.indexOf(0x7b);
  if (open < 0) return undefined;
  // A raw status byte may itself be "}" or ",": the fields are found by the comma behind it.
  const rawForm = bytes[open + 2] === 0x2c && !isHexDigit(bytes[open + 1]);
  const close = bytes.indexOf(0x7d, open + (rawForm ? 3 : 1));
  if (close < 0) return undefined;
  const body = asciiOf(bytes.subarray(open + 1, close));
  const comma = rawForm ? 1 : body.indexOf(',');
  const head = comma < 0 ? body : body.slice(0, comma);
  const byte = rawForm ? bytes[open + 1] : /^[0-9A-Fa-f]{1,2}$/.test(head) ? Number.parseInt(head, 16) : undefined;
  const digits = comma < 0 ? undefined : /^\d+/.exec(body.slice(comma + 1))?.[0];
  const status: Decoded = byte === undefined ? { condition: 'error', detail: 'unreadable completion message' } : decodeTsplByte(byte);
  const ok = byte !== undefined && (byte & ~0x20) === 0 && digits !== undefined;
  const text = body.replaceAll(/[^\u0020-\u007e]/g, '.');
  return { value: { ok, status, count: digits === undefined ? undefined : Number(digits), text }, start: open, end: close + 1 };
};

function isHexDigit(byte: number | undefined): boolean {
  return byte !== undefined && /[0-9A-Fa-f]/.test(String.fromCharCode(byte));
}
