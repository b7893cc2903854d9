/** The list of goods on paper: what does not fit is left out by whole goods and counted, and nothing is printed half. */
import { describe, expect, it } from 'vitest';
import { hashBitmap } from '../../common/domain/label/bitmap.ts';
import { field, mm, paragraph, text, word } from '../../common/domain/label/builtin/kit.ts';
import { completeLabelData } from '../../common/domain/label/data.ts';
import { defineDocument } from '../../common/domain/label/document.ts';
import type { LabelElement } from '../../common/domain/label/document.ts';
import { createLabelEngine } from '../../main/printing/raster/engine.ts';
import { loadFontSet } from '../../main/printing/raster/fonts.ts';

const engine = createLabelEngine({ fonts: loadFontSet() });
const goods = (most?: number) => field('items', { format: [{ kind: 'items', separator: '，', sku: true, location: false, quantity: 'several', ...(most !== undefined && { most }) }] });
const data = (count: number) => completeLabelData({ items: Array.from({ length: count }, (_, i) => ({ shortName: `棉袜${i + 1}号`, sku: '黑 L', quantity: i === 0 ? 2 : 1, location: `A-${i + 1}` })) });

function print(element: LabelElement, items: number) {
  const document = defineDocument({ format: 'packbench-label', version: 1, name: 'x', purpose: 'other', privacy: 'internal', media: { width: mm(60), height: mm(20) }, elements: [element] });
  const [label] = engine.render(document, data(items), { dpi: 203 });
  if (label === undefined) throw new Error('no label');
  return { dots: hashBitmap(label.bitmap), lint: label.lint.map(({ code, data: facts }) => ({ code, ...(code === 'rows_hidden' && { hidden: facts?.['hidden'] }) })) };
}
const line = (content: Parameters<typeof text>[3]) => text('goods', [2, 2, 56, 5], 3, content, { smallest: 2.5, clamp: true });
const block = (content: Parameters<typeof text>[3]) => paragraph('goods', [2, 2, 56, 8], 3, content, { smallest: 2.5, clamp: true, maxLines: 2 });

describe('goods on paper', () => {
  it('one line names what fits and counts the rest', () => {
    const { dots, lint } = print(line([word('商品：'), goods()]), 9);
    expect(lint).toEqual([{ code: 'rows_hidden', hidden: 7 }]);
    // Written out by hand it is the same picture, at the size that makes the most of the line.
    expect(dots).toBe(print(line('商品：棉袜1号 黑 L ×2，棉袜2号 黑 L，+7种'), 9).dots);
  });
  it('so does a paragraph', () => {
    const { dots, lint } = print(block(goods()), 30);
    expect(lint).toHaveLength(1);
    const hidden = Number(lint[0]?.hidden);
    expect(hidden).toBeGreaterThan(20);
    const named = Array.from({ length: 30 - hidden }, (_, i) => `棉袜${i + 1}号 黑 L${i === 0 ? ' ×2' : ''}`);
    expect(dots).toBe(print(block([...named, `+${hidden}种`].join('，')), 30).dots);
  });
  it('a rule of the template names fewer than would fit', () => {
    expect(print(line(goods(1)), 2)).toEqual({ dots: print(line('棉袜1号 黑 L ×2，+1种'), 2).dots, lint: [] });
  });
  it('all that fit are named, without a count', () => {
    expect(print(line(goods()), 2)).toEqual({ dots: print(line('棉袜1号 黑 L ×2，棉袜2号 黑 L'), 2).dots, lint: [] });
  });
  it('the bare field keeps specification and quantity', () => {
    expect(print(line(field('items')), 2)).toEqual({ dots: print(line('棉袜1号 黑 L ×2，棉袜2号 黑 L'), 2).dots, lint: [] });
  });
  it('an element that may not shorten refuses instead', () => {
    expect(print(text('goods', [2, 2, 56, 5], 3, goods()), 9).lint.map(({ code }) => code)).toEqual(['text_cut']);
  });
});
