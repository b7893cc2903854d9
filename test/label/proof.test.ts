/**
 * The picture is the print: every built-in template, with every sample, in every language and mode, is interpreted by a
 * printer that knows nothing of our encoders, and must be the preview dot for dot.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { builtinTemplates } from '../../common/domain/label/builtin/index.ts';
import { labelSamples } from '../../common/domain/label/samples.ts';
import { encodeLabel } from '../../main/printing/languages/index.ts';
import { createLabelEngine, type LabelEngine } from '../../main/printing/raster/engine.ts';
import { loadFontSet } from '../../main/printing/raster/fonts.ts';
import { printerLanguages } from '../../main/printing/types.ts';
import { expectExact, printed, profileFor } from '../languages/judging.ts';

let engine: LabelEngine;
beforeAll(() => {
  engine = createLabelEngine({ fonts: loadFontSet() });
});

/** A second resolution proves that nothing is tied to the first; raster mode does not depend on it. */
const runs = [
  { dpi: 203, mode: 'hybrid' },
  { dpi: 203, mode: 'raster' },
  { dpi: 300, mode: 'hybrid' },
] as const;

describe.each(builtinTemplates.map(({ id, document }) => ({ id, document })))('$id', ({ document }) => {
  it.each(printerLanguages.flatMap((language) => runs.map((run) => ({ language, ...run }))))('is what $language prints, $mode at $dpi dpi', ({ language, dpi, mode }) => {
    let compared = 0;
    for (const { data } of labelSamples) {
      // Of a long series the first and the last stand for all: they differ only in their data.
      const labels = engine.render(document, data, { dpi });
      for (const label of new Set([labels[0], labels.at(-1)])) {
        if (!label) throw new Error('no label');
        const profile = profileFor(label, language);
        const printout = printed(encodeLabel(label, profile, { mode }), profile);
        const [paper] = printout.labels;
        const same = paper !== undefined && printout.errors.length === 0 && printout.warnings.length === 0 && printout.labels.length === 1 && paper.stride === label.bitmap.stride && paper.heightDots === label.bitmap.height && Buffer.compare(paper.bits, label.bitmap.bits) === 0;
        // The slow comparison names the dots that differ.
        if (!same) expectExact(printout, label);
        compared++;
      }
    }
    expect(compared).toBeGreaterThanOrEqual(labelSamples.length);
  });
});
