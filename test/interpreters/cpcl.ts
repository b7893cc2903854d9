/**
 * CPCL as a mobile printer understands it: a page begins with `! offset hres vres height qty`, ink below its height is
 * cut off, CG carries counted bytes with 1 = black, a line break in data ends the command.
 */
import { createInbox, feeding, fromLatin1 } from './inbox.ts';
import { blit, createPaper, fillRect, frameRect, paperFromRows, turned } from './paper.ts';
import type { Paper } from './paper.ts';
import { barsToPaper, code128Automatic, hasTwoWidths, linear, qr, qrToPaper } from './symbols.ts';
import type { Elements, SymbolResult, Symbology } from './symbols.ts';
import { collect, withEarlier } from './types.ts';
import type { Interpreter, InterpreterOptions, Occurrence, Printout, Problem } from './types.ts';

export function interpretCpcl(bytes: Uint8Array, options: InterpreterOptions): Printout {
  return collect(createCpclInterpreter(options), bytes);
}

export function createCpclInterpreter(options: InterpreterOptions): Interpreter {
  return withEarlier(() => firmware(options), options);
}

const symbologies: Readonly<Record<string, Symbology>> = { EAN13: 'ean13', EAN8: 'ean8', UPCA: 'upca', UPCE: 'upce', '39': 'code39', '93': 'code93', CODABAR: 'codabar', I2OF5: 'itf' };
/** Wide-to-narrow ratio of the ratio codes. */
const ratios: Readonly<Record<number, number>> = { 0: 1.5, 1: 2, 2: 2.5, 3: 3, 4: 3.5 };
const ratioOf = (code: number): number | undefined => ratios[code] ?? (code >= 20 && code <= 30 ? code / 10 : undefined);
/** Latin cells of the fonts named in vendor material. */
const fonts: Readonly<Record<string, { width: number; height: number }>> = { '0': { width: 8, height: 9 }, '1': { width: 9, height: 17 }, '2': { width: 8, height: 16 }, '3': { width: 10, height: 20 }, '4': { width: 16, height: 32 }, '5': { width: 12, height: 24 }, '7': { width: 12, height: 24 }, '8': { width: 12, height: 24 }, '20': { width: 8, height: 16 }, '55': { width: 8, height: 16 }, '28': { width: 14, height: 28 }, '24': { width: 12, height: 24 } };
const kept = new Set(['SPEED', 'TONE', 'CONTRAST', 'PACE', 'NO-PACE', 'PREFEED', 'POSTFEED', 'PRESENT-AT', 'SETFF', 'ON-FEED', 'COUNTRY', 'ENCODING', 'WAIT', 'GAP-SENSE', 'BAR-SENSE', 'SETBOLD', 'SETSP', 'CENTER', 'LEFT', 'RIGHT', 'SETMAG', 'JOURNAL', 'LABEL', 'BEEP', 'SETLF', 'SETLP', 'BACKFEED', 'REVERSE']);

interface Page {
  offset: number;
  height: number;
  copies: number;
  paper: Paper;
  sized: boolean;
  form: boolean;
  texts: string[];
  codes: { format: string; text: string }[];
}

