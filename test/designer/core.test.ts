/** The editor core against the real label engine: what the person sees is a picture, so pictures are compared. */
import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { builtinTemplates } from '../../common/domain/label/builtin/index.ts';
import { allElements, defineDocument, readDocument } from '../../common/domain/label/document.ts';
import type { LabelDocument, LabelElement } from '../../common/domain/label/document.ts';
import type { LabelData } from '../../common/domain/label/data.ts';
import type { Bitmap } from '../../common/domain/label/rendered.ts';
import { createLayoutEngine } from '../../common/domain/label/engine.ts';
import type { LayoutEngine } from '../../common/domain/label/engine.ts';
import { labelSamples } from '../../common/domain/label/samples.ts';
import { fillCustomArea, pickingTicks, tradeTicks } from '../../common/domain/templates/custom-area.ts';
import { prove } from '../../common/domain/templates/proof.ts';
import { boxInDots } from '../../common/domain/label/layout/sheet.ts';
import { loadFontSet } from '../../main/printing/raster/fonts.ts';
import { elementKinds, randomElements } from '../label/random-documents.ts';
import { copyText, pastePlaces, readCopied } from '../../renderer/editor/core/clipboard.ts';
import * as commands from '../../renderer/editor/core/commands.ts';
import type { Command } from '../../renderer/editor/core/commands.ts';
import { changedArea } from '../../renderer/editor/core/dirty.ts';
import { contentName, elementName } from '../../renderer/editor/core/names.ts';
import { freePlace, newElement, paletteKinds, readDropped } from '../../renderer/editor/core/new-elements.ts';
import { proveInPieces } from '../../renderer/editor/core/proof.ts';
import { rateCode } from '../../renderer/editor/core/rating.ts';
import { readTests } from '../../renderer/editor/core/condition-tests.ts';
import { layersOf, stackBeside } from '../../renderer/editor/core/stacking.ts';
import { createSettled, dragMark } from '../../renderer/editor/core/settled.ts';
import { guidesOf, onDots, snapMove, snapResize } from '../../renderer/editor/core/snap.ts';
import { createEditor } from '../../renderer/editor/core/store.ts';
import { fillTicks, readCustomArea, usualArea } from '../../renderer/editor/core/ticks.ts';
import { findPlaced, hitTest, insideFrame, outermost, placedElements, placedOnPaper, unionOf } from '../../renderer/editor/core/tree.ts';
import { fitZoom, nextZoom, zoomName } from '../../renderer/editor/core/zoom.ts';

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

/** The same elements, all of them shown. */
function withoutConditions(elements: readonly LabelElement[]): LabelElement[] {
  return elements.map(({ when: _when, logo: _logo, ...one }) => (one.type === 'group' ? { ...one, elements: withoutConditions(one.elements) } : one) as LabelElement);
}

