/** The editor core against the real label engine: what the person sees is a picture, so pictures are compared. */
import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { builtinTemplates } from '../../common/domain/label/builtin/index.ts';
import { allElements, defineDocument, readDocument } from '../../common/domain/label/document.ts';
import type { LabelDocument } from '../../common/domain/label/document.ts';
import { createLayoutEngine } from '../../common/domain/label/engine.ts';
import type { LayoutEngine } from '../../common/domain/label/engine.ts';
import { labelSamples } from '../../common/domain/label/samples.ts';
import { fillCustomArea, pickingTicks, tradeTicks } from '../../common/domain/templates/custom-area.ts';
import { prove } from '../../common/domain/templates/proof.ts';
import { loadFontSet } from '../../main/printing/raster/fonts.ts';
import { copyText, readCopied } from '../../renderer/editor/core/clipboard.ts';
import * as commands from '../../renderer/editor/core/commands.ts';
import type { Command } from '../../renderer/editor/core/commands.ts';
import { freePlace, newElement, paletteKinds } from '../../renderer/editor/core/new-elements.ts';
import { rateCode } from '../../renderer/editor/core/rating.ts';
import { guidesOf, onDots, snapMove, snapResize } from '../../renderer/editor/core/snap.ts';
import { createEditor } from '../../renderer/editor/core/store.ts';
import { findPlaced, hitTest, placedElements } from '../../renderer/editor/core/tree.ts';

let engine: LayoutEngine;
beforeAll(() => {
  engine = createLayoutEngine({ fonts: loadFontSet() });
});
const typical = labelSamples[0]?.data;
const picture = (document: LabelDocument): string => {
  if (typical === undefined) throw new Error('no sample');
  const hash = createHash('sha256');
  for (const label of engine.render(document, typical, { dpi: 203 })) hash.update(label.bitmap.bits);
  return hash.digest('hex');
};
const blank = (): LabelDocument => defineDocument({ format: 'packbench-label', version: 1, name: 'x', media: { width: 76_000, height: 130_000 }, elements: [] });
const settings = { dpi: 203, grid: 0, guides: true, reach: 1_000 };

/** Any step a person can take; elements are chosen by number among those there are. */
const step: fc.Arbitrary<(document: LabelDocument) => Command[]> = fc.oneof(
  fc.record({ kind: fc.constantFrom(...paletteKinds), x: fc.integer({ min: 0, max: 60_000 }), y: fc.integer({ min: 0, max: 110_000 }) }).map(({ kind, x, y }) => () => [commands.addElements([newElement(kind, { x, y }, { field: 'recipient.name' })])]),
  fc.record({ picks: fc.array(fc.nat(30), { minLength: 1, maxLength: 4 }), act: fc.constantFrom<Command>(commands.rotateSelected, commands.removeSelected, commands.duplicateSelected(), commands.alignSelected('left'), commands.alignSelected('middle'), commands.distributeSelected('y'), commands.restack('front'), commands.restack('backward'), commands.lockSelected(true), commands.lockSelected(false), commands.groupSelected, commands.ungroupSelected, commands.moveBy(1_250, -375)) }).map(({ picks, act }) => (document: LabelDocument) => {
    const ids = placedElements(document).map((one) => one.element.id);
    return [commands.select(picks.flatMap((pick) => (ids.length === 0 ? [] : [ids[pick % ids.length] ?? '']))), act];
  }),
  fc.record({ text: fc.string({ maxLength: 12 }), size: fc.integer({ min: 1_500, max: 12_000 }) }).map(({ text, size }) => () => [commands.changeSelected((element) => (element.type === 'text' ? { ...element, content: [{ text }], font: { ...element.font, size } } : element))]),
);

