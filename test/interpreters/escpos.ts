/**
 * ESC/POS as a receipt printer understands it: text flows in lines, pictures and codes stand between them, a cut ends
 * the piece of paper. Real-time status is scanned in the raw stream, image bytes included.
 */
import iconv from 'iconv-lite';
import { createInbox, feeding, latin1 } from './inbox.ts';
import { blit, createPaper, frameRect, paperFromRows } from './paper.ts';
import type { Paper } from './paper.ts';
import { barsToPaper, code128FromValues, hasTwoWidths, linear, qr, qrToPaper } from './symbols.ts';
import type { Elements, SymbolResult, Symbology } from './symbols.ts';
import { textOfValues } from './tspl-codes.ts';
import { collect, withEarlier } from './types.ts';
import type { Interpreter, InterpreterOptions, Occurrence, Printout, Problem } from './types.ts';
import { nextEscposUnit } from './escpos-syntax.ts';
import type { EscposUnit } from './escpos-syntax.ts';

export function interpretEscpos(bytes: Uint8Array, options: InterpreterOptions): Printout {
  return collect(createEscposInterpreter(options), bytes);
}

export function createEscposInterpreter(options: InterpreterOptions): Interpreter {
  return withEarlier(() => firmware(options), options);
}

const symbologies: Readonly<Record<number, Symbology>> = { 65: 'upca', 66: 'upce', 67: 'ean13', 68: 'ean8', 69: 'code39', 70: 'itf', 71: 'codabar', 72: 'code93', 0: 'upca', 1: 'upce', 2: 'ean13', 3: 'ean8', 4: 'code39', 5: 'itf', 6: 'codabar' };
/** Commands that only change how text looks, or nothing the judge draws. */
const quiet = new Set(['ESC E', 'ESC G', 'ESC -', 'FS -', 'ESC R', 'ESC t', 'FS C', 'ESC {', 'ESC =', 'GS B', 'GS f', 'ESC c', 'ESC D', 'GS P', 'GS b', 'ESC e', 'ESC V', 'FS 2']);

const draws = new Set(['TEXT', 'LF', 'GS v 0', 'GS ( L', 'GS k', 'ESC *']);

function freshStyle(): { align: number; wide: number; high: number; font: number; spacing: number; chinese: boolean; kanji: { wide: number; high: number }; bar: { height: number; module: number; hri: number }; left: number } {
  return { align: 0, wide: 1, high: 1, font: 0, spacing: 30, chinese: false, kanji: { wide: 1, high: 1 }, bar: { height: 162, module: 3, hri: 0 }, left: 0 };
}

