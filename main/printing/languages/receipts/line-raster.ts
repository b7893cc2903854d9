/** Lines of a receipt as dots, drawn by the label engine with the label's own fonts. */
import { completeLabelData } from '../../../../common/domain/label/data.ts';
import { defineDocument } from '../../../../common/domain/label/document.ts';
import { fail } from '../../../../common/errors.ts';
import type { LabelEngine } from '../../raster/engine.ts';
import type { PrinterProfile } from '../../types.ts';
import type { LineRaster } from './encode.ts';

/** Makes the drawing function for one printer. It throws LABEL_FAULTY for a character no font has. */
export function createLineRaster(engine: Pick<LabelEngine, 'render'>, profile: PrinterProfile): LineRaster {
  const micrometresPerDot = profile.dpi === 203 ? 125 : 25_400 / profile.dpi;
  const width = Math.floor(profile.headDots * micrometresPerDot);
  return (text, { bold, double }) => {
    const size = Math.round((double ? 48 : 24) * micrometresPerDot);
    const height = Math.max(5_000, Math.ceil(size * 1.25));
    const document = defineDocument({
      format: 'packbench-label',
      version: 1,
      name: 'receipt line',
      purpose: 'other',
      privacy: 'internal',
      media: { width, height },
      elements: [{ id: 'line', type: 'text', x: 0, y: 0, width, height, content: [{ text }], font: { size, weight: bold ? 'bold' : 'regular' }, fit: { kind: 'clamp' } }],
    });
    const [label] = engine.render(document, completeLabelData({}), { dpi: profile.dpi, headDots: profile.headDots });
    if (label === undefined) throw new Error('the engine made no line');
    const missing = label.lint.filter((finding) => finding.code === 'missing_glyph');
    if (missing.length > 0) fail('LABEL_FAULTY', { parcel: '', findings: missing.map(({ code, element, message }) => ({ code, element, message })) });
    return label.bitmap;
  };
}
