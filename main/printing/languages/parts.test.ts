import { inflateSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBitmap, dotAt } from '../../../common/domain/label/bitmap.ts';
import { encodeQr } from '../../../common/domain/label/codes/qr.ts';
import { automaticValuesAgree, code128Steps } from './code128.ts';
import { spellsRealtime, movedFree } from './escpos/realtime.ts';
import { findRegions } from './ink.ts';
import { micrometresToDots, millimetres } from './job.ts';
import type { LinearOp, QrOp } from './plan.ts';
import { automaticModeAgrees, qrDataBits, singleSegmentMode } from './qr.ts';
import { linearOp, noise, qrOp } from './testing.ts';
import { encodeAcs, encodeHex, encodeZ64, z64Checksum } from './zpl/graphics.ts';
import { fieldData } from './zpl/encode.ts';

describe('ZPL graphics', () => {
  it('has the check value of CRC-16/XMODEM', () => {
    expect(z64Checksum(Buffer.from('123456789'))).toBe('31C3');
  });

  it('packs Z64 so that zlib gives the dots back', () => {
    const { bits } = noise(608, 200, 7);
    const [, base64 = '', crc] = /^:Z64:([A-Za-z0-9+/=]+):([0-9A-F]{4})$/.exec(encodeZ64(bits)) ?? [];
    expect(z64Checksum(Buffer.from(base64))).toBe(crc);
    expect(Buffer.compare(inflateSync(Buffer.from(base64, 'base64')), bits)).toBe(0);
  });

  it('writes hexadecimal as it is', () => {
    expect(encodeHex(Uint8Array.of(0, 0xab, 0xff))).toBe('00ABFF');
  });

  it('shortens runs, row ends and repeated rows', () => {
    const row = (hex: string): Uint8Array => Buffer.from(hex, 'hex');
    expect(encodeAcs(row('f0000000'), 4)).toBe('F,');
    expect(encodeAcs(row('0fffffff'), 4)).toBe('0!');
    expect(encodeAcs(row('aaaaaaa1'), 4)).toBe('MA1');
    expect(encodeAcs(Buffer.concat([row('aaaaaaa1'), row('aaaaaaa1'), row('00000000')]), 4)).toBe('MA1:,');
    // Never `:` first: that is how the other forms begin.
    expect(encodeAcs(row('00000000'), 4)).toBe(',');
    expect(encodeAcs(row(`${'5'.repeat(419)}1`), 210)).toBe('zY51');
    expect(encodeAcs(noise(64, 64, 1).bits, 8, 20)).toBeUndefined();
  });

  it('leaves no caret, tilde or control character in field data', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const [, data = ''] = /^(?:\^FH_)?\^FD(.*)$/su.exec(fieldData(text)) ?? [];
        return [...data].every((character) => character >= ' ' && character <= '}' && character !== '^');
      }),
    );
    expect(fieldData('a_b^c~d')).toBe('^FH_^FDa_5Fb_5Ec_7Ed');
  });
});

describe('regions', () => {
  it('hold all ink, within the page, in bands', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 60 }), fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 30 }), fc.integer({ min: 1, max: 60 }), (width, height, dots, cost) => {
        const page = createBitmap(width, height);
        for (const [x, y] of dots) page.bits[(y % height) * page.stride + ((x % width) >> 3)]! |= 0x80 >> (x % width & 7);
        const regions = findRegions(page, { regionCost: cost, maxRows: 7, maxBytes: 0 });
        for (const region of regions) {
          expect(region.rowCount).toBeLessThanOrEqual(7);
          expect(region.firstByte + region.byteCount).toBeLessThanOrEqual(page.stride);
          expect(region.firstRow + region.rowCount).toBeLessThanOrEqual(height);
        }
        for (let y = 0; y < height; y++) {
          for (let x = 0; x < width; x++) {
            if (!dotAt(page, x, y)) continue;
            expect(regions.some((one) => y >= one.firstRow && y < one.firstRow + one.rowCount && x >> 3 >= one.firstByte && x >> 3 < one.firstByte + one.byteCount)).toBe(true);
          }
        }
      }),
    );
  });
});

