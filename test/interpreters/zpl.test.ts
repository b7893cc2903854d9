import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createZplInterpreter, interpretZpl } from './zpl.ts';
import { crc16 } from './zpl-graphics.ts';
import { invocationValues } from './zpl-codes.ts';
import { dotAt } from './paper.ts';
import type { PrintedLabel } from './types.ts';

const options = { dpi: 203, headDots: 832 };
const ascii = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const page = (content: string): Uint8Array => ascii(`^XA^PW80^LL40^LH0,0^PON${content}^XZ`);
const black = (label: PrintedLabel | undefined): string[] => {
  if (label === undefined) throw new Error('no label');
  const sheet = { width: label.widthDots, height: label.heightDots, stride: label.stride, bits: label.bits };
  const found: string[] = [];
  for (let y = 0; y < sheet.height; y++) for (let x = 0; x < sheet.width; x++) if (dotAt(sheet, x, y)) found.push(`${x},${y}`);
  return found;
};
const z64 = (bytes: Uint8Array, wrong = 0): string => {
  const base64 = deflateSync(bytes).toString('base64');
  return `:Z64:${base64}:${(crc16(base64) ^ wrong).toString(16).padStart(4, '0')}`;
};

describe('ZPL interpreter', () => {
  it('draws 1 bits black in every encoding of the same picture', () => {
    const rows = new Uint8Array([0xf0, 0x01, 0xf0, 0x01, 0x00, 0x00]);
    const forms = ['A,12,6,2,F001F0010000', 'A,6,6,2,FI01:,', `A,6,6,2,${z64(rows)}`, `A,6,6,2,:B64:${Buffer.from(rows).toString('base64')}:${crc16(Buffer.from(rows).toString('base64')).toString(16).padStart(4, '0')}`];
    const pictures = forms.map((form) => interpretZpl(page(`^FO8,4^GF${form}^FS`), options));
    const raw = interpretZpl(new Uint8Array(Buffer.concat([ascii('^XA^PW80^LL40^FO8,4^GFB,6,6,2,'), rows, ascii('^FS^XZ')])), options);
    for (const picture of [...pictures.slice(0, 1), ...pictures.slice(2), raw]) {
      expect(picture.errors).toEqual([]);
      expect(black(picture.labels[0])).toEqual(['8,4', '9,4', '10,4', '11,4', '23,4', '8,5', '9,5', '10,5', '11,5', '23,5']);
    }
    // "FI01": one F, then I = three zeros too many: not the same picture, and it says so.
    expect(pictures[1]?.errors.map((one) => one.code)).toEqual(['bad-graphic']);
    const runs = interpretZpl(page('^FO8,4^GFA,6,6,2,FH01:,^FS'), options);
    expect(runs.errors).toEqual([]);
    expect(black(runs.labels[0])).toHaveLength(10);
  });

  it('leaves the label blank when the check is wrong or the firmware has no Z64', () => {
    const rows = new Uint8Array([0xff]);
    const wrong = interpretZpl(page(`^FO0,0^GFA,1,1,1,${z64(rows, 1)}^FS`), options);
    expect(wrong.errors.map((one) => one.code)).toEqual(['bad-crc']);
    expect(wrong.labels).toHaveLength(1);
    expect(black(wrong.labels[0])).toEqual([]);
    const old = interpretZpl(page(`^FO0,0^GFA,1,1,1,${z64(rows)}^FS`), { ...options, withoutZ64: true });
    expect(old.errors.map((one) => one.code)).toEqual(['no-z64']);
    expect(black(old.labels[0])).toEqual([]);
  });

  it('computes the check as CRC-16/XMODEM', () => {
    expect(crc16('123456789')).toBe(0x31c3);
  });

  it('sinks a QR code under ^FO by the ^BY height of whoever came before', () => {
    const content = '^FO0,0^BQN,2,1^FDMA,1^FS';
    const first = interpretZpl(page(`^BY2,3,0${content}`), options);
    const later = interpretZpl(page(content), { ...options, earlier: ascii('^XA^BY3,2,12^XZ') });
    expect(black(first.labels[0])[0]).toBe('0,0');
    expect(first.warnings).toEqual([]);
    expect(black(later.labels[0])[0]).toBe('0,12');
    expect(later.warnings.map((one) => one.code)).toContain('qr-sinks');
    expect(black(interpretZpl(page(`${'^FT0,30'}^BQN,2,1^FDMA,1^FS`), options).labels[0])[0]).toBe('0,9');
  });

  it('reads Code 128 invocation codes and automatic mode', () => {
    expect(invocationValues('>:SF>512>63')).toEqual({ ok: true, value: [104, 51, 38, 99, 12, 100, 19] });
    const plain = interpretZpl(ascii('^XA^PW832^LL40^BY2,3,20^FO0,0^BCN,20,N,N,N,N^FDSF1234567890123^FS^XZ'), options);
    const automatic = interpretZpl(ascii('^XA^PW832^LL40^BY2,3,20^FO0,0^BCN,20,N,N,N,A^FDSF1234567890123^FS^XZ'), options);
    const width = (label: PrintedLabel | undefined): number => Math.max(...black(label).map((dot) => Number(dot.split(',')[0]))) + 1;
    expect(width(plain.labels[0])).toBe(200 * 2);
    expect(width(automatic.labels[0])).toBe(145 * 2);
    expect(plain.errors).toEqual([]);
  });

  it('keeps caret and tilde in data only through hex, and runs what is not escaped', () => {
    const safe = interpretZpl(page('^FO0,0^A0N,8,4^FH_^FDa_5Eb_7Ec^FS'), options);
    expect(safe.labels[0]?.texts).toEqual(['a^b~c']);
    const injected = interpretZpl(page('^FO0,0^A0N,8,4^FDa~JAb^FS'), options);
    expect(injected.commands.map((one) => one.name)).toContain('~JA');
    expect(injected.queries.map((one) => one.name)).toEqual(['~JA']);
  });

  it('inverts with ^FR, fills boxes, turns the page with ^POI', () => {
    const reversed = interpretZpl(page('^FO0,0^GB4,1,1^FS^FO2,0^FR^GB4,1,1^FS'), options);
    expect(black(reversed.labels[0])).toEqual(['0,0', '1,0', '4,0', '5,0']);
    const upside = interpretZpl(ascii('^XA^PW80^LL40^POI^FO0,0^GB1,1,1^FS^XZ'), options);
    expect(black(upside.labels[0])).toEqual(['79,39']);
    expect(black(interpretZpl(page('^FO0,0^GB5,4,1^FS'), options).labels[0])).toHaveLength(14);
  });

  it('prints copies, echoes ^HV data, ignores formats without fields', () => {
    const result = interpretZpl(page('^FN1^FDSF12^FS^FH_^HV1,4,WB[,]_0D_0A,L^FS^FO0,0^GB1,1,1^FS^PQ2'), options);
    expect(result.labels).toHaveLength(2);
    expect(result.labels[0]?.echo).toBe('WB[SF12]\r\n');
    expect(result.labels[0]?.texts).toEqual([]);
    expect(interpretZpl(ascii('^XA^JZN^XZ~HS~HQES\r\n! U1 getvar "odometer.total_label_count"\r\n'), options)).toMatchObject({ labels: [], queries: [{ name: '~HS' }, { name: '~HQES' }, { name: 'SGD getvar', args: ['odometer.total_label_count', ''] }] });
  });

  it('takes the stream byte by byte, and reports what never ended', () => {
    const bytes = page('^FO1,1^GFA,2,2,1,80C0^FS');
    const slow = createZplInterpreter(options);
    const labels = [...bytes].flatMap((byte) => [...slow.feed(new Uint8Array([byte]))]).filter((one) => one.kind === 'label');
    expect(labels).toHaveLength(1);
    expect(interpretZpl(ascii('^XA^PW80^LL40^FO0,0^GFA,2,2,1,80'), options).errors.map((one) => one.code)).toEqual(['unfinished', 'unfinished']);
    expect(interpretZpl(ascii('~SD10'), options).labels).toEqual([]);
  });
});