function firmware(options: InterpreterOptions): Interpreter {
  const inbox = createInbox();
  const width = options.headDots ?? 576;
  let roll = createPaper(width, 256);
  let y = 0;
  let style = freshStyle();
  let qrState = { model: 0, module: 3, level: 48, data: '' };
  let stored: Paper | undefined;
  let line: { text: string; image: Paper }[] = [];
  let texts: string[] = [];
  let codes: { format: string; text: string }[] = [];
  let inked = false;
  /** True after ESC @: nothing of an earlier job is in force. */
  let reset = false;
  const out: Occurrence[] = [];

  const say = (severity: Problem['severity'], code: string, message: string): void => {
    out.push({ kind: 'problem', problem: { severity, code, message, offset: inbox.taken } });
  };
  const grow = (rows: number): void => {
    if (rows <= roll.height) return;
    const next = createPaper(width, Math.max(rows, roll.height * 2));
    next.bits.set(roll.bits);
    roll = next;
  };
  const offset = (wide: number): number => (style.align === 1 ? Math.floor((width - wide) / 2) : style.align === 2 ? width - wide : style.left);
  const image = (name: string, picture: Paper): void => {
    if (line.length > 0) feedLine();
    grow(y + picture.height);
    if (picture.width > width) say('error', 'off-label', `${name}: ${picture.width} dots on a head of ${width}`);
    blit(roll, picture, offset(Math.min(picture.width, width)), y, 'or');
    y += picture.height;
    inked = true;
  };
  const feedLine = (): void => {
    const wide = line.reduce((sum, one) => sum + one.image.width, 0);
    const high = Math.max(style.spacing, ...line.map((one) => one.image.height));
    grow(y + high);
    let x = offset(wide);
    const base = Math.max(0, ...line.map((one) => one.image.height));
    for (const one of line) {
      blit(roll, one.image, x, y + base - one.image.height, 'or');
      x += one.image.width;
    }
    if (line.length > 0) {
      texts.push(line.map((one) => one.text).join(''));
      inked = true;
    }
    line = [];
    y += high;
  };
  const feed = (dots: number): void => {
    if (line.length > 0) feedLine();
    grow(y + dots);
    y += dots;
  };
  const text = (bytes: Uint8Array): void => {
    for (let at = 0; at < bytes.length; ) {
      const byte = bytes[at] ?? 0;
      const pair = style.chinese && byte >= 0x81 && at + 1 < bytes.length;
      if (style.chinese && byte >= 0x81 && at + 1 >= bytes.length) say('error', 'half-hanzi', 'text ends in the middle of a two-byte character');
      const letter = pair ? iconv.decode(Buffer.from(bytes.subarray(at, at + 2)), 'gbk') : String.fromCharCode(byte);
      if (pair && letter.includes('\ufffd')) say('error', 'bad-hanzi', `bytes ${byte.toString(16)} ${(bytes[at + 1] ?? 0).toString(16)} are no GBK character`);
      if (!pair && byte >= 0x80) say('warning', 'code-page', `byte ${byte.toString(16)} outside Chinese mode depends on the code page`);
      const cell = pair ? { width: 24 * Math.max(style.wide, style.kanji.wide), height: 24 * Math.max(style.high, style.kanji.high) } : { width: (style.font === 1 ? 9 : 12) * style.wide, height: (style.font === 1 ? 17 : 24) * style.high };
      const used = line.reduce((sum, one) => sum + one.image.width, 0);
      if (used + cell.width > width - style.left) {
        say('warning', 'wrapped', `line of text is wider than the paper: …${line.map((one) => one.text).join('').slice(-12)}`);
        feedLine();
      }
      const glyph = createPaper(cell.width, cell.height);
      if (letter !== ' ') frameRect(glyph, 1, 1, cell.width - 2, cell.height - 2, 1, 'black');
      line.push({ text: letter, image: glyph });
      at += pair ? 2 : 1;
    }
  };
  const cut = (): void => {
    if (line.length > 0) feedLine();
    if (!inked) {
      y = 0;
      return;
    }
    const sheet = createPaper(width, Math.max(1, y));
    sheet.bits.set(roll.bits.subarray(0, sheet.bits.length));
    out.push({ kind: 'label', offset: inbox.taken, label: { widthDots: width, heightDots: sheet.height, stride: sheet.stride, bits: sheet.bits, texts, codes, settings: {}, echo: '' } });
    roll = createPaper(width, 256);
    y = 0;
    texts = [];
    codes = [];
    inked = false;
    reset = false;
  };
  const barcode = (type: number, bytes: Uint8Array): void => {
    let elements: SymbolResult<Elements>;
    let value = latin1(bytes);
    const symbology = symbologies[type];
    if (type === 73) {
      const values = bracedValues(value);
      elements = values.ok ? code128FromValues(values.value) : values;
      if (values.ok) value = textOfValues(values.value);
    } else elements = symbology === undefined ? { ok: false, reason: `type ${type} is not judged` } : linear(symbology, value);
    if (!elements.ok) return say('error', 'bad-code', `GS k: ${elements.reason}`);
    const two = symbology !== undefined && hasTwoWidths(symbology);
    if (two) say('note', 'wide-bars', 'GS k: width of wide bars is up to the firmware');
    const bars = barsToPaper(elements.value.map((one) => (two ? (one > 1 ? Math.round(style.bar.module * 2.5) : style.bar.module) : one * style.bar.module)), style.bar.height);
    if (bars.width > width) return say('error', 'off-label', `GS k: ${bars.width} dots on a head of ${width}, nothing is printed`);
    codes.push({ format: type === 73 ? '128' : String(type), text: value });
    if (style.bar.hri !== 0) say('note', 'printer-text', 'GS k: human readable line in the font of the printer');
    image('GS k', bars);
  };
  const symbol = (data: Uint8Array): void => {
    const [cn, fn, ...rest] = data;
    if (cn !== 49) return say('error', 'unknown-command', `GS ( k code ${cn}`);
    if (fn === 65) qrState.model = rest[0] ?? 0;
    else if (fn === 67) qrState.module = rest[0] ?? 0;
    else if (fn === 69) qrState.level = rest[0] ?? 48;
    else if (fn === 80) qrState.data = latin1(data.subarray(3));
    else if (fn === 81) {
      if (qrState.model !== 50) say('error', 'qr-model-1', 'GS ( k: model 2 was not chosen');
      const level = (['L', 'M', 'Q', 'H'] as const)[qrState.level - 48];
      if (level === undefined || qrState.module < 1 || qrState.module > 16) return say('error', 'bad-argument', `GS ( k: level ${qrState.level}, module ${qrState.module}`);
      const code = qr({ bytes: qrState.data, level });
      if (!code.ok) return say('error', 'bad-code', code.reason);
      say('note', 'qr-mask', 'GS ( k: mask chosen by the printer');
      codes.push({ format: 'qr', text: qrState.data });
      image('GS ( k', qrToPaper(code.value, qrState.module));
    } else say('error', 'unknown-command', `GS ( k function ${fn}`);
  };
  const graphics = (data: Uint8Array): void => {
    const [m, fn] = data;
    if (m !== 48) return say('error', 'bad-argument', `GS ( L m ${m}`);
    if (fn === 50 || fn === 2) {
      if (stored === undefined) return say('error', 'no-graphic', 'GS ( L prints nothing stored');
      image('GS ( L', stored);
      stored = undefined;
    } else if (fn === 112) {
      const [, , tone, bx = 1, by = 1] = data;
      const [w, h] = [(data[6] ?? 0) + (data[7] ?? 0) * 256, (data[8] ?? 0) + (data[9] ?? 0) * 256];
      if (tone !== 48 || bx !== 1 || by !== 1) say('warning', 'not-modelled', 'GS ( L tone or scale');
      const rows = data.subarray(10);
      if (rows.length !== Math.ceil(w / 8) * h) return say('error', 'bad-graphic', `GS ( L: ${rows.length} bytes for ${w} × ${h} dots`);
      stored = paperFromRows(w, h, rows);
    } else say('error', 'unknown-command', `GS ( L function ${fn}`);
  };
  const columns = (mode: number, count: number, data: Uint8Array): void => {
    const tall = mode >= 32 ? 24 : 8;
    const picture = createPaper(count, tall);
    for (let x = 0; x < count; x++) for (let row = 0; row < tall; row++) if (((data[x * (tall / 8) + (row >> 3)] ?? 0) >> (7 - (row & 7))) & 1) picture.bits[row * picture.stride + (x >> 3)]! |= 0x80 >> (x & 7);
    if (mode !== 33) say('note', 'not-modelled', `ESC * mode ${mode} density`);
    line.push({ text: '', image: picture });
  };
  const raster = (args: readonly number[], data: Uint8Array): void => {
    const [m = 0, wide = 0, high = 0] = args;
    if (high > 256) say('warning', 'big-band', `GS v 0 band of ${high} rows`);
    if (m % 48 !== 0) say('warning', 'not-modelled', `GS v 0 mode ${m}`);
    for (let at = 0; at + 2 < data.length; at++) if (data[at] === 0x10 && data[at + 1] === 0x04 && (data[at + 2] ?? 0) >= 1 && (data[at + 2] ?? 0) <= 4) {
      say('note', 'status-in-image', 'image bytes look like a real-time status request and are answered');
      out.push({ kind: 'query', query: { name: 'DLE EOT', args: [String(data[at + 2])], immediate: true } });
    }
    image('GS v 0', paperFromRows(wide * 8, high, data));
  };

  const run = (unit: EscposUnit): void => {
    const [a = 0, b = 0] = unit.args;
    if (!reset && draws.has(unit.name)) {
      say('warning', 'sticky', `${unit.name} with settings of an earlier job: no ESC @`);
      reset = true;
    }
    const data = unit.data ?? new Uint8Array();
    switch (unit.name) {
      case 'TEXT': return text(data);
      case 'LF': return feedLine();
      case 'CR': case 'HT': return;
      case 'ESC @':
        reset = true;
        if (line.length > 0) say('warning', 'lost-line', 'ESC @ drops a line that was not printed');
        line = [];
        style = freshStyle();
        qrState = { model: 0, module: 3, level: 48, data: '' };
        return;
      case 'ESC a': style.align = a % 48; return;
      case 'ESC !': style.font = a & 1; style.high = a & 16 ? 2 : 1; style.wide = a & 32 ? 2 : 1; return;
      case 'ESC M': style.font = a % 48; return;
      case 'GS !': style.wide = (a >> 4) + 1; style.high = (a & 15) + 1; return;
      case 'ESC 2': style.spacing = 30; return;
      case 'ESC 3': style.spacing = a; return;
      case 'ESC J': return feed(a);
      case 'ESC d': {
        if (line.length > 0) feedLine();
        return feed(a * style.spacing);
      }
      case 'GS L': style.left = a + b * 256; return;
      case 'GS W': case 'ESC  ': case 'ESC $': case 'ESC \\': case 'FS S': return say('note', 'not-modelled', `${unit.name} is not drawn`);
      case 'FS &': style.chinese = true; return;
      case 'FS .': style.chinese = false; return;
      case 'FS !': style.kanji = { wide: a & 4 ? 2 : 1, high: a & 8 ? 2 : 1 }; return;
      case 'FS W': style.kanji = { wide: a & 1 ? 2 : 1, high: a & 1 ? 2 : 1 }; return;
      case 'GS h': style.bar.height = a; return;
      case 'GS w': style.bar.module = a; if (a < 2 || a > 6) say('error', 'bad-argument', `GS w ${a}`); return;
      case 'GS H': style.bar.hri = a % 48; return;
      case 'GS k': return barcode(a, data);
      case 'GS ( k': return symbol(data);
      case 'GS ( L': case 'GS 8 L': return graphics(data);
      case 'GS v 0': return raster(unit.args, data);
      case 'ESC *': return columns(a, b, data);
      case 'GS V':
        if (a >= 65) feed(b);
        return cut();
      case 'ESC i': case 'ESC m': return cut();
      case 'GS ( H':
        if (data.length !== 6 || data[0] !== 48 || data[1] !== 48) return say('error', 'bad-argument', 'GS ( H: function 48 with four characters wanted');
        out.push({ kind: 'query', query: { name: 'GS ( H', args: [latin1(data.subarray(2))], immediate: false } });
        return;
      case 'DLE EOT':
        out.push({ kind: 'query', query: { name: 'DLE EOT', args: [String(a)], immediate: true } });
        return;
      case 'GS r': case 'GS I':
        out.push({ kind: 'query', query: { name: unit.name, args: [String(a)], immediate: false } });
        return;
      case 'GS a':
        out.push({ kind: 'query', query: { name: 'GS a', args: [String(a)], immediate: true } });
        return;
      case 'ESC p': case 'DLE DC4':
        out.push({ kind: 'query', query: { name: 'drawer', args: [String(a)], immediate: false } });
        return;
      case 'GS ( D': case 'DLE ENQ': case 'GS ( A': case 'GS ( E': case 'ESC B': return;
      default:
        if (quiet.has(unit.name)) return;
        say('error', 'unknown-command', `${unit.name} ${unit.args.map((one) => one.toString(16)).join(' ')} is no ESC/POS command the judge knows`);
    }
  };
  const drain = (): void => {
    for (;;) {
      const unit = nextEscposUnit(inbox);
      if (unit === 'more') return;
      const args = unit.name === 'TEXT' ? [latin1(unit.data ?? new Uint8Array())] : unit.args.map(String);
      out.push({ kind: 'command', command: { name: unit.name, args, ...(unit.data === undefined ? {} : { payload: unit.data }) } });
      run(unit);
    }
  };
  const { feed: take, flush } = feeding(inbox, out, drain);
  return {
    feed: take,
    end() {
      if ((inbox.at(0) ?? 0) >= 0x20) {
        say('warning', 'lost-line', 'the last line was not ended and is not printed');
        inbox.clear();
      } else if (inbox.size > 0) {
        say('error', 'unfinished', `stream ends inside a command, ${inbox.size} bytes left`);
        inbox.clear();
      }
      if (line.length > 0) say('warning', 'lost-line', 'the last line was not ended and is not printed');
      line = [];
      if (inked) {
        say('note', 'not-cut', 'the paper was not cut');
        cut();
      }
      return flush();
    },
    cancel() {
      inbox.clear();
      line = [];
      stored = undefined;
    },
  };
}

