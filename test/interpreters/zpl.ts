/**
 * ZPL II as a Zebra printer understands it, from the facts of the programming guide: `^BY`, `^PW`, `^LL`, `^LH`, `^CI`
 * and friends outlive a format, `^FO` QR codes sink by the `^BY` height, a wrong graphic check leaves the label blank.
 */
import { createInbox, feeding } from './inbox.ts';
import { blit, createPaper, frameRect, mirrored, paperFromRows, turned } from './paper.ts';
import type { Paper, QuarterTurn } from './paper.ts';
import { collect, withEarlier } from './types.ts';
import type { Interpreter, InterpreterOptions, Occurrence, Printout, Problem } from './types.ts';
import { nextZplUnit, unhex, utf8 } from './zpl-syntax.ts';
import type { ZplPrefixes, ZplUnit } from './zpl-syntax.ts';
import { decodeGraphic } from './zpl-graphics.ts';
import { drawZplCode } from './zpl-codes.ts';
import type { ZplCode } from './zpl-codes.ts';

export function interpretZpl(bytes: Uint8Array, options: InterpreterOptions): Printout {
  return collect(createZplInterpreter(options), bytes);
}

export function createZplInterpreter(options: InterpreterOptions): Interpreter {
  return withEarlier(() => firmware(options), options);
}

interface Field {
  x: number;
  y: number;
  placed: boolean;
  baseline: boolean;
  data: string | undefined;
  escape: string | undefined;
  reverse: boolean;
  number: number | undefined;
  code: ZplCode | undefined;
  turn: QuarterTurn;
  font: { width: number; height: number } | undefined;
  picture: Paper | undefined;
  box: { width: number; height: number; thickness: number; ink: 'black' | 'white' } | undefined;
}

const turns: Readonly<Record<string, QuarterTurn>> = { N: 0, R: 90, I: 180, B: 270 };
/** Settings that are only remembered, with the prefix they come under. */
const remembered = new Set(['^MN', '^MM', '^MT', '^PR', '~SD', '^MD', '~TA', '^JZ', '^CI', '^LS', '^MF', '^ML', '^SX', '^PA', '^CW', '^SE', '~JS', '^PM', '^MU', '^LT', '^JM']);

