/** Every built-in template × language × way of encoding × resolution × data: what the judge prints is the preview, and every code reads. */
import { beforeAll, describe, expect, it } from 'vitest';
import { builtinTemplates } from '../../common/domain/label/builtin/index.ts';
import { labelSamples } from '../../common/domain/label/samples.ts';
import { prove } from '../../common/domain/templates/proof.ts';
import { encodeLabel } from '../../main/printing/languages/index.ts';
import { createLabelEngine, unreadCodes } from '../../main/printing/raster/engine.ts';
import type { LabelEngine } from '../../main/printing/raster/engine.ts';
import { loadFontSet } from '../../main/printing/raster/fonts.ts';
import { printerLanguages } from '../../main/printing/types.ts';
import { expectExact, printed, profileFor } from '../languages/judging.ts';

/** Sheets wider than a label printer's head are for ordinary printers. */
const widestLabel = 104_000;
let engine: LabelEngine;
beforeAll(() => {
  engine = createLabelEngine({ fonts: loadFontSet() });
});

const labels = builtinTemplates.filter((one) => one.document.media.width <= widestLabel);

describe.each(builtinTemplates.map((one) => [one.id, one] as const))('%s', (_, template) => {
  it('is clean and readable with typical, longest and rare data at 203 and 300 dpi', async () => {
    const findings = prove(template.document, (document, data, dpi) => engine.render(document, data, { dpi }));
    expect(findings.filter((one) => one.severity === 'error').map((one) => `${one.element} ${one.message} ${one.sample} ${one.dpi}`)).toEqual([]);
    for (const { data } of labelSamples) for (const dpi of [203, 300]) for (const label of engine.render(template.document, data, { dpi })) expect(unreadCodes(await engine.check(label))).toEqual([]);
  });
});

describe.each(labels.map((one) => [one.id, one] as const))('%s', (_, template) => {
  it.each(printerLanguages)('%s prints the preview, dot for dot', (language) => {
    for (const { data } of labelSamples) {
      for (const dpi of [203, 300]) {
        for (const label of engine.render(template.document, data, { dpi })) {
          const profile = profileFor(label, language);
          for (const mode of ['hybrid', 'raster'] as const) expectExact(printed(encodeLabel(label, profile, { mode }), profile), label);
        }
      }
    }
  }, 120_000);
});
