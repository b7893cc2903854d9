/** The label engine of this process: fonts, layout, the decoder and the built-in templates, warm and shared. */
import { builtinTemplates, type BuiltinTemplate } from '../../../common/domain/label/builtin/index.ts';
import type { LabelData } from '../../../common/domain/label/data.ts';
import type { LabelDocument } from '../../../common/domain/label/document.ts';
import { createLayoutEngine, type RenderOptions } from '../../../common/domain/label/engine.ts';
import type { FontSet } from '../../../common/domain/label/fonts/font-set.ts';
import type { DecodedCode, RenderedLabel } from '../../../common/domain/label/rendered.ts';
import { labelSamples } from '../../../common/domain/label/samples.ts';
import { createDecoder, type CodeReading } from './decode.ts';

export interface LabelEngine {
  /** Lays out and rasterises; several labels when a table is continued. Synchronous. */
  render(document: LabelDocument, data: LabelData, options: RenderOptions): RenderedLabel[];
  /** What a decoder reads from the finished dots: one entry for each code that reads, in the order of `label.codes`. */
  decode(label: RenderedLabel): Promise<DecodedCode[]>;
  /** The same with what was expected, unread codes included: compare before sending. */
  check(label: RenderedLabel): Promise<CodeReading[]>;
  /**
   * Draws and decodes one sample label, so that the first real one does not pay for reading fonts, first glyphs and the decoder.
   * Takes a few tenths of a second of this thread.
   */
  warm(dpi: number): Promise<void>;
  readonly builtinTemplates: readonly BuiltinTemplate[];
}

/** Makes the engine. Keep one per process: its caches are what makes the second label fast. */
export function createLabelEngine(deps: { readonly fonts: FontSet }): LabelEngine {
  const layout = createLayoutEngine({ fonts: deps.fonts });
  const decoder = createDecoder();
  return {
    warm: async (dpi) => {
      const [first] = builtinTemplates;
      const [sample] = labelSamples;
      if (!first || !sample) return;
      for (const label of layout.render(first.document, sample.data, { dpi })) await decoder.read(label);
    },
    render: layout.render,
    decode: async (label) => (await decoder.read(label)).flatMap(({ format, text }) => (text === undefined ? [] : [{ format, text }])),
    check: decoder.read,
    builtinTemplates,
  };
}

/** Codes that do not read as they should; empty when the label may be sent. */
export function unreadCodes(readings: readonly CodeReading[]): CodeReading[] {
  return readings.filter(({ expected, text }) => text !== expected);
}

/** True when nothing forbids sending the label to paper. */
export function isPrintable(label: RenderedLabel): boolean {
  return !label.lint.some((finding) => finding.severity === 'error');
}
