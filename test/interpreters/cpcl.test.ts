import { describe, expect, it } from 'vitest';
import { createCpclInterpreter, interpretCpcl } from './cpcl.ts';
import { dotAt } from './paper.ts';
import type { PrintedLabel } from './types.ts';

const options = { dpi: 203, headDots: 576 };
const ascii = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const join = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
const head = '! 0 200 200 40 1\r\nPAGE-WIDTH 80\r\n';
const black = (label: PrintedLabel | undefined): string[] => {
  if (label === undefined) throw new Error('no label');
  const sheet = { width: label.widthDots, height: label.heightDots, stride: label.stride, bits: label.bits };
  const found: string[] = [];
  for (let y = 0; y < sheet.height; y++) for (let x = 0; x < sheet.width; x++) if (dotAt(sheet, x, y)) found.push(`${x},${y}`);
  return found;
};

describe('CPCL interpreter', () => {
  it('counts CG bytes, whatever they are, and draws 1 bits black', () => {
    const bytes = join(ascii(`${head}CG 1 3 8 2 `), new Uint8Array([0x0d, 0x0a, 0x80]), ascii('\r\nEG 1 1 0 9 C0\r\nFORM\r\nPRINT\r\n'));
    const result = interpretCpcl(bytes, options);
    expect(result.errors).toEqual([]);
    expect(result.warnings).toEqual([]);
    expect(black(result.labels[0])).toEqual(['12,2', '13,2', '15,2', '12,3', '14,3', '8,4', '0,9', '1,9']);
    const slow = createCpclInterpreter(options);
    const labels = [...bytes].flatMap((byte) => [...slow.feed(new Uint8Array([byte]))]).filter((one) => one.kind === 'label');
    expect(labels).toHaveLength(1);
  });

  it('cuts off what lies below the height and turns with PO-PRINT', () => {
    expect(interpretCpcl(join(ascii(`${head}CG 1 2 0 39 `), new Uint8Array([1, 1]), ascii('\r\nFORM\r\nPRINT\r\n')), options).errors.map((one) => one.code)).toEqual(['off-label']);
    expect(black(interpretCpcl(ascii(`${head}LINE 0 0 1 0 1\r\nFORM\r\nPO-PRINT\r\n`), options).labels[0])).toEqual(['79,39']);
  });

  it('draws barcodes and QR codes of its own', () => {
    const result = interpretCpcl(ascii('! 0 200 200 200 1\r\nPAGE-WIDTH 576\r\nBARCODE 128 2 1 20 0 0 SF1234567890123\r\nBARCODE QR 0 40 M 2 U 2\r\nMA,HELLO\r\nENDQR\r\nFORM\r\nPRINT\r\n'), options);
    expect(result.errors).toEqual([]);
    expect(result.labels[0]?.codes).toEqual([{ format: '128', text: 'SF1234567890123' }, { format: 'qr', text: 'HELLO' }]);
    expect(Math.max(...black(result.labels[0]).filter((dot) => dot.endsWith(',0')).map((dot) => Number(dot.split(',')[0])))).toBe(145 * 2 - 1);
  });

  it('reports injected lines, text outside pages and feed keys that reprint', () => {
    const result = interpretCpcl(ascii(`${head}T 24 0 0 0 abc\r\nFROB\r\nON-FEED REPRINT\r\nFORM\r\nPRINT\r\nhello\r\n`), options);
    expect(result.errors.map((one) => one.code)).toEqual(['unknown-command', 'reprints', 'no-page']);
    expect(result.labels[0]?.texts).toEqual(['abc']);
  });
});