function firmware(options: InterpreterOptions): Interpreter {
  const inbox = createInbox();
  const settings = new Map<string, string>();
  const head = options.headDots ?? 832;
  let width = head;
  let page: Page | undefined;
  let utilities = false;
  let magnify = { x: 1, y: 1 };
  let barcodeText = false;
  let qrOpen: { x: number; y: number; unit: number; lines: string[]; turned: boolean } | undefined;
  const out: Occurrence[] = [];

  const say = (severity: Problem['severity'], code: string, message: string): void => {
    out.push({ kind: 'problem', problem: { severity, code, message, offset: inbox.taken } });
  };
  const numbers = (name: string, words: readonly string[], count: number): number[] =>
    Array.from({ length: count }, (_, index) => {
      const value = Number(words[index]);
      if (words[index] === undefined || !Number.isFinite(value)) say('error', 'bad-argument', `${name}: argument ${index + 1} is not a number`);
      else if (!Number.isInteger(value)) say('error', 'fraction', `${name}: ${value}, dots are whole`);
      return Number.isFinite(value) ? Math.trunc(value) : 0;
    });
  const lost = (name: string, was: boolean): void => {
    if (was) say('error', 'off-label', `${name}: ink beyond the page`);
  };
  /** Turned forms go counter-clockwise about the anchor. */
  const put = (name: string, source: Paper, x: number, y: number, vertical: boolean): void => {
    if (page === undefined) return;
    if (vertical) say('note', 'turned-anchor', `${name}: where a turned symbol is anchored is not settled`);
    const image = vertical ? turned(source, 270) : source;
    lost(name, blit(page.paper, image, x + page.offset, vertical ? y - image.height : y, 'or'));
  };

  const begin = (words: readonly string[]): void => {
    const [offset, hres, vres, height, copies] = numbers('!', words, 5) as [number, number, number, number, number];
    if (page !== undefined) say('error', 'no-print', 'a page begins before PRINT of the last');
    if (![100, 200].includes(hres) || ![100, 200].includes(vres)) say('error', 'bad-argument', `! resolution ${hres} ${vres}`);
    if (height < 1 || height > 65535 || copies < 0 || copies > 1024) say('error', 'bad-argument', `! height ${height} quantity ${copies}`);
    page = { offset, height, copies, paper: createPaper(width, Math.max(1, height)), sized: false, form: false, texts: [], codes: [] };
    barcodeText = false;
    magnify = { x: 1, y: 1 };
  };
  const print = (upside: boolean): void => {
    if (page === undefined) return say('error', 'no-page', 'PRINT without a page');
    const done = page;
    page = undefined;
    if (!done.sized) say('warning', 'sticky', 'PAGE-WIDTH is taken over from an earlier page');
    if (!done.form) say('warning', 'no-form', 'PRINT without FORM does not seek the gap');
    if (magnify.x !== 1 || magnify.y !== 1) say('warning', 'sticky', 'SETMAG is left behind');
    const image = upside ? turned(done.paper, 180) : done.paper;
    for (let count = 0; count < done.copies; count++) {
      out.push({ kind: 'label', offset: inbox.taken, label: { widthDots: image.width, heightDots: image.height, stride: image.stride, bits: image.bits.slice(), texts: done.texts, codes: done.codes, settings: Object.fromEntries(settings), echo: '' } });
    }
  };
  const barcode = (name: string, rest: string, vertical: boolean): void => {
    const qrMatch = /^QR\s+(.*)$/i.exec(rest);
    if (qrMatch !== null) {
      const words = (qrMatch[1] ?? '').trim().split(/\s+/);
      const [x, y] = numbers(name, words, 2) as [number, number];
      const model = words[words.findIndex((word) => word.toUpperCase() === 'M') + 1];
      if (!words.some((word) => word.toUpperCase() === 'M') || model !== '2') say('error', 'qr-model-1', `${name} QR without M 2`);
      const unitAt = words.findIndex((word) => word.toUpperCase() === 'U');
      const unit = unitAt < 0 ? 6 : Number(words[unitAt + 1]);
      if (!Number.isInteger(unit) || unit < 1 || unit > 32) say('error', 'bad-argument', `${name} QR unit ${words[unitAt + 1] ?? ''}`);
      qrOpen = { x, y, unit, lines: [], turned: vertical };
      return;
    }
    const match = /^(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s(.*)$/s.exec(rest);
    if (match === null) return say('error', 'bad-argument', `${name}: type, narrow, ratio, height, x, y and data wanted`);
    const [, type = '', ...tail] = match;
    const [narrow, ratioCode, height, x, y] = numbers(name, tail, 5) as [number, number, number, number, number];
    const data = tail[5] ?? '';
    const ratio = ratioOf(ratioCode);
    if (ratio === undefined || narrow < 1 || height < 1) return say('error', 'bad-argument', `${name}: narrow ${narrow}, ratio ${ratioCode}, height ${height}`);
    const symbology = symbologies[type.toUpperCase()];
    const elements: SymbolResult<Elements> = type === '128' ? code128Automatic(data) : symbology === undefined ? { ok: false, reason: `type ${type} is not judged` } : linear(symbology, data);
    if (!elements.ok) return say('error', 'bad-code', `${name}: ${elements.reason}`);
    if (barcodeText) say('note', 'printer-text', `${name}: human readable line in the font of the printer`);
    const two = symbology !== undefined && hasTwoWidths(symbology);
    page?.codes.push({ format: type, text: data });
    put(name, barsToPaper(elements.value.map((one) => (two ? (one > 1 ? Math.floor(narrow * ratio) : narrow) : one * narrow)), height), x, y, vertical);
  };
  const endQr = (): void => {
    const open = qrOpen;
    qrOpen = undefined;
    if (open === undefined) return say('error', 'bad-code', 'ENDQR without QR');
    const match = /^([HQML])([AM]),(.*)$/s.exec(open.lines.join('\r\n'));
    if (match === null) return say('error', 'bad-code', 'QR data needs level, mode and a comma');
    const [, level, mode, data = ''] = match as unknown as [string, 'H' | 'Q' | 'M' | 'L', string, string];
    if (mode !== 'A') say('warning', 'not-modelled', 'QR in manual mode');
    say('note', 'qr-mask', 'QR: mask chosen by the printer');
    const code = qr({ bytes: data, level });
    if (!code.ok) return say('error', 'bad-code', code.reason);
    page?.codes.push({ format: 'qr', text: data });
    put('QR', qrToPaper(code.value, open.unit), open.x, open.y, open.turned);
  };
  const text = (name: string, rest: string): void => {
    const match = /^(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s(.*)$/s.exec(rest);
    if (match === null) return say('error', 'bad-argument', `${name}: font, size, x, y and data wanted`);
    const [, font = '', , x = '', y = '', data = ''] = match;
    const cell = fonts[font];
    if (cell === undefined) return say('warning', 'unknown-font', `${name}: font ${font}`);
    page?.texts.push(data);
    const paper = createPaper(data.length * cell.width * magnify.x, cell.height * magnify.y);
    [...data].forEach((letter, index) => {
      if (letter !== ' ') frameRect(paper, index * cell.width * magnify.x + 1, 1, cell.width * magnify.x - 2, cell.height * magnify.y - 2, 1, 'black');
    });
    const [left, top] = numbers(name, [x, y], 2) as [number, number];
    put(name, paper, left, top, /^(TEXT90|T90|VT|VTEXT)$/.test(name));
  };
  const lines = (name: string, rest: string): void => {
    if (page === undefined) return;
    const [x0, y0, x1, y1, t] = numbers(name, rest.trim().split(/\s+/), 5) as [number, number, number, number, number];
    const [left, top] = [Math.min(x0, x1) + page.offset, Math.min(y0, y1)];
    const [wide, high] = [Math.abs(x1 - x0), Math.abs(y1 - y0)];
    say('note', 'line-end', `${name}: whether the end coordinate belongs to it is not settled`);
    if (name === 'BOX') return lost(name, frameRect(page.paper, left, top, wide, high, t, 'black'));
    if (wide !== 0 && high !== 0) return say('warning', 'not-modelled', `${name}: slanting`);
    const ink = name.startsWith('I') ? 'invert' : 'black';
    lost(name, fillRect(page.paper, left, top, wide === 0 ? t : wide, high === 0 ? t : high, ink));
  };
  const graphic = (name: string, words: readonly string[], payload: Uint8Array | undefined): void => {
    const [wide, high, x, y] = numbers(name, words, 4) as [number, number, number, number];
    let rows = payload;
    if (rows === undefined) {
      const hex = words.slice(4).join('');
      if (!/^[0-9A-Fa-f]*$/.test(hex) || hex.length !== wide * high * 2) return say('error', 'bad-graphic', `${name}: ${hex.length} hex digits for ${wide} × ${high} bytes`);
      rows = new Uint8Array(Buffer.from(hex, 'hex'));
    }
    put(name, paperFromRows(wide * 8, high, rows), x, y, name.startsWith('V'));
  };

  const line = (raw: string, payload: Uint8Array | undefined): void => {
    const match = /^\s*(\S+)\s?(.*)$/s.exec(raw);
    if (match === null) return;
    const name = (match[1] ?? '').toUpperCase();
    const rest = match[2] ?? '';
    const words = rest.trim() === '' ? [] : rest.trim().split(/\s+/);
    if (qrOpen !== undefined && name !== 'ENDQR') {
      qrOpen.lines.push(raw);
      out.push({ kind: 'command', command: { name: 'QR-DATA', args: [raw] } });
      return;
    }
    out.push({ kind: 'command', command: { name, args: words, ...(payload === undefined ? {} : { payload }) } });
    if (name === '!') {
      if (words[0]?.toUpperCase() === 'U1') return sgd(rest, words);
      if (/^(UTILITIES|U)$/i.test(words[0] ?? '')) {
        utilities = true;
        return;
      }
      return begin(words);
    }
    if (utilities) {
      if (name === 'PRINT') utilities = false;
      else settings.set(name, words.join(' '));
      return;
    }
    if (page === undefined) return say('error', 'no-page', `${JSON.stringify(name.slice(0, 30))} outside a page prints as text`);
    if (name === 'PAGE-WIDTH' || name === 'PW') {
      const [value] = numbers(name, words, 1) as [number];
      if (value > head) say('error', 'beyond-head', `PAGE-WIDTH ${value}: the head has ${head} dots`);
      width = Math.min(head, Math.max(1, value));
      const next = createPaper(width, page.paper.height);
      blit(next, page.paper, 0, 0, 'or');
      page.paper = next;
      page.sized = true;
      settings.set('PAGE-WIDTH', String(value));
    } else if (name === 'FORM') page.form = true;
    else if (name === 'PRINT' || name === 'PO-PRINT' || name === 'POPRINT') print(name !== 'PRINT');
    else if (name === 'BARCODE' || name === 'B') barcode(name, rest.trimStart(), false);
    else if (name === 'VBARCODE' || name === 'VB') barcode(name, rest.trimStart(), true);
    else if (name === 'BARCODE-TEXT' || name === 'BT') barcodeText = words[0]?.toUpperCase() !== 'OFF';
    else if (name === 'ENDQR') endQr();
    else if (/^(TEXT|T|TEXT90|T90|VT|VTEXT|TEXT180|T180|TEXT270|T270)$/.test(name)) text(name, rest.trimStart());
    else if (/^(LINE|L|BOX|INVERSE-LINE|IL)$/.test(name)) lines(name, rest);
    else if (/^(EG|VEG|EXPANDED-GRAPHICS|CG|VCG|COMPRESSED-GRAPHICS)$/.test(name)) graphic(name, words, payload);
    else if (name === 'ABORT') page = undefined;
    else if (kept.has(name)) {
      settings.set(name, words.join(' '));
      if (name === 'SETMAG') magnify = { x: Math.max(1, Number(words[0])), y: Math.max(1, Number(words[1])) };
      if (name === 'ON-FEED' && words[0]?.toUpperCase() === 'REPRINT') say('error', 'reprints', 'ON-FEED REPRINT makes the feed key print the last label again');
    } else if (name !== ';' && !name.startsWith(';')) say('error', 'unknown-command', `${JSON.stringify(name.slice(0, 30))} is no CPCL command the judge knows`);
  };
  const sgd = (rest: string, words: readonly string[]): void => {
    const match = /^U1 getvar "([^"]*)"$/i.exec(rest.trim());
    if (match !== null) out.push({ kind: 'query', query: { name: 'SGD getvar', args: [match[1] ?? ''], immediate: true } });
    else settings.set(words.slice(1, 2).join(' ').toUpperCase(), words.slice(2).join(' '));
  };

  const countedHead = /^\s*(CG|VCG|COMPRESSED-GRAPHICS)\s+(\d+)\s+(\d+)\s+(\S+)\s+(\S+) /i;
  const drain = (): void => {
    for (;;) {
      const first = inbox.at(0);
      if (first === undefined) return;
      if (first === 0x0d || first === 0x0a) {
        inbox.take(1);
        continue;
      }
      if (first === 0x1b) {
        if (inbox.size < 2) return;
        const code = inbox.peek(2)[1] ?? '';
        inbox.take(2);
        out.push({ kind: 'query', query: { name: `ESC ${code}`, args: [], immediate: true } });
        continue;
      }
      const peeked = inbox.peek(100);
      if (qrOpen === undefined && /^\s*(V?CG|COMPRESSED-GRAPHICS)\b/i.test(peeked)) {
        const match = countedHead.exec(peeked);
        if (match === null && inbox.size < 100 && !/[\r\n]/.test(peeked)) return;
        if (match !== null) {
          const size = Number(match[2]) * Number(match[3]);
          if (inbox.size < match[0].length + size) return;
          inbox.take(match[0].length);
          line(match[0].trimEnd(), inbox.take(size));
          continue;
        }
      }
      const end = inbox.findAgain((byte) => byte === 0x0d || byte === 0x0a, 0);
      if (end < 0) return;
      line(Buffer.from(inbox.take(end)).toString('latin1'), undefined);
    }
  };
  const { feed, flush } = feeding(inbox, out, drain);
  return {
    feed,
    end() {
      if (inbox.size > 0) {
        const rest = inbox.peek(40);
        if (inbox.size < 60 && /^(PRINT|PO-PRINT)$/i.test(rest.trim())) {
          inbox.append(fromLatin1('\r\n'));
          drain();
        } else say('error', 'unfinished', `stream ends inside a command, ${inbox.size} bytes left: ${JSON.stringify(rest)}`);
        inbox.clear();
      }
      if (page !== undefined) {
        say('error', 'unfinished', 'stream ends without PRINT');
        page = undefined;
      }
      qrOpen = undefined;
      return flush();
    },
    cancel() {
      inbox.clear();
      page = undefined;
      qrOpen = undefined;
    },
  };
}
