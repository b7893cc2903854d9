import { describe, expect, it } from 'vitest';
import { isFailure } from '../../common/errors.ts';
import type { ErrorCode } from '../../common/errors.ts';
import type { DrawOp } from '../../common/domain/label/rendered.ts';
import { encodeLabel, zplEcho } from '../../main/printing/languages/index.ts';
import { labelFrom, linearOp, noise, qrOp } from '../../main/printing/languages/testing.ts';
import { printerLanguages } from '../../main/printing/types.ts';
import { differences, expectExact, printed, profileFor } from './judging.ts';

const denseOps: readonly DrawOp[] = [
  { kind: 'frame', rect: { x: 8, y: 8, width: 592, height: 1024 }, thickness: 2 },
  { kind: 'fill', rect: { x: 8, y: 200, width: 592, height: 2 } },
  { kind: 'bitmap', x: 21, y: 30, bitmap: noise(301, 27, 3), source: 'text' },
  { kind: 'bitmap', x: 400, y: 33, bitmap: noise(90, 40, 4), source: 'text' },
  linearOp('code128', 'SF1234567890123', 60, 90, 3, 96),
  linearOp('code128', 'AB12-34567', 540, 300, 2, 48, 90),
  linearOp('code128', '12345678', 500, 620, 2, 33, 270),
  linearOp('ean13', '690123456789', 40, 700, 2, 60),
  linearOp('code39', 'AB-12', 40, 800, 2, 40, 180),
  qrOp('1234567890123', 60, 300, 4),
  qrOp('HTTPS://A.CN/1B', 60, 420, 3),
  qrOp('https://example.cn/p?id=abc', 60, 540, 3, 'L'),
  qrOp('收件人 zhang', 250, 300, 4),
  { kind: 'bitmap', x: 30, y: 900, bitmap: noise(540, 60, 5), source: 'text' },
  { kind: 'fill', rect: { x: 30, y: 980, width: 200, height: 40 } },
  { kind: 'bitmap', x: 33, y: 985, bitmap: noise(180, 22, 6), source: 'text' },
  { kind: 'invert', rect: { x: 30, y: 980, width: 200, height: 40 } },
];
const dense = labelFrom(608, 1040, 203, denseOps);
const dense300 = labelFrom(898, 1535, 300, denseOps);

describe.each(printerLanguages)('%s', (language) => {
  describe.each(['raster', 'hybrid'] as const)('%s', (mode) => {
    it.each([
      [203, dense],
      [300, dense300],
    ])('prints the preview dot for dot at %i dpi', (_, label) => {
      const profile = profileFor(label, language);
      expectExact(printed(encodeLabel(label, profile, { mode }), profile), label);
    });

    it('prints a blank label as one blank piece of paper', () => {
      const blank = labelFrom(608, 320, 203, []);
      const profile = profileFor(blank, language);
      expectExact(printed(encodeLabel(blank, profile, { mode }), profile), blank);
    });

    it('moves the page by the calibrated offset', () => {
      const ops: DrawOp[] = [linearOp('code128', '12345678', 100, 40, 2, 50), { kind: 'bitmap', x: 50, y: 120, bitmap: noise(77, 30, 9), source: 'text' }];
      const profile = profileFor(labelFrom(400, 240, 203, ops), language, { offset: { xMicrometres: 1_375, yMicrometres: -2_000 } });
      const moved: DrawOp[] = [linearOp('code128', '12345678', 111, 24, 2, 50), { kind: 'bitmap', x: 61, y: 104, bitmap: noise(77, 30, 9), source: 'text' }];
      expectExact(printed(encodeLabel(labelFrom(400, 240, 203, ops), profile, { mode }), profile), labelFrom(400, 240, 203, moved));
    });
  });

  it('sends in bands where the printer wants them', () => {
    const start = profileFor(dense, language);
    const profile = { ...start, dialect: { ...start.dialect, maxBandRows: 40 } };
    for (const mode of ['raster', 'hybrid'] as const) expectExact(printed(encodeLabel(dense, profile, { mode }), profile), dense);
  });

  it('does not depend on what the label before left behind', () => {
    // A receipt printer has no labels: there the cut parts one from the next.
    const profile = profileFor(dense, language, { finish: language === 'escpos' ? 'cut' : 'tear' });
    const bytes = encodeLabel(dense, profile, { mode: 'hybrid' });
    const printout = printed(new Uint8Array(Buffer.concat([bytes, bytes])), profile);
    expect(printout.errors).toEqual([]);
    expect(printout.labels).toHaveLength(2);
    expect(printout.labels[1]!.bits).toEqual(printout.labels[0]!.bits);
  });

  const wrong: [string, ErrorCode, () => unknown][] = [
    ['resolution', 'LABEL_DPI_MISMATCH', () => encodeLabel(dense, profileFor(dense, language, { dpi: 300 }), { mode: 'hybrid' })],
    ['head', 'LABEL_WIDER_THAN_HEAD', () => encodeLabel(dense, profileFor(dense, language, { headDots: 384 }), { mode: 'hybrid' })],
    [
      'paper',
      'PAPER_MISMATCH',
      () => encodeLabel(dense, profileFor(dense, language, { media: { widthMicrometres: 100_000, heightMicrometres: 150_000, kind: 'gap', gapMicrometres: 2_000 } }), { mode: 'hybrid' }),
    ],
    ['offset', 'LABEL_SHIFTED_OFF_PAPER', () => encodeLabel(dense, profileFor(dense, language, { offset: { xMicrometres: 3_000, yMicrometres: 0 } }), { mode: 'raster' })],
    [
      'size',
      'LABEL_TOO_LARGE',
      () => {
        const huge = labelFrom(8_000, 8_500, 203, [{ kind: 'bitmap', x: 0, y: 0, bitmap: noise(8_000, 8_500, 1), source: 'image' }]);
        return encodeLabel(huge, profileFor(huge, language), { mode: 'raster' });
      },
    ],
  ];
  it.each(wrong)('refuses the wrong %s by name', (_, code, work) => {
    let thrown: unknown;
    try {
      work();
    } catch (error) {
      thrown = error;
    }
    expect(isFailure(thrown, code), String(thrown)).toBe(true);
  });
});

