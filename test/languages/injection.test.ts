/** Whatever a field holds, the printer sees the same kinds of commands, one label, and the dots of the preview. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DrawOp, RenderedLabel } from '../../common/domain/label/rendered.ts';
import { encodeLabel } from '../../main/printing/languages/index.ts';
import { labelFrom, linearOp, noise, qrOp } from '../../main/printing/languages/testing.ts';
import { printerLanguages } from '../../main/printing/types.ts';
import type { PrinterLanguage } from '../../main/printing/types.ts';
import { expectExact, printed, profileFor } from './judging.ts';

/** Texts that are commands in one of the languages, or break a naive writer of one. */
const nasty = [
  '^XZ', '~JA', '^FD', '>0', '>;12', '_5E', '"', '\\["]', '"\r\nPRINT 9\r\n', '!105', '!', '\r\nFORM\r\nPRINT\r\n', '\x1b@', '\x1d(H', '{C', '{', '{{', '\x10\x04\x01', '{1AB', 'SF1234567890123', '00', 'A1', '^', '~', '_', '>', '\\', '%', '\u0000',
];
const fragment = fc.oneof(fc.constantFrom(...nasty), fc.string({ maxLength: 6 }), fc.constantFrom('1234', '12345', '1234567'));
const ascii = fc
  .array(fragment, { minLength: 1, maxLength: 3 })
  .map((parts) => [...parts.join('')].filter((character) => character <= '\u007f').join('').slice(0, 16))
  .filter((text) => text.trim() !== '');
const anyText = fc
  .array(fc.oneof(fragment, fc.constantFrom('收件人', '𠮷', 'é', '€'), fc.string({ unit: 'binary', maxLength: 5 })), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join(''))
  .filter((text) => text !== '');

const allowed: Record<PrinterLanguage, readonly string[]> = {
  tspl: ['SIZE', 'GAP', 'DIRECTION', 'REFERENCE', 'OFFSET', 'SHIFT', 'SPEED', 'DENSITY', 'SET', 'CLS', 'BITMAP', 'BAR', 'BARCODE', 'QRCODE', 'PRINT'],
  zpl: ['~SD', '^XA', '^MM', '^MN', '^MT', '^PW', '^LL', '^LH', '^LT', '^LS', '^LR', '^FW', '^PM', '^PR', '^PO', '^JZ', '^CI', '^FO', '^GF', '^GB', '^BY', '^BC', '^BQ', '^FD', '^FH', '^FS', '^PQ', '^XZ'],
  cpcl: ['!', 'PAGE-WIDTH', 'ON-FEED', 'SPEED', 'TONE', 'SETMAG', 'SETBOLD', 'LEFT', 'BARCODE-TEXT', 'CG', 'BARCODE', 'FORM', 'PRINT'],
  escpos: ['ESC @', 'ESC a', 'GS L', 'GS v 0', 'GS h', 'GS w', 'GS H', 'GS k', 'ESC d', 'GS V'],
};

function labelOf(codeText: string, sideText: string, qrText: string): RenderedLabel {
  const ops: DrawOp[] = [
    linearOp('code128', codeText, 56, 16, 2, 40),
    linearOp('code128', sideText, 8, 90, 2, 32, 90),
    qrOp(qrText, 120, 90, 3),
    { kind: 'bitmap', x: 300, y: 100, bitmap: noise(120, 24, qrText.length + 1), source: 'text' },
  ];
  const width = Math.max(...ops.map((op) => (op.kind === 'bitmap' ? op.x + op.bitmap.width : op.rect.x + op.rect.width))) + 16;
  const height = Math.max(...ops.map((op) => (op.kind === 'bitmap' ? op.y + op.bitmap.height : op.rect.y + op.rect.height))) + 16;
  return labelFrom(width, height, 203, ops);
}

describe.each(printerLanguages)('%s', (language) => {
  it('keeps its commands whatever the fields hold', () => {
    fc.assert(
      fc.property(ascii, ascii, anyText, (codeText, sideText, qrText) => {
        const label = labelOf(codeText, sideText, qrText);
        const profile = profileFor(label, language);
        const printout = printed(encodeLabel(label, profile, { mode: 'hybrid' }), profile);
        expectExact(printout, label);
        expect(printout.queries).toEqual([]);
        for (const command of printout.commands) expect(allowed[language]).toContain(command.name);
      }),
      { numRuns: 120 },
    );
  });
});