/** `{A`, `{B`, `{C` choose the subset, `{1` FNC1, `{S` shift, `{{` a brace; in subset C every byte is a pair value. */
export function bracedValues(data: string): SymbolResult<readonly number[]> {
  const values: number[] = [];
  let subset: 'A' | 'B' | 'C' | undefined;
  for (let at = 0; at < data.length; at++) {
    const code = data.charCodeAt(at);
    if (data[at] === '{') {
      const next = data[at + 1] ?? '';
      at++;
      if (next === 'A' || next === 'B' || next === 'C') {
        values.push(subset === undefined ? { A: 103, B: 104, C: 105 }[next] : { A: 101, B: 100, C: 99 }[next]);
        subset = next;
        continue;
      }
      if (next === '1') values.push(102);
      else if (next === '{' && subset === 'B') values.push(91);
      else if (next === 'S') values.push(98);
      else return { ok: false, reason: `{${next} is not known` };
      continue;
    }
    if (subset === undefined) return { ok: false, reason: 'data must begin with a subset' };
    const value = subset === 'C' ? code : subset === 'B' ? code - 32 : code < 32 ? code + 64 : code - 32;
    if (value < 0 || value > (subset === 'C' ? 99 : 95)) return { ok: false, reason: `byte ${code} is not in subset ${subset}` };
    values.push(value);
  }
  return values.length > 1 ? { ok: true, value: values } : { ok: false, reason: 'no data' };
}
