import type { MechanicalState } from './mechanism.ts';

/** What a printer says, byte for byte, for one state of its mechanics. */
export interface AnswerContext {
  readonly state: MechanicalState;
  readonly dpi: number;
  readonly headDots: number;
  readonly bufferFull: boolean;
}

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

export function inError(state: MechanicalState): boolean {
  return state.paperOut || state.coverOpen || state.jam || state.hot;
}

/** `<ESC>!?`: one byte. */
export function tsplStatusByte({ state }: AnswerContext): number {
  return (state.coverOpen ? 1 : 0) | (state.jam ? 2 : 0) | (state.paperOut ? 4 : 0) | (state.paused ? 16 : 0) | (state.printing || state.queued > 0 ? 32 : 0) | (state.hot ? 128 : 0);
}

/** `<ESC>!S`: STX, four status letters, ETX CR LF. */
export function tsplStatusFrame({ state, bufferFull }: AnswerContext): Uint8Array {
  const message = inError(state) ? 'E' : state.paused ? '`' : state.waitingToBeTaken ? 'L' : state.printing || state.queued > 0 ? 'P' : '@';
  const fourth = (state.paperOut ? 1 : 0) | (state.jam ? 2 : 0) | (state.coverOpen ? 32 : 0);
  return bytes(`\x02${message}${bufferFull ? 'H' : '@'}${state.hot ? 'A' : '@'}${String.fromCharCode(0x40 | fourth)}\x03\r\n`);
}

export function tsplAnswer(name: string, args: readonly string[], context: AnswerContext): Uint8Array | undefined {
  switch (name) {
    case 'ESC!?': return new Uint8Array([tsplStatusByte(context)]);
    case 'ESC!S': return tsplStatusFrame(context);
    case '~!T': return bytes('VIRTUAL-TSPL\r\n');
    case '~!I': return bytes('437,001\r\n');
    case '~!A': return bytes('8388608\r\n');
    case '~!@': return bytes(`${Math.floor(context.state.odometer / 1000)}\r\n`);
    case '~!F': return bytes('\x1a');
    case 'OUT': case 'OUTR': return bytes(`${outText(args, context.state.odometer)}\r\n`);
    default: return undefined;
  }
}

