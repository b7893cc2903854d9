/**
 * Time for one dense label from data to bytes, warm, each round with other data: every language and mode against the same label through
 * Chromium (HTML to PDF, one by one and in its best batch) and against a plain canvas raster. One core, one run.
 */
import type { LabelData } from '../../common/domain/label/data.ts';
import { encodeLabel } from '../printing/languages/index.ts';
import { genericProfile } from '../printing/languages/profiles.ts';
import { createLabelEngine } from '../printing/raster/engine.ts';
import { loadFontSet } from '../printing/raster/fonts.ts';
import { printerLanguages } from '../printing/types.ts';
import type { EncodeMode, PrinterLanguage } from '../printing/types.ts';
import { createCanvasRaster } from './canvas.ts';
import { startChromium } from './chromium.ts';
import type { BenchCase, BenchContext, BenchValue, Timing } from './harness.ts';
import { measure, ratio, rounded } from './harness.ts';
import { denseData, denseTemplate } from './samples.ts';

const dpi = 203;
const batchSizes = [20, 100, 300];

/** Budgets of the design, in milliseconds. */
const budgets: Partial<Record<PrinterLanguage, number>> = { tspl: 1, zpl: 3 };

/** Each label has its own data, made before the clock starts. */
function dataFor(count: number): readonly LabelData[] {
  return Array.from({ length: count }, (_, index) => denseData(index));
}

export const bench: BenchCase = {
  about: 'lay out, rasterise and encode a dense 76 × 130 mm label, against Chromium and a plain canvas',
  async run(context) {
    const rounds = context.quick ? 100 : 500;
    const warmup = context.quick ? 60 : 200;
    const data = dataFor(rounds + warmup);
    const at = (round: number): LabelData => data[round % data.length] ?? denseData(round);
    const engine = createLabelEngine({ fonts: loadFontSet() });
    const { document } = denseTemplate();

    const ours: Record<string, Timing> = {};
    const render = await measure(rounds, warmup, (round) => engine.render(document, at(round), { dpi }));
    for (const language of printerLanguages) {
      for (const mode of ['hybrid', 'raster'] as const satisfies readonly EncodeMode[]) {
        const profile = genericProfile({ language, dpi, widthMicrometres: 76_000, heightMicrometres: 130_000, mode });
        ours[`${language}-${mode}`] = await measure(rounds, warmup, (round) => {
          for (const label of engine.render(document, at(round), { dpi })) encodeLabel(label, profile, { mode });
        });
        context.note(`${language} ${mode}: ${ours[`${language}-${mode}`]?.medianMs} ms`);
      }
    }
    const drawCanvas = createCanvasRaster(608, 1_040);
    const canvasRounds = context.quick ? 10 : 40;
    const canvas = await measure(canvasRounds, 5, (round) => drawCanvas(at(round)));
    context.note(`canvas: ${canvas.medianMs} ms`);
    const chromium = await againstChromium(context, at);

    return {
      label: { widthMm: 76, heightMm: 130, dpi, rounds },
      renderOnly: { ...render },
      ours: Object.fromEntries(Object.entries(ours).map(([name, timing]) => [name, { ...timing }])),
      canvas: { ...canvas },
      chromium: chromium ?? 'no Chromium on this machine',
      ratios: Object.fromEntries(Object.entries(ours).map(([name, timing]) => [name, ratios(timing, canvas, chromium)])),
      budgets: Object.fromEntries(
        Object.entries(budgets).map(([language, budget]) => {
          const reached = ours[`${language}-hybrid`]?.medianMs ?? Number.POSITIVE_INFINITY;
          return [language, { budgetMs: budget, medianMs: reached, kept: reached <= budget }];
        }),
      ),
    };
  },
};

function ratios(ours: Timing, canvas: Timing, chromium: ChromiumTimes | undefined): BenchValue {
  return {
    canvas: ratio(canvas.medianMs, ours.medianMs),
    ...(chromium === undefined ? {} : { chromiumOneByOne: ratio(chromium.oneByOneMs, ours.medianMs), chromiumBestBatch: ratio(chromium.bestBatch.msPerLabel, ours.medianMs) }),
  };
}

type ChromiumTimes = {
  readonly oneByOneMs: number;
  readonly bestBatch: { readonly labels: number; readonly msPerLabel: number };
  readonly batches: readonly { readonly labels: number; readonly msPerLabel: number }[];
};

async function againstChromium(context: BenchContext, at: (round: number) => LabelData): Promise<ChromiumTimes | undefined> {
  const chromium = await startChromium();
  if (chromium === undefined) return undefined;
  try {
    const one = await measure(context.quick ? 5 : 20, 3, (round) => chromium.print([at(round)]));
    context.note(`chromium one by one: ${one.medianMs} ms`);
    const batches: { labels: number; msPerLabel: number }[] = [];
    for (const labels of context.quick ? batchSizes.slice(0, 2) : batchSizes) {
      const batch = await measure(context.quick ? 1 : 3, 1, (round) => chromium.print(Array.from({ length: labels }, (_, index) => at(round * labels + index))));
      batches.push({ labels, msPerLabel: rounded(batch.minMs / labels) });
      context.note(`chromium ${labels} at once: ${rounded(batch.minMs / labels)} ms per label`);
    }
    const bestBatch = batches.reduce((best, batch) => (batch.msPerLabel < best.msPerLabel ? batch : best));
    return { oneByOneMs: one.medianMs, bestBatch, batches };
  } finally {
    await chromium.close();
  }
}