describe('editor core', () => {
  it('undo and redo return the same pictures, whatever was done', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 14 }), fc.boolean(), (steps, fromBuiltin) => {
        const start = fromBuiltin ? (builtinTemplates[0]?.document ?? blank()) : blank();
        const editor = createEditor(start);
        const seen = [picture(start)];
        let revision = editor.state().revision;
        for (const one of steps) {
          for (const command of one(editor.state().document)) editor.run(command);
          if (editor.state().revision !== revision) seen.push(picture(editor.state().document));
          revision = editor.state().revision;
        }
        const last = JSON.stringify(editor.state().document);
        const back: string[] = [];
        while (editor.state().canUndo) {
          back.unshift(picture(editor.state().document));
          editor.undo();
        }
        back.unshift(picture(editor.state().document));
        expect(back).toEqual(seen);
        while (editor.state().canRedo) editor.redo();
        expect(JSON.stringify(editor.state().document)).toBe(last);
        // Whatever was done is a document that can be saved, loaded and drawn the same.
        const reading = readDocument(JSON.parse(last));
        expect(reading.ok).toBe(true);
        if (reading.ok) expect(picture(reading.document)).toBe(seen.at(-1));
      }),
      { numRuns: 40, seed: 6 },
    );
  });

  it('keeps a thousand steps and joins those of one drag', () => {
    const editor = createEditor(blank());
    editor.run(commands.addElements([newElement('box', { x: 0, y: 0 })]));
    for (let count = 0; count < 1_000; count++) editor.run(commands.moveBy(10, 0));
    for (let count = 0; count < 50; count++) editor.run(commands.moveBy(0, 10), 'drag');
    editor.closeMark();
    editor.run(commands.moveBy(0, 10), 'drag');
    const at = (): [number, number] => [editor.state().document.elements[0]?.x ?? -1, editor.state().document.elements[0]?.y ?? -1];
    expect(at()).toEqual([10_000, 510]);
    editor.undo();
    expect(at()).toEqual([10_000, 500]);
    editor.undo();
    expect(at()).toEqual([10_000, 0]);
    for (let count = 0; count < 1_001; count++) editor.undo();
    expect(editor.state()).toMatchObject({ canUndo: false, document: { elements: [] } });
    editor.redo();
    editor.run(commands.moveBy(5, 5), 'drag');
    editor.cancelMark();
    expect(at()).toEqual([0, 0]);
    expect(editor.state().canRedo).toBe(false);
  });

  it('leaves locked elements and what is inside selected groups alone', () => {
    const editor = createEditor(blank());
    editor.run(commands.addElements([newElement('box', { x: 0, y: 0 }), newElement('text', { x: 1_000, y: 1_000 })]));
    editor.run(commands.groupSelected);
    const [group] = editor.state().selection;
    editor.run(commands.select([group ?? '', 'text-1']));
    editor.run(commands.moveBy(2_000, 0));
    expect(findPlaced(editor.state().document, 'text-1')?.rect.x).toBe(3_000);
    editor.run(commands.lockSelected(true));
    editor.run(commands.moveBy(2_000, 0));
    editor.run(commands.removeSelected);
    expect(findPlaced(editor.state().document, 'text-1')?.rect.x).toBe(3_000);
    expect(allElements(editor.state().document.elements).map((one) => one.id).sort()).toEqual(['box-1', 'group-1', 'text-1']);
  });

  it('aligns, distributes and hits what is in front and small', () => {
    const editor = createEditor(blank());
    editor.run(commands.addElements([0, 10_000, 45_000].map((y, index) => ({ ...newElement('box', { x: index * 3_000, y }), height: 5_000 }))));
    editor.run(commands.distributeSelected('y'));
    editor.run(commands.alignSelected('right'));
    expect(editor.state().document.elements.map((one) => [one.x, one.y])).toEqual([[6_000, 0], [6_000, 22_500], [6_000, 45_000]]);
    editor.run(commands.select(['box-2']));
    editor.run(commands.alignSelected('center'));
    expect(editor.state().document.elements[1]?.x).toBe(23_000);
    editor.run(commands.addElements([newElement('text', { x: 24_000, y: 23_000 })]));
    expect(hitTest(editor.state().document, 25_000, 24_000, false)).toBe('text-1');
    expect(hitTest(editor.state().document, 23_200, 24_000, false)).toBe('box-2');
    expect(hitTest(editor.state().document, 70_000, 120_000, false)).toBeUndefined();
  });

  it('snaps to whole dots, grid, elements, paper and cut lines', () => {
    const document = { ...blank(), media: { ...blank().media, cutLines: [90_000] } };
    const guides = guidesOf(document, new Set());
    const rect = { x: 10_033, y: 20_071, width: 10_000, height: 5_000 };
    const free = snapMove(rect, [], settings).rect;
    expect([free.x, free.y]).toEqual([onDots(10_033, 203), onDots(20_071, 203)]);
    expect(snapMove({ ...rect, y: 85_400 }, guides, settings)).toMatchObject({ rect: { y: 85_000 }, guides: [{ axis: 'y', at: 90_000, from: 'cut' }] });
    expect(snapMove({ ...rect, x: 32_700 }, guides, settings).rect.x).toBe(33_000);
    expect(snapMove(rect, [], { ...settings, grid: 5_000 }).rect).toMatchObject({ x: 10_000, y: 20_000 });
    expect(snapResize(rect, 'se', 900_000, -90_000, [], settings, 250).rect).toMatchObject({ x: 10_033, y: 20_071, height: 250 });
  });

  it('copies between documents and refuses foreign text', () => {
    const builtin = builtinTemplates[0]?.document ?? blank();
    const all = { document: builtin, selection: builtin.elements.map((one) => one.id) };
    const text = copyText(all) ?? '';
    const target = createEditor({ ...builtin, elements: [] });
    target.run(commands.addElements(readCopied(text) ?? []));
    target.run(commands.addElements(readCopied(text) ?? []));
    const ids = allElements(target.state().document.elements).map((one) => one.id);
    expect(new Set(ids).size).toBe(ids.length);
    target.undo();
    expect(picture(target.state().document)).toBe(picture(builtin));
    for (const bad of ['hello', '{"packbenchElements":1,"elements":[{"type":"script"}]}', '{"packbenchElements":1', 'null']) expect(readCopied(bad)).toBeUndefined();
  });

  it('rates codes by what is drawn', () => {
    const document = commands.addElements([newElement('barcode', { x: 5_000, y: 5_000 })])({ document: blank(), selection: [] }).document;
    const rate = (width: number): string => {
      const narrowed = { ...document, elements: document.elements.map((one) => ({ ...one, width })) } as LabelDocument;
      const [label] = typical === undefined ? [] : engine.render(narrowed, typical, { dpi: 203 });
      const rating = label === undefined ? undefined : rateCode(label, 'barcode-1');
      return `${rating?.moduleDots} ${rating?.rating}`;
    };
    expect([rate(66_000), rate(45_000)]).toEqual(['3 good', '2 fair']);
  });

  it('fills the custom area from the tick lists without a fault in any sample', () => {
    const subsets = [{ picking: pickingTicks, trade: tradeTicks }, { picking: ['shortName', 'quantity'], trade: [] }, { picking: [], trade: ['shop', 'orderIds'] }, { picking: ['sequence', 'flag'], trade: ['amount'] }] as const;
    for (const ticks of subsets) {
      const document = { ...blank(), elements: fillCustomArea(ticks, { x: 4_000, y: 90_000, width: 68_000, height: 36_000 }) };
      const findings = prove(document, (given, data, dpi) => engine.render(given, data, { dpi }));
      expect(findings.filter((one) => one.severity === 'error').map((one) => `${one.element} ${one.message} ${one.sample}`)).toEqual([]);
    }
    expect(freePlace(blank())).toEqual({ x: 4_000, y: 2_000 });
  });
});
