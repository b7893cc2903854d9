/** The real waybill filled with anything: same commands, one label, the dots of the preview, in every language. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtinTemplates } from '../../common/domain/label/builtin/index.ts';
import { completeLabelData } from '../../common/domain/label/data.ts';
import type { LabelData } from '../../common/domain/label/data.ts';
import { labelSamples } from '../../common/domain/label/samples.ts';
import { encodeLabel } from '../../main/printing/languages/index.ts';
import { createLabelEngine } from '../../main/printing/raster/engine.ts';
import { loadFontSet } from '../../main/printing/raster/fonts.ts';
import { printerLanguages } from '../../main/printing/types.ts';
import { differences, printed, profileFor } from './judging.ts';
import { zebrash } from './zebrash.ts';

const engine = createLabelEngine({ fonts: loadFontSet() });
const waybill = builtinTemplates[0]!;

const anything = fc.oneof(
  fc.constantFrom('^XZ', '~JA', '"\r\nPRINT 9\r\n', '\r\nFORM\r\nPRINT\r\n', '\u001b@', '\u0010\u0004\u0001', '{C', '>;', '!105', '_5E', '𠮷', '', 'SF1234567890123'),
  fc.string({ maxLength: 24 }),
  fc.string({ unit: 'binary', maxLength: 24 }),
);
const data: fc.Arbitrary<LabelData> = fc
  .record({ number: anything, qr: anything, carrier: anything, sortCode: anything, name: anything, phone: anything, detail: anything, title: anything, sku: anything, barcode: anything, note: anything, shop: anything, station: anything })
  .map((field) =>
    completeLabelData({
      waybill: { number: field.number, qr: field.qr, carrier: { code: '', name: field.carrier }, sortCode: field.sortCode, product: field.sku },
      recipient: { name: field.name, phone: field.phone, province: field.shop, detail: field.detail },
      sender: { name: field.shop, phone: field.number, detail: field.note },
      items: [{ title: field.title, shortName: field.title, sku: field.sku, quantity: 2, barcode: field.barcode }],
      orders: [{ id: field.number, shop: field.shop, buyerNote: field.note, sellerNote: field.detail }],
      job: { station: field.station, operator: field.name },
    }),
  );

describe.each(printerLanguages)('%s', (language) => {
  const [plain] = engine.render(waybill.document, labelSamples[0]!.data, { dpi: 203 });
  const usual = new Set(
    (['hybrid', 'raster'] as const).flatMap((mode) => printed(encodeLabel(plain!, profileFor(plain!, language), { mode }), profileFor(plain!, language)).commands.map((command) => command.name)),
  );
  // What a code may add to the commands of the sample.
  for (const name of ['^FH', '^BQ', '^BC', '^BY', '^FD', 'QRCODE', 'BARCODE', 'BAR', 'BITMAP', '^GB', '^GF', 'GS L', 'CG']) usual.add(name);

  it('keeps its commands, whatever the fields hold', () => {
    fc.assert(
      fc.property(data, (values) => {
        for (const label of engine.render(waybill.document, values, { dpi: 203 })) {
          const profile = profileFor(label, language);
          const printout = printed(encodeLabel(label, profile, { mode: 'hybrid' }), profile);
          expect(printout.errors).toEqual([]);
          // Only the fine hatching drawn for a character no font has can spell a status question from every margin; it is never sent.
          if (!label.lint.some((finding) => finding.code === 'missing_glyph')) expect(printout.queries).toEqual([]);
          expect(printout.labels).toHaveLength(1);
          expect(differences(printout.labels[0]!, label)).toEqual([]);
          for (const { name } of printout.commands) expect([...usual]).toContain(name);
        }
      }),
      { numRuns: 25, interruptAfterTimeLimit: 40_000 },
    );
  }, 60_000);
});

describe('every built-in label', () => {
  const fitting = builtinTemplates.filter(({ document }) => !document.media.continuous && document.media.width <= 104_000);

  it.each(fitting.map(({ id }) => id))('%s prints as its preview in every language and mode', (id) => {
    const { document } = fitting.find((template) => template.id === id)!;
    for (const sample of labelSamples) {
      for (const dpi of [203, 300]) {
        const [label] = engine.render(document, sample.data, { dpi });
        for (const language of printerLanguages) {
          const profile = profileFor(label!, language);
          for (const mode of ['hybrid', 'raster'] as const) {
            const printout = printed(encodeLabel(label!, profile, { mode }), profile);
            expect(printout.errors).toEqual([]);
            expect(differences(printout.labels[0]!, label!), `${sample.id} ${dpi} ${language} ${mode}`).toEqual([]);
          }
        }
      }
    }
  }, 120_000);

  it('prints as its preview in Zebrash too', async () => {
    for (const sample of labelSamples) {
      const [label] = engine.render(waybill.document, sample.data, { dpi: 203 });
      const paper = await zebrash(encodeLabel(label!, profileFor(label!, 'zpl'), { mode: 'hybrid' }), label!);
      expect(differences(paper, label!), sample.id).toEqual([]);
    }
  }, 60_000);
});
