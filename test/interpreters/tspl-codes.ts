import { createPaper, blit, frameRect } from './paper.ts';
import type { Paper } from './paper.ts';
import { barsToPaper, code128Automatic, code128FromValues, hasTwoWidths, linear, qr, qrToPaper } from './symbols.ts';
import type { Elements, SymbolResult, Symbology } from './symbols.ts';
import type { Problem } from './types.ts';
import type { TsplArgument } from './tspl-syntax.ts';

type Say = (severity: Problem['severity'], code: string, message: string) => void;
export interface DrawnCode {
  readonly format: string;
  readonly text: string;
  readonly paper: Paper;
}

/** Cell sizes of the fonts every TSPL printer has, and of the Chinese ones many have. */
export const tsplFonts: Readonly<Record<string, { readonly width: number; readonly height: number }>> = {
  '1': { width: 8, height: 12 }, '2': { width: 12, height: 20 }, '3': { width: 16, height: 24 }, '4': { width: 24, height: 32 },
  '5': { width: 32, height: 48 }, '6': { width: 14, height: 19 }, '7': { width: 21, height: 27 }, '8': { width: 14, height: 25 },
  'TSS24.BF2': { width: 12, height: 24 }, 'TSS16.BF2': { width: 8, height: 16 }, 'TST24.BF2': { width: 12, height: 24 }, 'TST16.BF2': { width: 8, height: 16 },
};

const symbologies: Readonly<Record<string, Symbology>> = { EAN13: 'ean13', EAN8: 'ean8', UPCA: 'upca', UPCE: 'upce', '39': 'code39', '25': 'itf', ITF14: 'itf', '93': 'code93', CODA: 'codabar' };

/** `BARCODE x,y,"type",height,hri,rotation,narrow,wide[,align],"data"` */
export function tsplBarcode(args: readonly TsplArgument[], say: Say): DrawnCode | undefined {
  const last = args.length - 1;
  const content = args[last];
  if (content === undefined || !content.quoted || last < 8) {
    say('error', 'bad-argument', 'BARCODE needs eight arguments and a quoted text');
    return undefined;
  }
  const type = (args[2]?.text ?? '').toUpperCase();
  const [height, hri, narrow, wide] = [3, 4, 6, 7].map((index) => Number(args[index]?.text)) as [number, number, number, number];
  if (![height, narrow, wide].every((value) => Number.isInteger(value) && value > 0)) {
    say('error', 'bad-argument', 'BARCODE: height, narrow and wide are whole dots');
    return undefined;
  }
  const symbology = symbologies[type];
  let elements: SymbolResult<Elements>;
  let text = content.text;
  if (type === '128') elements = code128Automatic(text);
  else if (type === '128M') {
    const values = manualValues(text);
    elements = values.ok ? code128FromValues(values.value) : values;
    if (values.ok) text = textOfValues(values.value);
  } else if (symbology !== undefined) elements = linear(symbology, text);
  else elements = { ok: false, reason: `type ${type} is not judged` };
  if (!elements.ok) {
    say('error', 'bad-code', `BARCODE: ${elements.reason}`);
    return undefined;
  }
  const two = symbology !== undefined && hasTwoWidths(symbology);
  const bars = barsToPaper(elements.value.map((width) => (two ? (width > 1 ? wide : narrow) : width * narrow)), height);
  if (hri === 0) return { format: type, text, paper: bars };
  say('note', 'printer-text', 'BARCODE: human readable line in the font of the printer');
  const paper = createPaper(bars.width, height + 26);
  blit(paper, bars, 0, 0, 'or');
  frameRect(paper, 0, height + 3, bars.width, 20, 1, 'black');
  return { format: type, text, paper };
}

/**
 * The manual form: `!103`, `!104`, `!105` start subset A, B, C; `!099`, `!100`, `!101` switch; other control values
 * likewise; everything else is data of the current subset (subset B when no start is given, two digits in C).
 */