/** Any step a person can take; elements are chosen by number among those there are. */
const step: fc.Arbitrary<(document: LabelDocument) => Command[]> = fc.oneof(
  fc.record({ kind: fc.constantFrom(...paletteKinds), x: fc.integer({ min: 0, max: 60_000 }), y: fc.integer({ min: 0, max: 110_000 }) }).map(({ kind, x, y }) => () => [commands.addElements([newElement(kind, { x, y }, { field: 'recipient.name' })])]),
  fc.record({ picks: fc.array(fc.nat(30), { minLength: 1, maxLength: 4 }), act: fc.constantFrom<Command>(commands.rotateSelected, commands.removeSelected, commands.duplicateSelected(), commands.alignSelected('left'), commands.alignSelected('middle'), commands.distributeSelected('y'), commands.restack('front'), commands.restack('backward'), commands.lockSelected(true), commands.lockSelected(false), commands.groupSelected, commands.ungroupSelected, commands.moveBy(1_250, -375)) }).map(({ picks, act }) => (document: LabelDocument) => {
    const ids = placedElements(document).map((one) => one.element.id);
    return [commands.select(picks.flatMap((pick) => (ids.length === 0 ? [] : [ids[pick % ids.length] ?? '']))), act];
  }),
  fc.record({ picks: fc.array(fc.nat(30), { minLength: 1, maxLength: 3 }), wider: fc.integer({ min: 5, max: 300 }), higher: fc.integer({ min: 5, max: 300 }) }).map(({ picks, wider, higher }) => (document: LabelDocument) => {
    const all = placedElements(document);
    const starts = outermost(document, picks.flatMap((pick) => all[pick % Math.max(1, all.length)]?.element.id ?? []));
    const frame = unionOf(starts.map((one) => one.rect));
    return frame === undefined ? [] : [commands.resizeFrom(starts, frame, { ...frame, width: Math.round((frame.width * wider) / 100), height: Math.round((frame.height * higher) / 100) })];
  }),
  fc.record({ pick: fc.nat(30), from: fc.nat(4), to: fc.nat(4) }).map(({ pick, from, to }) => (document: LabelDocument) => {
    const tables = placedElements(document).filter((one) => one.element.type === 'table');
    const [table] = tables.slice(pick % Math.max(1, tables.length));
    return table === undefined ? [] : [commands.moveColumn(table.element.id, from, to)];
  }),
  fc.record({ picks: fc.array(fc.nat(30), { minLength: 1, maxLength: 3 }), target: fc.nat(30), side: fc.constantFrom('over' as const, 'under' as const, 'inside' as const) }).map(({ picks, target, side }) => (document: LabelDocument) => {
    const ids = placedElements(document).map((one) => one.element.id);
    return ids.length === 0 ? [] : [stackBeside(picks.map((pick) => ids[pick % ids.length] ?? ''), ids[target % ids.length] ?? '', side)];
  }),
  fc.record({ picking: fc.subarray([...pickingTicks]), trade: fc.subarray([...tradeTicks]) }).map((ticks) => (document: LabelDocument) => [fillTicks(ticks, usualArea(document))]),
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

  it('whatever is done: ids are unique, groups hold something, what is chosen exists, and what lies off the paper is told', () => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(randomElements, fc.array(step, { minLength: 1, maxLength: 12 }), (elements, steps) => {
        const editor = createEditor(defineDocument({ ...blank(), elements }));
        for (const one of steps) {
          for (const command of one(editor.state().document)) editor.run(command);
          const { document, selection } = editor.state();
          const all = placedElements(document);
          const ids = all.map(({ element }) => element.id);
          expect(new Set(ids).size).toBe(ids.length);
          expect(selection.filter((id) => !ids.includes(id))).toEqual([]);
          for (const { element } of all) {
            kinds.add(element.type);
            if (element.type === 'group') expect(element.elements.length).toBeGreaterThan(0);
          }
          const reading = readDocument(JSON.parse(JSON.stringify(document)));
          expect(reading.ok ? [] : reading).toEqual([]);
        }
        const { document } = editor.state();
        const always = { ...document, elements: withoutConditions(document.elements) };
        const [label] = typical === undefined ? [] : engine.render(always, typical, { dpi: 203 });
        const told = new Set(label?.lint.flatMap((finding) => (finding.code === 'off_paper' ? [finding.element] : [])));
        for (const { element, rect } of placedElements(always)) {
          if (element.type !== 'box') continue;
          const at = boxInDots(203, element, { x: rect.x - element.x, y: rect.y - element.y });
          if (at.width < 1 || at.height < 1) continue;
          const inside = at.x >= 0 && at.y >= 0 && at.x + at.width <= 608 && at.y + at.height <= 1_040;
          expect(`${element.id} ${told.has(element.id) ? 'off' : 'on'}`).toBe(`${element.id} ${inside ? 'on' : 'off'}`);
        }
      }),
      { numRuns: 60 },
    );
    expect([...kinds].sort()).toEqual([...elementKinds].sort());
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
    expect(hitTest(placedElements(editor.state().document), 25_000, 24_000, false)).toBe('text-1');
    expect(hitTest(placedElements(editor.state().document), 23_200, 24_000, false)).toBe('box-2');
    // A frame is taken by its line; what it stands around is free for a rubber band.
    expect(hitTest(placedElements(editor.state().document), 20_000, 47_500, false)).toBeUndefined();
    expect(hitTest(placedElements(editor.state().document), 70_000, 120_000, false)).toBeUndefined();
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

  it('draws a group to another size: edges keep their share, what touches still touches, letters keep their size', () => {
    const editor = createEditor(blank());
    const boxes = [0, 10_000].map((x) => ({ ...newElement('box', { x, y: 10_000 }), width: 10_000, height: 6_000 }));
    editor.run(commands.addElements([...boxes, { ...newElement('text', { x: 0, y: 16_000 }), width: 20_000, height: 4_000 }, newElement('line', { x: 0, y: 20_000 })]));
    editor.run(commands.select(['box-1', 'box-2', 'text-1']));
    editor.run(commands.groupSelected);
    const start = outermost(editor.state().document, editor.state().selection);
    const frame = unionOf(start.map((one) => one.rect)) ?? { x: 0, y: 0, width: 0, height: 0 };
    // A drag goes through many sizes, down to nothing; only the last one counts.
    for (const width of [19_000, 3_000, 100, 7_000, 30_000]) editor.run(commands.resizeFrom(start, frame, { ...frame, x: 5_000, width, height: 5_000 }), 'drag');
    const rect = (id: string): number[] => { const { x = 0, y = 0, width = 0, height = 0 } = findPlaced(editor.state().document, id)?.rect ?? {}; return [x, y, width, height]; };
    expect([rect('group-1'), rect('box-1'), rect('box-2'), rect('text-1')]).toEqual([[5_000, 10_000, 30_000, 5_000], [5_000, 10_000, 15_000, 3_000], [20_000, 10_000, 15_000, 3_000], [5_000, 13_000, 30_000, 2_000]]);
    expect(findPlaced(editor.state().document, 'text-1')?.element).toMatchObject({ font: { size: 3_500 } });
    editor.undo();
    expect(rect('box-2')).toEqual([10_000, 10_000, 10_000, 6_000]);

    // Several at once, one of them locked, one a line: lines keep their thickness, what is locked its place.
    editor.run(commands.select(['group-1', 'line-1']));
    const both = outermost(editor.state().document, ['group-1', 'line-1']);
    const around = unionOf(both.map((one) => one.rect)) ?? frame;
    editor.run(commands.resizeFrom(both, around, { ...around, width: around.width / 2, height: around.height * 2 }));
    expect([rect('group-1'), rect('line-1')]).toEqual([[0, 10_000, 10_000, 20_000], [0, 30_000, 20_000, 250]]);
    editor.undo();
    editor.run(commands.lock(['group-1'], true));
    editor.run(commands.resizeFrom(outermost(editor.state().document, ['group-1']), frame, { ...frame, width: 5_000 }));
    expect(rect('group-1')).toEqual([0, 10_000, 20_000, 10_000]);
  });

  it('restacks by hand, into groups and out of them; on the paper nothing moves', () => {
    const editor = createEditor(blank());
    const at = (id: string): string => { const rect = findPlaced(editor.state().document, id)?.rect; return `${rect?.x},${rect?.y}`; };
    const names = (): string => layersOf(editor.state().document).map(({ element, parents }) => `${'>'.repeat(parents.length)}${element.id}`).join(' ');
    editor.run(commands.addElements([{ ...newElement('box', { x: 1_000, y: 1_000 }), id: 'a' }, { ...newElement('box', { x: 5_000, y: 9_000 }), id: 'b' }, { ...newElement('box', { x: 40_000, y: 60_000 }), id: 'c' }]));
    expect(names()).toBe('c-1 b-1 a-1');
    editor.run(stackBeside(['a-1'], 'c-1', 'over'));
    expect(names()).toBe('a-1 c-1 b-1');
    const { revision } = editor.state();
    editor.run(stackBeside(['a-1'], 'c-1', 'over'));
    editor.run(stackBeside(['a-1'], 'a-1', 'under'));
    editor.run(stackBeside(['a-1'], 'c-1', 'inside'));
    editor.run(stackBeside(['a-1'], 'nobody', 'over'));
    expect(editor.state().revision).toBe(revision);
    editor.run(commands.select(['a-1', 'c-1']));
    editor.run(commands.groupSelected);
    expect(names()).toBe('group-1 >a-1 >c-1 b-1');
    const before = [at('a-1'), at('b-1'), at('c-1')];
    editor.run(stackBeside(['b-1'], 'group-1', 'inside'));
    expect(names()).toBe('group-1 >b-1 >a-1 >c-1');
    editor.run(stackBeside(['a-1'], 'group-1', 'under'));
    expect(names()).toBe('group-1 >b-1 >c-1 a-1');
    // The frame is drawn around what is left in the group.
    expect(at('group-1')).toBe('5000,9000');
    expect([at('a-1'), at('b-1'), at('c-1')]).toEqual(before);
    // A group does not go into itself, and goes when nothing is left in it.
    editor.run(stackBeside(['group-1'], 'c-1', 'over'));
    expect(names()).toBe('group-1 >b-1 >c-1 a-1');
    // Let go where it came from, the only one of a group stays in it.
    editor.run(stackBeside(['b-1'], 'a-1', 'under'));
    editor.run(stackBeside(['c-1'], 'group-1', 'inside'));
    expect(names()).toBe('group-1 >c-1 a-1 b-1');
    editor.undo();
    editor.run(stackBeside(['b-1', 'c-1'], 'a-1', 'over'));
    expect(names()).toBe('b-1 c-1 a-1');
    expect([at('a-1'), at('b-1'), at('c-1')]).toEqual(before);
    while (editor.state().canUndo) editor.undo();
    expect(names()).toBe('');
  });

  it('shows conditions as a list of comparisons, “not” said the other way round', () => {
    const [paid, yto] = [{ op: 'filled', field: 'order.buyerNote' }, { op: 'is', field: 'waybill.carrier.code', value: 'YTO' }] as const;
    expect(readTests(undefined)).toEqual({ join: 'all', tests: [] });
    expect(readTests({ op: 'not', of: { op: 'all', of: [paid, yto] } })).toEqual({ join: 'any', tests: [{ ...paid, op: 'empty' }, { ...yto, op: 'is_not' }] });
    expect(readTests({ op: 'not', of: { op: 'not', of: paid } })).toEqual({ join: 'all', tests: [paid] });
    expect(readTests({ op: 'all', of: [yto, { op: 'all', of: [paid] }] })).toEqual({ join: 'all', tests: [yto, paid] });
    expect(readTests({ op: 'all', of: [yto, { op: 'any', of: [paid, yto] }] })).toBeUndefined();
    expect(readTests({ op: 'not', of: { op: 'contains', field: 'order.id', value: 'x' } })).toBeUndefined();
  });

  it('moves table columns and leaves impossible places alone', () => {
    const editor = createEditor(blank());
    editor.run(commands.addElements([newElement('table', { x: 0, y: 0 })]));
    const fields = (): string[] => { const table = findPlaced(editor.state().document, 'table-1')?.element; return table?.type === 'table' ? table.columns.map((column) => contentName(column.content, 'en')) : []; };
    expect(fields()).toEqual(['Short name SKU', 'Quantity']);
    const before = picture(editor.state().document);
    editor.run(commands.moveColumn('table-1', 1, 0));
    expect(fields()).toEqual(['Quantity', 'Short name SKU']);
    expect(picture(editor.state().document)).not.toBe(before);
    const { revision } = editor.state();
    for (const [from, to] of [[0, 0], [0, 2], [5, 0], [0, -1]] as const) editor.run(commands.moveColumn('table-1', from, to));
    expect(editor.state().revision).toBe(revision);
    editor.undo();
    expect(picture(editor.state().document)).toBe(before);
  });

  it('calls elements by what they print, in both languages', () => {
    const document = builtinTemplates.find((one) => one.id === 'waybill-76x130')?.document ?? blank();
    const names = (locale: 'zh-CN' | 'en'): string[] => placedElements(document).map(({ element }) => elementName(element, locale));
    expect(names('zh-CN')).toEqual(expect.arrayContaining(['运单号', '收件人姓名 收件人电话', '72 mm', '“收”']));
    expect(names('en')).toEqual(expect.arrayContaining(['Waybill number', 'Recipient name Recipient phone']));
    for (const builtin of builtinTemplates) for (const { element } of placedElements(builtin.document)) expect([elementName(element, 'zh-CN'), element.id]).not.toContain('');
    expect(elementName(newElement('table', { x: 0, y: 0 }), 'zh-CN')).toBe('宝贝简称 规格、数量');
    expect(elementName({ ...newElement('text', { x: 0, y: 0 }), name: '签收栏' }, 'en')).toBe('签收栏');
    expect(Array.from(elementName({ ...newElement('text', { x: 0, y: 0 }), content: [{ text: '长'.repeat(300) }] } as LabelElement, 'en')).length).toBeLessThanOrEqual(40);
  });

  it('fits a label with whole ratios only, and steps through them', () => {
    expect(fitZoom({ width: 608, height: 1_040 }, { width: 700, height: 700 })).toBe(1 / 2);
    expect(fitZoom({ width: 608, height: 1_040 }, { width: 700, height: 1_040 })).toBe(1);
    expect(fitZoom({ width: 480, height: 320 }, { width: 1_000, height: 700 })).toBe(2);
    expect(fitZoom({ width: 9_000, height: 90_000 }, { width: 700, height: 700 })).toBe(1 / 8);
    let zoom = 1 / 8;
    for (let step = 0; step < 20; step++) { const next = nextZoom(zoom, 1); expect(nextZoom(next, -1)).toBe(next === zoom ? nextZoom(zoom, -1) : zoom); zoom = next; }
    expect([zoom, zoomName(zoom), zoomName(1 / 3)]).toEqual([4, '4:1', '1:3']);
  });

  it('pastes onto smaller paper, and takes only elements that are wholly in the frame', () => {
    const far = [{ ...newElement('box', { x: 80_000, y: 180_000 }), id: 'a' }, { ...newElement('text', { x: 75_000, y: 175_000 }), id: 'b' }];
    const pasted = pastePlaces(far, { width: 60_000, height: 40_000 });
    const frame = unionOf(pasted);
    expect([frame?.x, frame?.y, (frame?.x ?? 0) + (frame?.width ?? 0), (frame?.y ?? 0) + (frame?.height ?? 0)]).toEqual([60_000 - 35_000, 40_000 - 20_000, 60_000, 40_000]);
    expect([(pasted[0]?.x ?? 0) - (pasted[1]?.x ?? 0), pastePlaces(far, { width: 400_000, height: 400_000 })[0]?.x]).toEqual([5_000, 82_000]);
    const document = commands.addElements(pasted)({ document: blank(), selection: [] }).document;
    expect(insideFrame(placedElements(document), { x: 24_000, y: 19_000, width: 37_000, height: 22_000 })).toHaveLength(2);
    expect(insideFrame(placedElements(document), { x: 24_000, y: 19_000, width: 37_000, height: 10_000 })).toHaveLength(1);
  });

  it('reads the tick lists back from what they made', () => {
    fc.assert(
      fc.property(fc.subarray([...pickingTicks], { minLength: 1 }), fc.subarray([...tradeTicks]), (picking, trade) => {
        const editor = createEditor(blank());
        expect(readCustomArea(editor.state().document)).toBeUndefined();
        editor.run(commands.addElements([newElement('box', { x: 0, y: 0 })]));
        editor.run(fillTicks({ picking, trade }, usualArea(blank()), ['box-1']));
        expect(readCustomArea(editor.state().document)?.ticks).toEqual({ picking, trade });
        editor.run(fillTicks({ picking: ['sequence'], trade: [] }, usualArea(blank())));
        expect(editor.state().document.elements).toHaveLength(1);
      }),
      { numRuns: 30 },
    );
  });

  it('takes from a drop only what the page handed over', () => {
    const document = blank();
    expect(readDropped(JSON.stringify({ kind: 'field', field: 'waybill.sortCode' }), { x: 30_000, y: 20_000 }, document)).toMatchObject({ type: 'text', x: 15_000, y: 17_500, content: [{ field: 'waybill.sortCode' }] });
    for (const foreign of ['', 'https://example.com/a.png', '{"kind":"image"}', '{"kind":"script"}', '[]', 'null']) expect(readDropped(foreign, { x: 0, y: 0 }, document)).toBeUndefined();
  });

  it('finds the area in which two pictures differ', () => {
    const [typicalData] = labelSamples;
    const document = commands.addElements([{ ...newElement('box', { x: 10_000, y: 20_000 }), width: 10_000, height: 5_000 }])({ document: blank(), selection: [] }).document;
    const draw = (given: LabelDocument): Bitmap => { const [label] = engine.render(given, typicalData?.data ?? typical!, { dpi: 203 }); if (label === undefined) throw new Error('no label'); return label.bitmap; };
    expect(changedArea(draw(document), draw(document))).toBeUndefined();
    const moved = changedArea(draw(blank()), draw(document));
    expect(moved).toEqual({ top: 160, bottom: 200, left: 10, right: 20 });
  });

  it('lets panels follow the picture: after the frame of an edit, after the rest of a drag', () => {
    const waiting: { kind: string; run: () => void; off: boolean }[] = [];
    const hold = (kind: string) => (run: () => void) => { const entry = { kind, run, off: false }; waiting.push(entry); return () => { entry.off = true; }; };
    const due = (): string[] => waiting.filter((one) => !one.off).map((one) => one.kind);
    const pass = (): void => { for (const one of waiting.splice(0)) if (!one.off) one.run(); };
    const editor = createEditor(blank());
    const settled = createSettled(editor, { afterFrame: hold('frame'), afterPause: hold('pause') });
    let told = 0;
    const stop = settled.subscribe(() => { told++; });
    editor.run(commands.addElements([newElement('box', { x: 0, y: 0 })]));
    editor.run(commands.moveBy(10, 0));
    expect([settled.state().revision, due()]).toEqual([0, ['frame']]);
    pass();
    expect([told, settled.state().document]).toEqual([1, editor.state().document]);
    for (let count = 0; count < 9; count++) editor.run(commands.moveBy(10, 0), dragMark);
    expect([told, due()]).toEqual([1, ['pause']]);
    pass();
    expect([told, settled.state().document]).toEqual([2, editor.state().document]);
    editor.run(commands.moveBy(10, 0));
    stop();
    expect([due(), settled.state().document]).toEqual([[], editor.state().document]);
  });

  it('warns about a parcel of the day that would be cut, and refuses only what the samples show', async () => {
    const sample = typical ?? labelSamples[0]!.data;
    const text = { ...newElement('text', { x: 4_000, y: 4_000 }), id: 'note', width: 12_000, content: [{ field: 'order.sellerNote', format: [], before: '', after: '', fallback: '' }], fit: { kind: 'none' } } as LabelElement;
    const document = { ...blank(), elements: [text] };
    const parcel = { name: '晓棉 1', data: { ...sample, orders: sample.orders.map((order) => ({ ...order, sellerNote: '很长'.repeat(60) })) } };
    const calm = labelSamples.map((one) => ({ ...one, data: { ...one.data, orders: one.data.orders.map((order) => ({ ...order, sellerNote: '好' })) } }));
    const quiet = (given: LabelDocument, data: LabelData, dpi: number) => engine.render(given, calm.find((one) => labelSamples.find((known) => known.id === one.id)?.data === data)?.data ?? data, { dpi });
    let rests = 0;
    const rest = async (): Promise<void> => { rests++; };
    expect((await proveInPieces(document, quiet, [parcel], rest, () => false))?.map((one) => [one.severity, one.code, one.order])).toEqual([['warning', 'text_cut', '晓棉 1']]);
    expect(rests).toBe(8);
    expect((await proveInPieces(document, (given, data, dpi) => engine.render(given, data, { dpi }), [parcel], rest, () => false))?.find((one) => one.code === 'text_cut')?.severity).toBe('error');
    expect(await proveInPieces(document, quiet, [parcel], rest, () => rests > 18)).toBeUndefined();
  });
  it('places handles on a roll where things are seen: below a list that grew', () => {
    const paragraph = { ...newElement('paragraph', { x: 2_000, y: 2_000 }), id: 'long', width: 60_000, height: 4_000, content: [{ text: '很长的话。'.repeat(40) }], fit: { kind: 'none' } } as LabelElement;
    const group = { id: 'g', type: 'group', rotation: 0, x: 2_000, y: 7_000, width: 66_000, height: 15_000, elements: [{ ...newElement('barcode', { x: 0, y: 0 }), id: 'code', x: 0, width: 66_000 }] } as LabelElement;
    const document = { ...blank(), media: { ...blank().media, width: 72_000, continuous: true }, elements: [paragraph, group] };
    const [label] = typical === undefined ? [] : engine.render(document, typical, { dpi: 203 });
    const bars = label?.codes[0]?.rect;
    const seen = placedOnPaper(document, label?.flow).find((one) => one.element.id === 'code')?.rect;
    expect(label?.flow?.get('g')?.by).toBeGreaterThan(10_000);
    expect((bars?.y ?? 0) * 125).toBeGreaterThanOrEqual((seen?.y ?? 0) - 125);
    expect(((bars?.y ?? 0) + (bars?.height ?? 0)) * 125).toBeLessThanOrEqual((seen?.y ?? 0) + (seen?.height ?? 0) + 125);
    expect(hitTest(placedOnPaper(document, label?.flow), 30_000, (seen?.y ?? 0) + 2_000, true)).toBe('code');
    expect(placedOnPaper(document, undefined)).toEqual(placedElements(document));
  });
});
