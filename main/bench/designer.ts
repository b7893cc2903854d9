/**
 * What stands between an edit in the designer and its picture: the changed document laid out and made dots again, for typical edits
 * of the built-in waybill with the most elements, each round a document no cache has seen. The page adds writing the changed dots to
 * its canvas; `test/e2e/designer.test.ts` prints that time. Against a plain canvas drawing the same label with HTML fonts.
 */
import { builtinTemplates } from '../../common/domain/label/builtin/index.ts';
import { allElements } from '../../common/domain/label/document.ts';
import type { LabelDocument, LabelElement } from '../../common/domain/label/document.ts';
import { createLayoutEngine } from '../../common/domain/label/engine.ts';
import { proofCases, prove } from '../../common/domain/templates/proof.ts';
import { loadFontSet } from '../printing/raster/fonts.ts';
import { createCanvasRaster } from './canvas.ts';
import type { BenchCase, Timing } from './harness.ts';
import { measure, ratio } from './harness.ts';
import { denseData } from './samples.ts';

const budgetMs = 16;

type Edit = (element: LabelElement, round: number) => LabelElement | undefined;

/** What a hand does to one kind of element; undefined leaves the element as it is. */
const edits: Readonly<Record<string, Edit>> = {
  'move a barcode': (element, round) => (element.type === 'barcode' ? { ...element, y: element.y + (round % 16) * 125 } : undefined),
  'type into a text': (element, round) => (element.type === 'text' ? { ...element, content: [{ text: `发 ${round}` }, ...element.content] } : undefined),
  'size of letters': (element, round) => (element.type === 'paragraph' ? { ...element, font: { ...element.font, size: 2_000 + (round % 24) * 125 } } : undefined),
  'resize a table': (element, round) => (element.type === 'table' ? { ...element, width: element.width - (round % 32) * 125 } : undefined),
  'turn a QR code': (element, round) => (element.type === 'qr' ? { ...element, rotation: ([0, 90, 180, 270] as const)[round % 4] ?? 0, x: element.x - (round % 8) * 125 } : undefined),
};

/** The document with the first element an edit fits. */
function edited(document: LabelDocument, edit: Edit, round: number): LabelDocument {
  const at = document.elements.findIndex((element) => edit(element, round) !== undefined);
  return { ...document, elements: document.elements.map((element, index) => (index === at ? (edit(element, round) ?? element) : element)) };
}

export const bench: BenchCase = {
  about: 'designer: a changed template laid out and made dots again',
  async run(context) {
    const waybills = builtinTemplates.filter((one) => one.document.purpose === 'waybill');
    const [densest] = waybills.toSorted((left, right) => allElements(right.document.elements).length - allElements(left.document.elements).length);
    if (densest === undefined) throw new Error('no built-in waybill');
    const { document } = densest;
    const engine = createLayoutEngine({ fonts: loadFontSet() });
    const data = denseData(1);
    const [rounds, warmup] = context.quick ? [60, 30] : [400, 100];
    const times: Record<string, Timing> = {};
    for (const dpi of [203, 300]) {
      for (const [name, edit] of Object.entries(edits)) {
        const made = Array.from({ length: rounds + warmup }, (_, round) => edited(document, edit, round));
        times[`${name}, ${dpi} dpi`] = await measure(rounds, warmup, (round) => engine.render(made[round] ?? document, data, { dpi }));
        context.note(`${name}, ${dpi} dpi: ${times[`${name}, ${dpi} dpi`]?.p95Ms} ms`);
      }
    }
    const check = await measure(context.quick ? 5 : 20, 2, () => prove(document, (given, of, dpi) => engine.render(given, of, { dpi }), proofCases()));
    const drawCanvas = createCanvasRaster(608, 1_040);
    const canvas = await measure(context.quick ? 10 : 40, 5, () => drawCanvas(data));
    const slowest = Math.max(...Object.values(times).map((one) => one.p95Ms));
    return {
      template: { id: densest.id, elements: allElements(document.elements).length },
      edits: Object.fromEntries(Object.entries(times).map(([name, timing]) => [name, { ...timing }])),
      wholeCheck: { ...check },
      canvas: { ...canvas },
      ratios: { budgetToSlowestP95: ratio(budgetMs, slowest), canvasToMovedBarcode: ratio(canvas.medianMs, times['move a barcode, 203 dpi']?.medianMs ?? 0) },
      budget: { budgetMs, slowestP95Ms: slowest, kept: slowest <= budgetMs },
    };
  },
};