export function manualValues(text: string): SymbolResult<readonly number[]> {
  const values: number[] = [];
  let subset: 'A' | 'B' | 'C' = 'B';
  let at = 0;
  while (at < text.length) {
    const control = /^!(\d{3})/.exec(text.slice(at, at + 4));
    if (control !== null) {
      const value = Number(control[1]);
      if (value < 96 || value > 105) return { ok: false, reason: `control !${control[1]}` };
      if (value >= 103 !== (values.length === 0)) {
        if (value >= 103) return { ok: false, reason: 'a start code in the middle' };
        values.push(104);
      }
      values.push(value);
      if (value === 103 || (value === 101 && subset !== 'A')) subset = 'A';
      else if (value === 104 || (value === 100 && subset !== 'B')) subset = 'B';
      else if (value === 105 || (value === 99 && subset !== 'C')) subset = 'C';
      at += 4;
      continue;
    }
    if (values.length === 0) values.push(104);
    if (subset === 'C') {
      const pair = text.slice(at, at + 2);
      if (!/^\d\d$/.test(pair)) return { ok: false, reason: `subset C needs two digits, not ${JSON.stringify(pair)}` };
      values.push(Number(pair));
      at += 2;
      continue;
    }
    const code = text.charCodeAt(at);
    const value = subset === 'B' ? code - 32 : code < 32 ? code + 64 : code - 32;
    if (value < 0 || value > 95 || (subset === 'A' && code > 95)) return { ok: false, reason: `character ${code} is not in subset ${subset}` };
    values.push(value);
    at++;
  }
  return values.length > 0 ? { ok: true, value: values } : { ok: false, reason: 'no data' };
}

/** The text that symbol values carry; functions and switches carry none. */
export function textOfValues(values: readonly number[]): string {
  let subset: 'A' | 'B' | 'C' = 'B';
  let text = '';
  for (const value of values) {
    if (value === 103 || value === 104 || value === 105) subset = value === 103 ? 'A' : value === 104 ? 'B' : 'C';
    else if (subset === 'C' && value < 100) text += String(value).padStart(2, '0');
    else if (value === 99) subset = 'C';
    else if (value === 100 && subset !== 'B') subset = 'B';
    else if (value === 101 && subset !== 'A') subset = 'A';
    else if (value < 96) text += String.fromCharCode(subset === 'A' && value >= 64 ? value - 64 : value + 32);
  }
  return text;
}

/** `QRCODE x,y,ecc,cell,mode,rotation[,model,mask],"data"` */
export function tsplQr(args: readonly TsplArgument[], say: Say): DrawnCode | undefined {
  const content = args.at(-1);
  const level = (args[2]?.text ?? '').toUpperCase();
  const cell = Number(args[3]?.text);
  const mode = (args[4]?.text ?? '').toUpperCase();
  const extra = args.slice(6, -1).map((one) => one.text.toUpperCase());
  const refuse = (code: string, message: string): undefined => {
    say('error', code, `QRCODE: ${message}`);
    return undefined;
  };
  if (content === undefined || !content.quoted) return refuse('bad-argument', 'no quoted text');
  if (level !== 'L' && level !== 'M' && level !== 'Q' && level !== 'H') return refuse('bad-argument', `level ${level}`);
  if (!Number.isInteger(cell) || cell < 1 || cell > 10) return refuse('bad-argument', `cell ${args[3]?.text ?? ''}`);
  if (mode !== 'A') return refuse('not-modelled', `mode ${mode}`);
  if (!extra.includes('M2')) return refuse('qr-model-1', 'without M2 the printer draws model 1');
  const mask = extra.map((one) => /^S([0-8])$/.exec(one)?.[1]).find((one) => one !== undefined);
  if (mask === undefined) say('warning', 'qr-mask', 'QRCODE: no mask given');
  if (mask === '8') say('note', 'qr-mask', 'QRCODE: mask chosen by the printer');
  const wanted = mask === undefined ? 7 : Number(mask);
  const code = qr({ bytes: content.text, level, ...(wanted < 8 ? { mask: wanted } : {}) });
  if (!code.ok) return refuse('bad-code', code.reason);
  return { format: 'qr', text: content.text, paper: qrToPaper(code.value, cell) };
}