it('names an unknown language', () => {
  const profile = { ...profileFor(dense, 'tspl'), language: 'pcl' as 'tspl' };
  expect(() => encodeLabel(dense, profile, { mode: 'raster' })).toThrow(/LANGUAGE_UNKNOWN/);
});

describe('native codes', () => {
  it.each([
    ['tspl', ['SF1234567890123', '1234567890123', 'HTTPS://A.CN/1B']],
    ['zpl', ['SF1234567890123', 'AB12-34567', '12345678', '1234567890123', 'HTTPS://A.CN/1B', 'https://example.cn/p?id=abc']],
  ] as const)('%s draws the codes whose modules are settled', (language, expected) => {
    const profile = profileFor(dense, language);
    const codes = printed(encodeLabel(dense, profile, { mode: 'hybrid' }), profile).labels[0]!.codes.map((code) => code.text);
    expect(codes).toEqual(expect.arrayContaining([...expected]));
  });

  it.each(['cpcl', 'escpos'] as const)('%s draws a code that leaves it no choice', (language) => {
    const label = labelFrom(400, 240, 203, [linearOp('code128', '12345678', 56, 40, 2, 50)]);
    const profile = profileFor(label, language);
    const printout = printed(encodeLabel(label, profile, { mode: 'hybrid' }), profile);
    expectExact(printout, label);
    expect(printout.labels[0]!.codes.map((code) => code.text)).toEqual(['12345678']);
  });

  it('sends a raster of everything when asked', () => {
    for (const language of printerLanguages) {
      const profile = profileFor(dense, language);
      expect(printed(encodeLabel(dense, profile, { mode: 'raster' }), profile).labels[0]!.codes).toEqual([]);
    }
  });
});