describe('Code 128', () => {
  const op = (text: string): LinearOp => linearOp('code128', text, 0, 0, 2, 10) as LinearOp;

  it('spells subsets out', () => {
    expect(code128Steps(op('SF1234567890123'))).toEqual([
      { kind: 'start', subset: 'B' },
      { kind: 'text', text: 'SF1' },
      { kind: 'switch', subset: 'C' },
      { kind: 'text', text: '234567890123' },
    ]);
  });

  it('refuses values that do not account for the modules', () => {
    expect(code128Steps({ ...op('ABC'), codewords: [104, 33] })).toBeUndefined();
    expect(code128Steps({ ...op('ABC'), codewords: [103, 33, 34, 35] })).toBeUndefined();
  });

  it('knows where a printer that chooses for itself comes to the same', () => {
    for (const text of ['SF1234567890123', 'YT8800000000017', '12345678', 'JDVB12345678901', 'AB']) expect(automaticValuesAgree(op(text)), text).toBe(true);
    expect(automaticValuesAgree({ ...op('SF1234567890123'), codewords: [104, 51, 38, 99, 12, 34, 56, 78, 90, 12, 100, 19] })).toBe(false);
  });
});

describe('QR', () => {
  it('knows the capacity of the standard', () => {
    expect(qrDataBits(1, 'L')).toBe(19 * 8);
    expect(qrDataBits(7, 'M')).toBe(124 * 8);
    expect(qrDataBits(10, 'Q')).toBe(154 * 8);
    expect(qrDataBits(40, 'H')).toBe(1_276 * 8);
  });

  it('agrees with the library about the smallest version', () => {
    fc.assert(
      fc.property(fc.constantFrom('L', 'M', 'Q', 'H'), fc.string({ minLength: 1, maxLength: 120 }), (level, text) => {
        const made = encodeQr(text, level);
        expect(made).toBeDefined();
        expect(singleSegmentMode(qrOp(text, 0, 0, 2, level) as QrOp)).toBe(/^[0-9]+$/.test(text) ? 'numeric' : /^[0-9A-Z $%*+\-./:]+$/.test(text) ? 'alphanumeric' : 'byte');
      }),
    );
  });

  it('leaves nothing to a printer that could choose', () => {
    expect(singleSegmentMode({ ...(qrOp('123', 0, 0, 2) as QrOp), version: 2, size: 25 })).toBeUndefined();
    expect(singleSegmentMode(qrOp('收', 0, 0, 2) as QrOp)).toBeUndefined();
    expect(automaticModeAgrees('AB1234567', 'alphanumeric')).toBe(false);
    expect(automaticModeAgrees('ab12', 'byte')).toBe(true);
    expect(automaticModeAgrees('!105', 'byte')).toBe(false);
  });
});

describe('ESC/POS real-time commands', () => {
  it('are seen, and moved out of image data', () => {
    const rows = Uint8Array.of(0x00, 0x10, 0x04, 0x01, 0x00, 0x00, 0x00, 0x00);
    expect(spellsRealtime(rows)).toBe(true);
    const moved = movedFree(rows, 4);
    expect(moved).toBeDefined();
    expect(spellsRealtime(moved!.rows)).toBe(false);
    expect(movedFree(Uint8Array.of(0x80, 0x10, 0x04, 0x01), 4)).toBeUndefined();
  });
});

describe('units', () => {
  it('counts 203 dpi as 8 dots and 300 as 11.811 to the millimetre', () => {
    expect(micrometresToDots(76_000, 203)).toBe(608);
    expect(micrometresToDots(150_000, 300)).toBe(1_772);
    expect(millimetres(76_000)).toBe('76');
    expect(millimetres(2_540)).toBe('2.54');
    expect(millimetres(2_500)).toBe('2.5');
  });
});