/** `OUT NET "PSM_LABEL=";STR$(LABEL)`: quoted parts as they are, LABEL is the counter. */
function outText(args: readonly string[], counter: number): string {
  return args.join(',').replace(/^\s*(NET|USB|COM)\s*/i, '').split(';').map((part) => (/STR\$\s*\(\s*@?LABEL\s*\)/i.test(part) ? String(counter) : part.replace(/"/g, ''))).join('');
}

const flag = (on: boolean): string => (on ? '1' : '0');

/** `~HS`: three frames of 12, 11 and 2 fields. */
export function zplHostStatus({ state, bufferFull }: AnswerContext): Uint8Array {
  const waiting = String(Math.max(0, state.queued - (state.printing ? 1 : 0))).padStart(3, '0');
  const left = String(state.printing ? 1 : 0).padStart(8, '0');
  return bytes(
    `\x02030,${flag(state.paperOut)},${flag(state.paused)},1245,${waiting},${flag(bufferFull)},0,0,000,0,0,${flag(state.hot)}\x03\r\n` +
      `\x02001,0,${flag(state.coverOpen)},0,0,2,4,${flag(state.waitingToBeTaken)},${left},${flag(state.printing)},000\x03\r\n` +
      `\x021234,0\x03\r\n`,
  );
}

/** `~HQES`: error and warning masks. */
export function zplErrors({ state }: AnswerContext): Uint8Array {
  const mask = (state.paperOut ? 1 : 0) | (state.coverOpen ? 4 : 0) | (state.hot ? 0x10 : 0) | (state.jam ? 0x1000 : 0) | (state.paused ? 0x10000 : 0);
  const hex = mask.toString(16).toUpperCase().padStart(8, '0');
  return bytes(`\x02\r\n  PRINTER STATUS\r\n   ERRORS:         ${flag(mask !== 0)} 00000000 ${hex}\r\n   WARNINGS:       0 00000000 00000000\r\n\x03`);
}

export function zplAnswer(name: string, args: readonly string[], context: AnswerContext): Uint8Array | undefined {
  switch (name) {
    case '~HS': return zplHostStatus(context);
    case '~HQES': return zplErrors(context);
    case '~HQOD': return bytes(`\x02\r\n  PRINT METERS\r\n   TOTAL LABELS:   ${context.state.odometer}\r\n\x03`);
    case '~HQSN': return bytes('\x02\r\n  SERIAL NUMBER\r\n   VIRTUAL0001\r\n\x03');
    case '~HI': return bytes(`\x02VIRTUAL-ZPL,V84.20.18Z,${context.dpi === 300 ? 12 : context.dpi === 600 ? 24 : 8},8192KB\x03\r\n`);
    case 'SGD getvar': return bytes(`"${setting(args[0] ?? '', context)}"`);
    default: return undefined;
  }
}

function setting(key: string, context: AnswerContext): string {
  switch (key) {
    case 'odometer.total_label_count': case 'odometer.media_marker_count': return String(context.state.odometer);
    case 'odometer.total_print_length': return `${context.state.odometer * 6} INCHES, ${context.state.odometer * 15} CENTIMETERS`;
    case 'device.host_status': return Buffer.from(zplHostStatus(context)).toString('latin1').replaceAll('\x02', '').replaceAll('\x03', '').trim();
    case 'media.status': return context.state.paperOut ? 'out' : 'ok';
    case 'head.latch': return context.state.coverOpen ? 'open' : 'ok';
    case 'device.languages': return 'zpl';
    case 'head.resolution.in_dpi': return String(context.dpi);
    case 'ezpl.print_width': return String(context.headDots);
    case 'appl.name': return 'V84.20.18Z';
    default: return '?';
  }
}

/** `<ESC>h` of mobile CPCL printers: busy, paper out, lid open. */
export function cpclAnswer(name: string, args: readonly string[], context: AnswerContext): Uint8Array | undefined {
  const { state } = context;
  if (name === 'ESC h') return new Uint8Array([(state.printing || state.queued > 0 ? 1 : 0) | (state.paperOut ? 2 : 0) | (state.coverOpen ? 4 : 0)]);
  if (name === 'SGD getvar') return bytes(`"${setting(args[0] ?? '', context)}"`);
  return undefined;
}

/** `DLE EOT n`: one byte with fixed bits 0x12. */
export function escposRealtime(kind: number, { state }: AnswerContext): number {
  const offline = inError(state) || state.paused;
  if (kind === 1) return 0x12 | (offline ? 0x08 : 0);
  if (kind === 2) return 0x12 | (state.coverOpen ? 0x04 : 0) | (state.paperOut ? 0x20 : 0) | (state.jam || state.hot ? 0x40 : 0);
  if (kind === 3) return 0x12 | (state.jam ? 0x08 : 0) | (state.hot ? 0x40 : 0);
  return 0x12 | (state.paperOut ? 0x60 : 0);
}

/** Automatic status back: four bytes. */
export function escposAsb({ state }: AnswerContext): Uint8Array {
  const offline = inError(state) || state.paused;
  return new Uint8Array([0x10 | (offline ? 0x08 : 0) | (state.coverOpen ? 0x20 : 0), (state.jam ? 0x08 : 0) | (state.hot ? 0x40 : 0), state.paperOut ? 0x0c : 0, 0]);
}

export function escposAnswer(name: string, args: readonly string[], context: AnswerContext): Uint8Array | undefined {
  const value = Number(args[0]);
  switch (name) {
    case 'DLE EOT': return new Uint8Array([escposRealtime(value, context)]);
    case 'GS r': return new Uint8Array([value === 1 || value === 49 ? (context.state.paperOut ? 0x0c : 0) : 0]);
    case 'GS I': return value >= 65 ? bytes('_VIRTUAL-ESCPOS\0') : new Uint8Array([0x20]);
    case 'GS ( H': return bytes(`\x37\x22${args[0] ?? ''}\0`);
    default: return undefined;
  }
}
