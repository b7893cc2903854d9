import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createTsplInterpreter, interpretTspl } from './tspl.ts';
import { manualValues, textOfValues } from './tspl-codes.ts';
import { dotAt } from './paper.ts';
import type { Paper } from './paper.ts';
import type { PrintedLabel } from './types.ts';

const options = { dpi: 203, headDots: 832 };
const ascii = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const join = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
const head = 'SIZE 10 mm,5 mm\r\nGAP 2 mm,0 mm\r\nDIRECTION 0\r\nREFERENCE 0,0\r\nCLS\r\n';
const paper = (label: PrintedLabel | undefined): Paper => {
  if (label === undefined) throw new Error('no label');
  return { width: label.widthDots, height: label.heightDots, stride: label.stride, bits: label.bits };
};
const black = (label: PrintedLabel | undefined): string[] => {
  const sheet = paper(label);
  const found: string[] = [];
  for (let y = 0; y < sheet.height; y++) for (let x = 0; x < sheet.width; x++) if (dotAt(sheet, x, y)) found.push(`${x},${y}`);
  return found;
};

describe('TSPL interpreter', () => {
  it('draws 0 bits of BITMAP black and counts the payload, whatever bytes it has', () => {
    const bytes = join(ascii(`${head}BITMAP 8,1,2,2,0,`), new Uint8Array([0x0d, 0xff, 0x1b, 0x21]), ascii('\r\nPRINT 1,1\r\n'));
    const result = interpretTspl(bytes, options);
    expect(result.errors).toEqual([]);
    expect(result.queries).toEqual([]);
    expect(black(result.labels[0])).toContain('8,1');
    expect(black(result.labels[0])).not.toContain('12,1');
    expect(black(result.labels[0]).length).toBe(5 + 0 + 4 + 6);
    expect(result.labels[0]).toMatchObject({ widthDots: 80, heightDots: 40 });
  });

  it('shows forgotten pad bits as ink beyond the label', () => {
    const wrong = interpretTspl(join(ascii(`${head}BITMAP 72,0,2,1,1,`), new Uint8Array([0xff, 0x00]), ascii('\r\nPRINT 1,1\r\n')), options);
    expect(wrong.errors.map((one) => one.code)).toEqual(['off-label']);
    const right = interpretTspl(join(ascii(`${head}BITMAP 72,0,2,1,1,`), new Uint8Array([0x7f, 0xff]), ascii('\r\nPRINT 1,1\r\n')), options);
    expect(right.errors).toEqual([]);
    expect(black(right.labels[0])).toEqual(['72,0']);
  });

  it('takes the stream byte by byte with the same result', () => {
    const bytes = join(ascii(`${head}BITMAP 0,0,1,2,0,`), new Uint8Array([0x0a, 0x22]), ascii('\r\nBAR 1,9,3,1\r\nPRINT 1,1\r\n'));
    const whole = createTsplInterpreter(options).feed(bytes);
    const slow = createTsplInterpreter(options);
    const pieces = [...bytes].flatMap((byte) => [...slow.feed(new Uint8Array([byte]))]);
    expect(pieces.filter((one) => one.kind === 'label')).toEqual(whole.filter((one) => one.kind === 'label'));
  });

  it('keeps DIRECTION, REFERENCE and SPEED of an earlier job', () => {
    const earlier = ascii('DIRECTION 1\r\nREFERENCE 8,8\r\nSPEED 5\r\n');
    const result = interpretTspl(ascii('SIZE 10 mm,5 mm\r\nCLS\r\nBAR 0,0,1,1\r\nPRINT 1,1\r\n'), { ...options, earlier });
    expect(black(result.labels[0])).toEqual(['71,31']);
    expect(result.labels[0]?.settings).toMatchObject({ SPEED: '5', DIRECTION: '1,0' });
  });

  it('overprints without CLS and says so', () => {
    const result = interpretTspl(ascii(`${head}BAR 0,0,1,1\r\nPRINT 1,1\r\nBAR 5,5,1,1\r\nPRINT 1,1\r\n`), options);
    expect(black(result.labels[1])).toEqual(['0,0', '5,5']);
    expect(result.warnings.map((one) => one.code)).toEqual(['no-cls', 'sticky', 'sticky', 'sticky', 'sticky']);
  });

  it('honours zlib modes only in the dialect that has them, with and without a count', () => {
    const rows = new Uint8Array([0x7f, 0xff]);
    const packed = new Uint8Array(deflateSync(rows));
    const counted = join(ascii(`${head}BITMAP 0,0,1,2,3,${packed.length},`), packed, ascii('\r\nPRINT 1,1\r\n'));
    const bare = join(ascii(`${head}BITMAP 0,0,1,2,3,`), packed, ascii('\r\nPRINT 1,1\r\n'));
    for (const bytes of [counted, bare]) expect(black(interpretTspl(bytes, { ...options, tsplZlib: true }).labels[0])).toEqual(['0,0']);
    expect(interpretTspl(counted, options).errors.length).toBeGreaterThan(0);
  });

  it('answers immediate queries between commands and inside a line, never inside a bitmap', () => {
    const result = interpretTspl(join(ascii(`SI\x1b!?ZE 10 mm,5 mm\r\nCLS\r\n\x1b!S`), ascii('BITMAP 0,0,1,3,0,\x1b!?\r\nPRINT 1,1\r\n')), options);
    expect(result.queries.map((one) => one.name)).toEqual(['ESC!?', 'ESC!S']);
    expect(result.labels).toHaveLength(1);
    expect(result.errors).toEqual([]);
  });

  it('draws manual Code 128 and reverses areas', () => {
    expect(manualValues('!104SF!09912!1003')).toEqual({ ok: true, value: [104, 51, 38, 99, 12, 100, 19] });
    expect(textOfValues([104, 51, 38, 99, 12, 100, 19])).toBe('SF123');
    const label = interpretTspl(ascii(`SIZE 30 mm,5 mm\r\nCLS\r\nBARCODE 0,0,"128M",8,0,0,2,2,"!10512"\r\nREVERSE 0,0,2,1\r\nPRINT 1,1\r\n`), options);
    expect(label.errors).toEqual([]);
    expect(label.labels[0]?.codes).toEqual([{ format: '128M', text: '12' }]);
    // Start C is 211232 in modules of two dots: four black, two white …
    expect(['0,0', '1,0', '2,0', '3,0', '4,0', '5,0', '6,0'].map((dot) => black(label.labels[0]).includes(dot))).toEqual([false, false, true, true, false, false, true]);
  });

  it('refuses model 1 QR codes, unknown commands and quotes that break a string', () => {
    const codes = (line: string): string[] => interpretTspl(ascii(`${head}${line}\r\nPRINT 1,1\r\n`), options).errors.map((one) => one.code);
    expect(codes('QRCODE 0,0,M,1,A,0,"x"')).toEqual(['qr-model-1']);
    expect(codes('QRCODE 0,0,M,1,A,0,M2,S7,"x"')).toEqual([]);
    expect(codes('TEXT 0,0,"1",0,1,1,"a"b"')).toEqual(['broken-line']);
    expect(codes('FROB 1')).toEqual(['unknown-command']);
  });

  it('reports a payload that never ended', () => {
    const result = interpretTspl(ascii(`${head}BITMAP 0,0,4,4,0,abc`), options);
    expect(result.labels).toEqual([]);
    expect(result.errors.map((one) => one.code)).toEqual(['unfinished']);
  });
});
