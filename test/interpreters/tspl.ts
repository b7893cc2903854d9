/**
 * TSPL as a label printer understands it. Facts from the language notes (TSC and Gprinter manuals, vendor SDK texts):
 * BITMAP takes 0 as black, BOX takes end coordinates, QRCODE draws model 1 unless told, settings outlive jobs, the
 * image buffer outlives PRINT until CLS.
 */
import { inflateSync } from 'node:zlib';
import { createInbox, feeding } from './inbox.ts';
import { blit, createPaper, cropped, fillRect, frameRect, mirrored, paperFromRows, turned } from './paper.ts';
import type { Combine, Paper, QuarterTurn } from './paper.ts';
import { collect, dotsPerMillimetre, withEarlier } from './types.ts';
import type { Interpreter, InterpreterOptions, Occurrence, Printout, Problem } from './types.ts';
import { nextTsplUnit } from './tspl-syntax.ts';
import type { TsplArgument, TsplUnit } from './tspl-syntax.ts';
import { tsplBarcode, tsplFonts, tsplQr } from './tspl-codes.ts';

/** One-shot: what would come out of a printer that gets exactly these bytes. */
export function interpretTspl(bytes: Uint8Array, options: InterpreterOptions): Printout {
  return collect(createTsplInterpreter(options), bytes);
}

/** A printer's TSPL firmware. */
export function createTsplInterpreter(options: InterpreterOptions): Interpreter {
  return withEarlier(() => firmware(options), options);
}

const ignored = new Set(['OFFSET', 'LIMITFEED', 'EOJ', 'FEED', 'BACKFEED', 'FORMFEED', 'HOME', 'CUT', 'SOUND', 'DELAY', 'GAPDETECT', 'BLINEDETECT', 'AUTODETECT', 'SELFTEST', 'INITIALPRINTER', 'COUNTRY']);
const persistent = new Set(['OFFSET', 'LIMITFEED', 'GAP', 'BLINE', 'DENSITY', 'SPEED', 'CODEPAGE', 'COUNTRY']);