describe('settings of a printer', () => {
  const label = labelFrom(400, 240, 203, [linearOp('code128', 'AB1234', 56, 40, 2, 50), { kind: 'bitmap', x: 50, y: 120, bitmap: noise(77, 30, 9), source: 'text' }, qrOp('12345678', 250, 120, 3)]);

  it('turns the page where the label is to come out upside down', () => {
    const { width, height, stride, bits } = label.bitmap;
    const turned = new Uint8Array(bits.length);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        if ((bits[y * stride + (x >> 3)]! & (0x80 >> (x & 7))) === 0) continue;
        turned[(height - 1 - y) * stride + ((width - 1 - x) >> 3)]! |= 0x80 >> ((width - 1 - x) & 7);
      }
    }
    const expected = { ...label, bitmap: { ...label.bitmap, bits: turned } };
    for (const language of printerLanguages) {
      for (const mode of ['raster', 'hybrid'] as const) {
        const profile = profileFor(label, language, { upsideDown: true });
        expectExact(printed(encodeLabel(label, profile, { mode }), profile), expected);
      }
    }
  });

  it('suits a clone that takes 1 as black', () => {
    const start = profileFor(label, 'tspl');
    const profile = { ...start, dialect: { ...start.dialect, invertedBitmap: true } };
    for (const mode of ['raster', 'hybrid'] as const) expectExact(printed(encodeLabel(label, profile, { mode }), profile), label);
  });

  it.each(['none', 'acs', 'z64'] as const)('packs ZPL graphics with %s', (compression) => {
    const start = profileFor(dense, 'zpl');
    const profile = { ...start, dialect: { ...start.dialect, compression } };
    for (const mode of ['raster', 'hybrid'] as const) {
      const bytes = encodeLabel(dense, profile, { mode });
      expectExact(printed(bytes, profile), dense);
      if (compression !== 'z64') expect(Buffer.from(bytes).includes(':Z64:')).toBe(false);
    }
  });

  it.each(['tear', 'peel', 'cut'] as const)('prints with paper to be finished by %s, over a gap, to a mark, and on a roll', (finish) => {
    for (const language of printerLanguages) {
      for (const kind of ['gap', 'mark', 'continuous'] as const) {
        const start = profileFor(label, language, { finish });
        const profile = { ...start, media: { ...start.media, kind } };
        const printout = printed(encodeLabel(label, profile, { mode: 'hybrid' }), profile);
        expect(printout.errors).toEqual([]);
        expect(printout.labels).toHaveLength(1);
      }
    }
  });

  it('switches the printer’s own reprint off', () => {
    const tspl = Buffer.from(encodeLabel(label, profileFor(label, 'tspl'), { mode: 'hybrid' })).toString('latin1');
    expect(tspl).toContain('SET REPRINT OFF\r\n');
    const zpl = Buffer.from(encodeLabel(label, profileFor(label, 'zpl'), { mode: 'hybrid' })).toString('latin1');
    expect(zpl).toContain('^JZN');
    expect(Buffer.from(encodeLabel(label, profileFor(label, 'cpcl'), { mode: 'hybrid' })).toString('latin1')).toContain('ON-FEED IGNORE');
  });

  it('sends one label per print command, and copies only when asked', () => {
    const count = (language: 'tspl' | 'zpl', text: string, copies?: number): number => Buffer.from(encodeLabel(label, profileFor(label, language), { mode: 'raster', ...(copies === undefined ? {} : { copies }) })).toString('latin1').split(text).length - 1;
    expect(count('tspl', 'PRINT 1,1\r\n')).toBe(1);
    expect(count('tspl', 'PRINT 1,3\r\n', 3)).toBe(1);
    expect(count('zpl', '^XZ')).toBe(1);
  });

  it('sends nothing of a label that was refused with the next one', () => {
    for (const language of printerLanguages) {
      const profile = profileFor(label, language);
      const before = encodeLabel(label, profile, { mode: 'hybrid' });
      expect(() => encodeLabel(dense, profileFor(dense, language), { mode: 'raster', copies: 0 })).toThrow(/BAD_INPUT/);
      expect(Buffer.compare(encodeLabel(label, profile, { mode: 'hybrid' }), before)).toBe(0);
    }
  });

  it('lets a ZPL printer echo the attempt, without a dot of it on paper', () => {
    const start = profileFor(label, 'zpl');
    const profile = { ...start, dialect: { ...start.dialect, completion: 'zpl-hv' as const } };
    const printout = printed(encodeLabel(label, profile, { mode: 'hybrid', attemptTag: 'att_01JD3K' }), profile);
    // The judge reports the field that lies off the paper; that it draws nothing is the point of it.
    expect(printout.errors.map((error) => error.code)).toEqual(['off-label']);
    expect(differences(printout.labels[0]!, label)).toEqual([]);
    expect(printout.labels[0]!.echo.trim()).toBe(zplEcho('att_01JD3K'));
  });
});