function firmware(options: InterpreterOptions): Interpreter {
  const inbox = createInbox();
  const prefixes: ZplPrefixes = { caret: 0x5e, tilde: 0x7e };
  const settings = new Map<string, string>();
  const stored = new Map<string, Paper>();
  const sticky = { by: { width: 2, ratio: 3, height: 10 }, home: { x: 0, y: 0 }, width: options.headDots ?? 832, length: 1218, down: 0, left: 0, turned: false, mirror: false, reverse: false, fieldTurn: 0 as QuarterTurn };
  let format: { paper: Paper; printable: boolean; copies: number; texts: string[]; codes: { format: string; text: string }[]; numbers: Map<number, string>; echo: string; hosts: string[][]; own: Set<string> } | undefined;
  let field = blankField();
  const out: Occurrence[] = [];

  const say = (severity: Problem['severity'], code: string, message: string): void => {
    out.push({ kind: 'problem', problem: { severity, code, message, offset: inbox.taken } });
  };
  function blankField(): Field {
    return { x: 0, y: 0, placed: false, baseline: false, data: undefined, escape: undefined, reverse: false, number: undefined, code: undefined, turn: sticky.fieldTurn, font: undefined, picture: undefined, box: undefined };
  }
  const whole = (name: string, text: string | undefined, fallback: number): number => {
    if (text === undefined || text.trim() === '') return fallback;
    const value = Number(text);
    if (!Number.isFinite(value)) {
      say('error', 'bad-argument', `${name}: ${JSON.stringify(text.slice(0, 30))} is not a number`);
      return fallback;
    }
    if (!Number.isInteger(value)) say('error', 'fraction', `${name}: ${value}, dots are whole`);
    return Math.trunc(value);
  };
  const turnOf = (letter: string | undefined): QuarterTurn => turns[(letter ?? '').trim().toUpperCase()] ?? sticky.fieldTurn;

  const place = (source: Paper, name: string, down = 0): void => {
    if (format === undefined) return;
    format.printable = true;
    const image = turned(source, field.turn);
    if (field.baseline && field.turn !== 0) say('note', 'turned-anchor', `${name}: ^FT of a turned field is not settled`);
    const x = field.x + sticky.home.x;
    const y = field.y + sticky.home.y + (field.baseline ? -image.height : down);
    const lost = blit(format.paper, image, x, y, field.reverse || sticky.reverse ? 'xor' : 'or');
    if (lost) say('error', 'off-label', `${name}: ink beyond the label`);
  };
  const endField = (): void => {
    const current = field;
    if (format === undefined) return;
    if (current.number !== undefined && current.data !== undefined) format.numbers.set(current.number, current.data);
    const data = current.data ?? (current.number === undefined ? undefined : format.numbers.get(current.number));
    if (current.box !== undefined) {
      const { width, height, thickness, ink } = current.box;
      format.printable = true;
      const reverse = current.reverse || sticky.reverse;
      const x = current.x + sticky.home.x;
      const y = current.y + sticky.home.y - (current.baseline ? height : 0);
      if (frameRect(format.paper, x, y, width, height, thickness, reverse ? 'invert' : ink)) say('error', 'off-label', '^GB: ink beyond the label');
    }
    if (current.picture !== undefined) place(current.picture, '^GF');
    if (data !== undefined && current.code !== undefined) {
      if (!format.own.has('^BY')) say('warning', 'sticky', `^${current.code.kind} with the ^BY of an earlier format`);
      const drawn = drawZplCode(current.code, data, sticky.by);
      if (drawn.ok) {
        for (const note of drawn.notes) say('note', 'code', `^${current.code.kind}: ${note}`);
        format.codes.push({ format: drawn.format, text: drawn.text });
        if (current.code.kind === 'BQ') {
          field.turn = 0;
          if (!current.baseline && sticky.by.height !== 0) say('warning', 'qr-sinks', `^BQ under ^FO is moved down by the ^BY height ${sticky.by.height}`);
          place(drawn.paper, '^BQ', sticky.by.height);
        } else place(drawn.paper, `^${current.code.kind}`);
      } else {
        format.printable = true;
        say('error', 'bad-code', `^${current.code.kind}: ${drawn.reason}`);
      }
    } else if (data !== undefined && current.box === undefined && current.picture === undefined && (current.placed || current.font !== undefined)) {
      drawText(data);
    }
    field = blankField();
  };
  const drawText = (data: string): void => {
    const font = field.font ?? { width: 12, height: 20 };
    const text = utf8(data);
    if (/[^\x20-\x7e]/.test(text)) say('warning', 'no-glyph', 'text beyond ASCII in a font of the printer');
    format?.texts.push(text);
    const letters = [...text];
    const paper = createPaper(letters.length * font.width, font.height);
    letters.forEach((letter, index) => {
      if (letter !== ' ') frameRect(paper, index * font.width + 1, 1, Math.max(2, font.width - 2), Math.max(2, font.height - 2), 1, 'black');
    });
    place(paper, 'text');
  };
  const graphic = (text: string, payload: Uint8Array | undefined): void => {
    const [kind = '', , c, d] = text.split(',', 4);
    const data = text.split(',').slice(4).join(',');
    const [total, perRow] = [whole('^GF', c, 0), whole('^GF', d, 0)];
    if (format !== undefined) format.printable = true;
    if (kind.trim().toUpperCase() === 'B' && payload !== undefined) {
      if (payload.length !== total || perRow < 1) return say('error', 'bad-graphic', `^GFB: ${payload.length} bytes sent, ${total} announced`);
      field.picture = paperFromRows(perRow * 8, Math.ceil(total / perRow), payload);
      return;
    }
    if (kind.trim().toUpperCase() !== 'A') return say('error', 'bad-graphic', `^GF type ${kind}`);
    const result = decodeGraphic(data, total, perRow, { z64: options.withoutZ64 !== true });
    if (!result.ok) return say('error', result.code, `^GF: ${result.reason}`);
    field.picture = result.paper;
  };
  const download = (text: string): void => {
    const [name = '', total, perRow] = text.split(',', 3);
    const result = decodeGraphic(text.split(',').slice(3).join(','), whole('~DG', total, 0), whole('~DG', perRow, 0), { z64: options.withoutZ64 !== true });
    if (!result.ok) return say('error', result.code, `~DG: ${result.reason}`);
    stored.set(name.trim().toUpperCase(), result.paper);
  };

  const finish = (): void => {
    if (format === undefined) return say('error', 'no-format', '^XZ without ^XA');
    const done = format;
    format = undefined;
    if (!done.printable) return;
    for (const size of ['^PW', '^LL']) if (!done.own.has(size)) say('warning', 'sticky', `${size} is taken over from an earlier format`);
    let image = done.paper;
    if (sticky.down !== 0 || sticky.left !== 0) {
      // ^LS counts to the left, ^LT down.
      image = createPaper(done.paper.width, done.paper.height);
      if (blit(image, done.paper, -sticky.left, sticky.down, 'or')) say('error', 'off-label', '^LS, ^LT: ink beyond the label');
    }
    if (sticky.mirror) image = mirrored(image);
    if (sticky.turned) image = turned(image, 180);
    for (const [number, , header, terminator] of done.hosts) {
      done.echo += `${header ?? ''}${done.numbers.get(Number(number)) ?? ''}${terminator ?? ''}`;
    }
    for (let count = 0; count < done.copies; count++) {
      out.push({ kind: 'label', offset: inbox.taken, label: { widthDots: image.width, heightDots: image.height, stride: image.stride, bits: image.bits.slice(), texts: done.texts, codes: done.codes, settings: Object.fromEntries(settings), echo: done.echo } });
    }
  };
  const code = (kind: ZplCode['kind'], args: readonly string[]): void => {
    const shapes: Readonly<Record<string, { height: number; hri: number; above: number }>> = { BC: { height: 1, hri: 2, above: 3 }, BE: { height: 1, hri: 2, above: 3 }, B8: { height: 1, hri: 2, above: 3 }, B2: { height: 1, hri: 2, above: 3 }, B3: { height: 2, hri: 3, above: 4 } };
    field.turn = turnOf(args[0]);
    const shape = shapes[kind];
    if (shape === undefined) {
      if (args[1] !== undefined && args[1].trim() !== '' && args[1].trim() !== '2') say('error', 'bad-argument', `^BQ model ${args[1]}`);
      field.code = { kind, height: 0, hri: false, hriAbove: false, mode: '', magnification: whole('^BQ', args[2], options.dpi > 250 ? 3 : 2), mask: whole('^BQ', args[4], 7) };
      return;
    }
    field.code = {
      kind,
      height: whole(`^${kind}`, args[shape.height], sticky.by.height),
      hri: (args[shape.hri] ?? 'Y').trim().toUpperCase() !== 'N',
      hriAbove: (args[shape.above] ?? 'N').trim().toUpperCase() === 'Y',
      mode: (args[5] ?? 'N').trim().toUpperCase() || 'N',
      magnification: 1,
      mask: 7,
    };
  };

  const run = (unit: Extract<ZplUnit, { kind: 'command' }>): void => {
    const { name, text } = unit;
    const args = text.replace(/[\r\n]+$/, '').split(',');
    if (name.startsWith('~')) return control(name, text.trim());
    format?.own.add(name);
    if (remembered.has(name)) {
      settings.set(name, text.trim());
      if (name === '^PM') sticky.mirror = text.trim().toUpperCase() === 'Y';
      if (name === '^LT') sticky.down = whole(name, text, 0);
      if (name === '^LS') sticky.left = whole(name, text, 0);
      return;
    }
    switch (name) {
      case '^XA':
        if (format !== undefined) say('error', 'no-format', '^XA inside a format');
        format = { paper: createPaper(sticky.width, sticky.length), printable: false, copies: 1, texts: [], codes: [], numbers: new Map(), echo: '', hosts: [], own: new Set() };
        field = blankField();
        return;
      case '^XZ':
        endField();
        return finish();
      case '^PW':
      case '^LL': {
        const value = whole(name, args[0], name === '^PW' ? sticky.width : sticky.length);
        if (name === '^PW') sticky.width = Math.min(value, options.headDots ?? 65535);
        else sticky.length = value;
        if (name === '^PW' && value > sticky.width) say('error', 'beyond-head', `^PW${value}: the head has ${sticky.width} dots`);
        settings.set(name, String(value));
        if (format === undefined) return;
        if (format.printable) say('error', 'late-size', `${name} after the first field`);
        format.paper = createPaper(sticky.width, sticky.length);
        return;
      }
      case '^LH':
        sticky.home = { x: whole(name, args[0], 0), y: whole(name, args[1], 0) };
        settings.set(name, `${sticky.home.x},${sticky.home.y}`);
        return;
      case '^BY':
        sticky.by = { width: whole(name, args[0], sticky.by.width), ratio: args[1] === undefined || args[1].trim() === '' ? sticky.by.ratio : Number(args[1]), height: whole(name, args[2], sticky.by.height) };
        if (sticky.by.width < 1 || sticky.by.width > 10) say('error', 'bad-argument', `^BY module ${sticky.by.width}`);
        settings.set(name, `${sticky.by.width},${sticky.by.ratio},${sticky.by.height}`);
        return;
      case '^PO':
        sticky.turned = text.trim().toUpperCase() === 'I';
        settings.set(name, text.trim());
        return;
      case '^LR':
        sticky.reverse = text.trim().toUpperCase() === 'Y';
        settings.set(name, text.trim());
        return;
      case '^FW':
        sticky.fieldTurn = turns[(args[0] ?? 'N').trim().toUpperCase()] ?? 0;
        return;
      case '^FO':
      case '^FT':
        field.x = whole(name, args[0], 0);
        field.y = whole(name, args[1], 0);
        field.placed = true;
        field.baseline = name === '^FT';
        field.turn = sticky.fieldTurn;
        return;
      case '^FD':
      case '^FV': {
        const plain = text.replace(/[\r\n]/g, '');
        const decoded = field.escape === undefined ? { bytes: plain, bad: false } : unhex(plain, field.escape);
        if (decoded.bad) say('warning', 'bad-hex', `${name}: escape character without two hex digits`);
        field.data = decoded.bytes;
        return;
      }
      case '^FH':
        field.escape = text.replace(/[\r\n]/g, '')[0] ?? '_';
        return;
      case '^FR':
        field.reverse = true;
        return;
      case '^FN':
        field.number = whole(name, args[0], 0);
        return;
      case '^FS':
        return endField();
      case '^FX':
        return;
      case '^A':
      case '^A@': {
        const at = name === '^A' ? text.slice(1).split(',') : args;
        field.turn = turnOf(name === '^A' ? at[0] : args[0]);
        const height = whole(name, at[1], 20);
        field.font = { height, width: whole(name, at[2], Math.max(1, Math.round(height * 0.6))) };
        return;
      }
      case '^BC': case '^BE': case '^B8': case '^B3': case '^B2': case '^BQ':
        return code(name.slice(1) as ZplCode['kind'], args);
      case '^GB': {
        const thickness = whole(name, args[2], 1);
        const ink = (args[3] ?? 'B').trim().toUpperCase() === 'W' ? 'white' : 'black';
        if (whole(name, args[4], 0) > 0) say('warning', 'not-modelled', '^GB: round corners');
        field.box = { width: Math.max(thickness, whole(name, args[0], thickness)), height: Math.max(thickness, whole(name, args[1], thickness)), thickness, ink };
        return;
      }
      case '^GF':
        return graphic(text, unit.payload);
      case '^XG': {
        const picture = stored.get((args[0] ?? '').trim().toUpperCase());
        if (format !== undefined) format.printable = true;
        if (picture === undefined) return say('error', 'no-graphic', `^XG: ${args[0] ?? ''} is not stored`);
        if (whole(name, args[1], 1) !== 1 || whole(name, args[2], 1) !== 1) say('warning', 'not-modelled', '^XG magnified');
        field.picture = picture;
        return;
      }
      case '^ID':
        for (const key of stored.keys()) if (matches(args[0] ?? '', key)) stored.delete(key);
        return;
      case '^PQ':
        if (format !== undefined) format.copies = whole(name, args[0], 1);
        if ((format?.copies ?? 1) < 1 || (format?.copies ?? 1) > 999) say('error', 'bad-argument', `^PQ ${text}`);
        return;
      case '^HV': {
        const escape = field.escape ?? '_';
        const parts = args.map((one) => unhex(one, escape).bytes);
        if (format !== undefined && (parts[4] ?? 'F').trim().toUpperCase() === 'L') format.hosts.push(parts);
        else say('note', 'not-modelled', '^HV once per format');
        return;
      }
      case '^HH': case '^HZ': case '^HW':
        out.push({ kind: 'query', query: { name, args, immediate: false } });
        return;
      case '^JU':
        return say('warning', 'flash', `^JU${text} writes to the flash memory`);
      case '^CC': prefixes.caret = text.charCodeAt(0); return;
      case '^CT': prefixes.tilde = text.charCodeAt(0); return;
      default:
        say('error', 'unknown-command', `${JSON.stringify(name)} is no ZPL command the judge knows`);
    }
  };
  const control = (name: string, text: string): void => {
    if (remembered.has(name)) {
      settings.set(name, text);
      if (name === '~TA' && !/^[+-]?\d{3}$/.test(text)) say('error', 'bad-argument', `~TA${text}: exactly three digits`);
      if (name === '~SD' && !/^\d{2}$/.test(text)) say('error', 'bad-argument', `~SD${text}: two digits`);
    } else if (name === '~HS' || name === '~HI' || name === '~HQ' || name === '~HD' || name === '~HM') out.push({ kind: 'query', query: { name: name === '~HQ' ? `${name}${text.slice(0, 2).toUpperCase()}` : name, args: [], immediate: true } });
    else if (name === '~JA' || name === '~JR') out.push({ kind: 'query', query: { name, args: [], immediate: true } });
    else if (name === '~DG') download(text);
    else if (name === '~DY' || name === '~WC' || name === '~JC' || name === '~PS' || name === '~PP' || name === '~PH') return;
    else say('error', 'unknown-command', `${JSON.stringify(name)} is no ZPL command the judge knows`);
  };

  const drain = (): void => {
    for (;;) {
      const unit = nextZplUnit(inbox, prefixes, format !== undefined);
      if (unit === 'more') return;
      if (unit.kind === 'stray') {
        say(format === undefined ? 'warning' : 'error', 'stray-text', `text outside a command: ${JSON.stringify(unit.text.slice(0, 40))}`);
      } else if (unit.kind === 'sgd') {
        const match = /^! U1 (getvar|setvar|do) "([^"]*)"(?: "([^"]*)")?$/.exec(unit.text);
        out.push({ kind: 'command', command: { name: 'SGD', args: [unit.text] } });
        if (match === null) say('error', 'bad-sgd', unit.text.slice(0, 60));
        else out.push({ kind: 'query', query: { name: `SGD ${match[1] ?? ''}`, args: [match[2] ?? '', match[3] ?? ''], immediate: true } });
      } else {
        const bulky = unit.name === '^FD' || unit.name === '^FV' || unit.name === '^FX';
        out.push({ kind: 'command', command: { name: unit.name, args: bulky ? [unit.text] : unit.text.trim().split(','), ...(unit.payload === undefined ? {} : { payload: unit.payload }) } });
        run(unit);
      }
    }
  };
  const { feed, flush } = feeding(inbox, out, drain);
  return {
    feed,
    end() {
      // A command that waits for the next prefix is complete when nothing follows any more.
      if (inbox.size > 0) {
        const rest = inbox.peek(inbox.size);
        if (/^[~^][A-Z@0-9]{2}[^~^]*$/i.test(rest) && !/^.GF|^.DG|^.DY/i.test(rest)) {
          inbox.append(new Uint8Array([prefixes.caret]));
          drain();
        } else if (rest.trim() !== '') say('error', 'unfinished', `stream ends inside a command, ${inbox.size} bytes left: ${JSON.stringify(rest.slice(0, 30))}`);
        inbox.clear();
      }
      if (format !== undefined) {
        say('error', 'unfinished', 'stream ends without ^XZ');
        format = undefined;
      }
      return flush();
    },
    cancel() {
      inbox.clear();
      format = undefined;
      field = blankField();
    },
  };
}

/** `R:*.GRF` against a stored name. */
function matches(pattern: string, name: string): boolean {
  const parts = pattern.trim().toUpperCase().split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(name);
}