function firmware(options: InterpreterOptions): Interpreter {
  const inbox = createInbox();
  const perMm = dotsPerMillimetre(options.dpi);
  const settings = new Map<string, string>();
  let size = { width: 0, height: 0 };
  let paper: Paper | undefined;
  let freshSize = false;
  let dirtyFromLast = false;
  let origin = { x: 0, y: 0 };
  let shift = { x: 0, y: 0 };
  let direction = { turn: false, mirror: false };
  let texts: string[] = [];
  let codes: { format: string; text: string }[] = [];
  const out: Occurrence[] = [];
  /** Commands given since the last PRINT: what is not among them is taken over from somebody else's job. */
  const own = new Set<string>();

  const say = (severity: Problem['severity'], code: string, message: string): void => {
    out.push({ kind: 'problem', problem: { severity, code, message, offset: inbox.taken } });
  };
  const number = (name: string, args: readonly TsplArgument[], index: number): number => {
    const value = Number(args[index]?.text);
    if (args[index] === undefined || args[index].text === '' || !Number.isFinite(value)) {
      say('error', 'bad-argument', `${name}: argument ${index + 1} is not a number`);
      return 0;
    }
    if (!Number.isInteger(value)) say('error', 'fraction', `${name}: argument ${index + 1} is ${value}, dots are whole`);
    return Math.trunc(value);
  };
  /** A length in dots: `76 mm`, `600 dot`, or inches when bare. */
  const length = (name: string, text: string | undefined): number => {
    const match = /^(-?[\d.]+)\s*(mm|dot)?$/i.exec(text ?? '');
    if (match === null) {
      say('error', 'bad-argument', `${name}: ${text ?? 'missing'} is not a length`);
      return 0;
    }
    const value = Number(match[1]);
    const unit = match[2]?.toLowerCase();
    if (unit === undefined && value !== 0) say('warning', 'inches', `${name}: a bare number is inches`);
    return unit === 'mm' ? value * perMm : unit === 'dot' ? value : value * 25.4 * perMm;
  };
  const sheet = (name: string): Paper => {
    if (paper === undefined) {
      say('error', 'no-size', `${name} before SIZE and CLS`);
      paper = createPaper(1, 1);
    }
    if (dirtyFromLast) {
      say('warning', 'no-cls', `${name} draws over the label before: no CLS since PRINT`);
      dirtyFromLast = false;
    }
    return paper;
  };
  const put = (name: string, source: Paper, x: number, y: number, combine: Combine): void => {
    if (blit(sheet(name), source, x + origin.x, y + origin.y, combine)) say('error', 'off-label', `${name}: ink beyond the label`);
  };
  /** Draws a turned symbol; the anchor turns with it. */
  const putTurned = (name: string, source: Paper, x: number, y: number, turn: QuarterTurn): void => {
    if (turn !== 0) say('note', 'turned-anchor', `${name}: where a turned symbol is anchored is not settled`);
    const image = turned(source, turn);
    const left = turn === 90 ? x - image.width : turn === 180 ? x - image.width : x;
    const top = turn === 180 ? y - image.height : turn === 270 ? y - image.height : y;
    put(name, image, left, top, 'or');
  };
  const turn = (name: string, args: readonly TsplArgument[], index: number): QuarterTurn => {
    const value = number(name, args, index);
    if (value === 0 || value === 90 || value === 180 || value === 270) return value;
    say('error', 'bad-argument', `${name}: rotation ${value}`);
    return 0;
  };

  const bitmap = (args: readonly TsplArgument[], payload: Uint8Array | undefined): void => {
    const [x, y, wide, high, mode] = [0, 1, 2, 3, 4].map((index) => number('BITMAP', args, index)) as [number, number, number, number, number];
    if (payload === undefined) return say('error', 'bad-argument', 'BITMAP without data');
    let rows = payload;
    if (options.tsplZlib === true && mode >= 3 && mode <= 5) {
      try {
        rows = new Uint8Array(inflateSync(payload));
      } catch {
        return say('error', 'bad-compression', 'BITMAP: data does not inflate');
      }
      if (rows.length !== wide * high) return say('error', 'bad-compression', `BITMAP: ${rows.length} bytes inflated, ${wide * high} wanted`);
    } else if (mode < 0 || mode > 2) {
      return say('error', 'bad-mode', `BITMAP: this firmware has no mode ${mode}`);
    }
    const combine: Combine = mode % 3 === 0 ? 'overwrite' : mode % 3 === 1 ? 'or' : 'xor';
    const black = options.invertedBitmap === true ? rows : rows.map((byte) => byte ^ 0xff);
    put('BITMAP', paperFromRows(wide * 8, high, black), x, y, combine);
  };

  const print = (args: readonly TsplArgument[]): void => {
    const sets = number('PRINT', args, 0);
    const copies = args[1] === undefined ? 1 : number('PRINT', args, 1);
    const source = sheet('PRINT');
    for (const wanted of ['SIZE', 'GAP', 'DIRECTION', 'REFERENCE']) if (!own.has(wanted)) say('warning', 'sticky', `${wanted} is taken over from an earlier job`);
    own.clear();
    if (sets * copies < 1 || sets * copies > 999) return say('error', 'bad-argument', `PRINT ${sets},${copies}`);
    let image = shift.x === 0 && shift.y === 0 ? source : shiftedSheet(source, shift.x, shift.y);
    if (direction.mirror) image = mirrored(image);
    if (direction.turn) image = turned(image, 180);
    const head = options.headDots ?? image.width;
    if (image.width > head) {
      const seen = cropped(image, head, image.height);
      const lost = createPaper(image.width, image.height);
      blit(lost, image, 0, 0, 'or');
      fillRect(lost, 0, 0, head, image.height, 'white');
      if (lost.bits.some((byte) => byte !== 0)) say('error', 'beyond-head', `ink beyond the ${head} dots of the head`);
      image = createPaper(image.width, image.height);
      blit(image, seen, 0, 0, 'or');
    }
    for (let count = 0; count < sets * copies; count++) {
      out.push({
        kind: 'label',
        offset: inbox.taken,
        label: {
          widthDots: image.width, heightDots: image.height, stride: image.stride, bits: image.bits.slice(),
          texts: [...texts], codes: [...codes], settings: Object.fromEntries(settings), echo: '',
        },
      });
    }
    dirtyFromLast = true;
  };

  const text = (args: readonly TsplArgument[]): void => {
    const quoted = args.findLastIndex((one) => one.quoted);
    const font = args[2]?.text ?? '';
    const cell = tsplFonts[font.toUpperCase()];
    if (cell === undefined) return say('warning', 'unknown-font', `TEXT: font ${font} is not in every printer`);
    const [xm, ym] = [number('TEXT', args, 4), number('TEXT', args, 5)];
    const content = args[quoted]?.text ?? '';
    texts.push(content);
    const glyphs = createPaper(content.length * cell.width * xm, cell.height * ym);
    [...content].forEach((letter, index) => {
      if (letter !== ' ') frameRect(glyphs, index * cell.width * xm + 1, 1, cell.width * xm - 2, cell.height * ym - 2, 1, 'black');
    });
    putTurned('TEXT', glyphs, number('TEXT', args, 0), number('TEXT', args, 1), turn('TEXT', args, 3));
  };

  const line = (unit: Extract<TsplUnit, { kind: 'line' }>): void => {
    const { name, args } = unit;
    if (unit.broken !== undefined) return say('error', 'broken-line', `${name}: ${unit.broken}`);
    own.add(name === 'BLINE' ? 'GAP' : name);
    if (persistent.has(name)) settings.set(name, args.map((one) => one.text).join(','));
    const values = (): [number, number, number, number] => [0, 1, 2, 3].map((index) => number(name, args, index)) as [number, number, number, number];
    if (name === 'SIZE') {
      const next = { width: Math.round(length(name, args[0]?.text)), height: Math.round(length(name, args[1]?.text)) };
      freshSize ||= next.width !== size.width || next.height !== size.height;
      size = next;
      settings.set('SIZE', `${size.width}x${size.height}`);
    } else if (name === 'CLS') {
      if (size.width < 1 || size.height < 1) return say('error', 'no-size', 'CLS before SIZE');
      paper = createPaper(size.width, size.height);
      freshSize = false;
      dirtyFromLast = false;
      texts = [];
      codes = [];
    } else if (name === 'DIRECTION') {
      const [way, flip] = [number(name, args, 0), args[1] === undefined ? 0 : number(name, args, 1)];
      if (![0, 1].includes(way) || ![0, 1].includes(flip)) return say('error', 'bad-argument', `DIRECTION ${way},${flip}: only 0 and 1`);
      direction = { turn: way === 1, mirror: flip === 1 };
      settings.set('DIRECTION', `${way},${flip}`);
    } else if (name === 'REFERENCE') {
      origin = { x: number(name, args, 0), y: number(name, args, 1) };
      settings.set('REFERENCE', `${origin.x},${origin.y}`);
    } else if (name === 'SHIFT') {
      shift = args.length > 1 ? { x: number(name, args, 0), y: number(name, args, 1) } : { x: 0, y: number(name, args, 0) };
      settings.set('SHIFT', `${shift.x},${shift.y}`);
    } else if (name === 'SET') {
      const words = args.map((one) => one.text).join(',').split(/\s+/);
      settings.set(`SET ${words[0] ?? ''}`.toUpperCase(), words.slice(1).join(' ').toUpperCase());
    } else if (name === 'GAP' || name === 'BLINE') {
      settings.delete(name === 'GAP' ? 'BLINE' : 'GAP');
      for (const one of args) {
        const dots = length(name, one.text);
        if (dots < 0 || dots > 25.4 * perMm + 0.5) say('error', 'bad-argument', `${name}: ${one.text} is outside 0–25.4 mm`);
      }
    } else if (name === 'DENSITY') {
      const value = number(name, args, 0);
      if (value < 0 || value > 15) say('error', 'bad-argument', `DENSITY ${value}`);
    } else if (name === 'SPEED' || name === 'CODEPAGE') {
      if (args[0] === undefined || args[0].text === '') say('error', 'bad-argument', `${name} without a value`);
    } else if (name === 'BAR') {
      const [x, y, w, h] = values();
      if (fillRect(sheet(name), x + origin.x, y + origin.y, w, h, 'black')) say('error', 'off-label', 'BAR: ink beyond the label');
    } else if (name === 'BOX') {
      const [x, y, right, bottom] = values();
      say('note', 'box-end', 'BOX: whether the end coordinate belongs to the box is not settled');
      if (args[5] !== undefined && number(name, args, 5) > 0) say('warning', 'not-modelled', 'BOX: round corners');
      if (frameRect(sheet(name), x + origin.x, y + origin.y, right - x, bottom - y, number(name, args, 4), 'black')) say('error', 'off-label', 'BOX: ink beyond the label');
    } else if (name === 'REVERSE' || name === 'ERASE') {
      const [x, y, w, h] = values();
      if (fillRect(sheet(name), x + origin.x, y + origin.y, w, h, name === 'ERASE' ? 'white' : 'invert')) say('error', 'off-label', `${name}: beyond the label`);
    } else if (name === 'BITMAP') {
      bitmap(args, unit.payload);
    } else if (name === 'BARCODE') {
      const drawn = tsplBarcode(args, say);
      if (drawn === undefined) return;
      codes.push({ format: drawn.format, text: drawn.text });
      putTurned(name, drawn.paper, number(name, args, 0), number(name, args, 1), turn(name, args, 5));
    } else if (name === 'QRCODE') {
      const drawn = tsplQr(args, say);
      if (drawn === undefined) return;
      codes.push({ format: 'qr', text: drawn.text });
      putTurned(name, drawn.paper, number(name, args, 0), number(name, args, 1), turn(name, args, 5));
    } else if (name === 'TEXT') {
      text(args);
    } else if (name === 'BLOCK' || name === 'PUTBMP' || name === 'PUTPCX') {
      say('warning', 'not-modelled', `${name} is not judged`);
    } else if (name === 'PRINT') {
      if (freshSize) say('error', 'size-without-cls', 'SIZE changed without CLS: the buffer still has the old size');
      print(args);
    } else if (name === 'OUT' || name === 'OUTR' || name.startsWith('~!')) {
      if (name === '~!D') say('error', 'hex-dump', '~!D puts the printer into hex-dump mode');
      out.push({ kind: 'query', query: { name, args: args.map((one) => one.text), immediate: false } });
    } else if (name !== 'DOWNLOAD' && !ignored.has(name)) {
      say('error', 'unknown-command', `${JSON.stringify(name.slice(0, 40))} is no TSPL command`);
    }
  };

  const drain = (): void => {
    for (;;) {
      const unit = nextTsplUnit(inbox, { zlib: options.tsplZlib === true });
      if (unit === 'more') return;
      if (unit.kind === 'immediate') {
        out.push({ kind: 'query', query: { name: `ESC!${unit.code}`, args: [], immediate: true } });
        continue;
      }
      out.push({ kind: 'command', command: { name: unit.name, args: unit.args.map((one) => one.text), ...(unit.payload === undefined ? {} : { payload: unit.payload }) } });
      line(unit);
    }
  };
  const { feed, flush } = feeding(inbox, out, drain);
  return {
    feed,
    end() {
      if (inbox.size > 0) {
        say('error', 'unfinished', `stream ends inside a command, ${inbox.size} bytes left: ${JSON.stringify(inbox.peek(30))}`);
        inbox.clear();
      }
      return flush();
    },
    cancel() {
      inbox.clear();
      if (paper !== undefined) paper = createPaper(paper.width, paper.height);
    },
  };
}

function shiftedSheet(source: Paper, x: number, y: number): Paper {
  const result = createPaper(source.width, source.height);
  blit(result, source, x, y, 'or');
  return result;
}
