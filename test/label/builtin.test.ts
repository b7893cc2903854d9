/** Every built-in template with every sample at every resolution: clean, readable, and dot for dot what it was. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createBitmap, crop, hashBitmap } from '../../common/domain/label/bitmap.ts';
import { builtinTemplates } from '../../common/domain/label/builtin/index.ts';
import { allElements } from '../../common/domain/label/document.ts';
import { opRect } from '../../common/domain/label/lint.ts';
import { paintOp } from '../../common/domain/label/paint.ts';
import { labelSamples } from '../../common/domain/label/samples.ts';
import { createLabelEngine, unreadCodes, type LabelEngine } from '../../main/printing/raster/engine.ts';
import { decodePng, encodePng } from '../../main/printing/raster/png.ts';
import { loadFontSet } from '../../main/printing/raster/fonts.ts';

let engine: LabelEngine;
beforeAll(() => {
  engine = createLabelEngine({ fonts: loadFontSet() });
});

const heads = [203, 300] as const;

describe.each(builtinTemplates.map(({ id, document }) => ({ id, document })))('$id', ({ id, document }) => {
  it.each(labelSamples.flatMap((sample) => heads.map((dpi) => ({ sample: sample.id, data: sample.data, dpi }))))('is clean and decodes: $sample at $dpi dpi', async ({ data, dpi }) => {
    const labels = engine.render(document, data, { dpi });
    expect(labels.length).toBeGreaterThan(0);
    for (const label of labels) {
      expect(label.lint.filter((finding) => finding.severity !== 'info')).toEqual([]);
      expect(unreadCodes(await engine.check(label))).toEqual([]);
    }
  });

  it('never shortens who receives it, nor prints them smaller than a courier reads', () => {
    const smallest = allElements(document.elements).flatMap((element) => (/^(?:receipt-)?(?:recipient|returnTo)-(?:name|address)$/.test(element.id) && 'fit' in element && element.fit.kind === 'shrink' ? [[element.id, element.fit.smallest] as const] : []));
    // On a return label the shop receives.
    for (const [id, size] of smallest) if (document.purpose !== 'return' || id.startsWith('returnTo')) expect(size, id).toBeGreaterThanOrEqual(2_500);
    if (document.purpose === 'waybill' || document.purpose === 'return') expect(smallest.length).toBeGreaterThan(1);
    for (const { data } of labelSamples) {
      for (const label of engine.render(document, data, { dpi: 203 })) {
        expect(label.lint.filter((finding) => finding.code === 'text_clamped' && /^(?:recipient|returnTo)/.test(finding.element))).toEqual([]);
      }
    }
  });

  it('prints no text over anything else', () => {
    for (const { data } of labelSamples) {
      for (const label of engine.render(document, data, { dpi: 203 })) {
        const texts = createBitmap(label.bitmap.width, label.bitmap.height);
        const others = createBitmap(label.bitmap.width, label.bitmap.height);
        for (const op of label.ops) {
          const rect = opRect(op);
          const own = createBitmap(rect.width, rect.height);
          paintOp(op.kind === 'bitmap' ? { ...op, x: 0, y: 0 } : { ...op, rect: { ...rect, x: 0, y: 0 } }, own);
          const isText = op.kind === 'bitmap';
          const [below, shapes] = [crop(texts, rect), crop(others, rect)];
          const struck = own.bits.findIndex((byte, i) => (byte & ((below.bits[i] ?? 0) | (isText ? (shapes.bits[i] ?? 0) : 0))) !== 0);
          expect(struck < 0 ? '' : `${op.kind} at ${rect.x + (struck % own.stride) * 8},${rect.y + Math.floor(struck / own.stride)}`).toBe('');
          paintOp(op, isText ? texts : others);
        }
      }
    }
  });

  it('has the dots it had', () => {
    const dots = Object.fromEntries(
      labelSamples.flatMap((sample) => [203, 300, 600].map((dpi) => [`${id} ${sample.id} ${dpi}`, engine.render(document, sample.data, { dpi }).map((label) => hashBitmap(label.bitmap)).join(' ')])),
    );
    expect(dots).toMatchSnapshot();
  });
});

describe('pictures in the docs', () => {
  // PACKBENCH_DOC_PICTURES=1 draws them anew after a template changed.
  it.each(builtinTemplates.map(({ id, document }) => ({ id, document })))('show $id as it prints', ({ id, document }) => {
    const file = join(import.meta.dirname, `../../docs/pictures/label-${id}.png`);
    const [label] = engine.render(document, labelSamples[0]!.data, { dpi: 203 });
    if (process.env['PACKBENCH_DOC_PICTURES'] === '1') writeFileSync(file, encodePng(label!.bitmap, 203));
    const shown = decodePng(readFileSync(file));
    expect(shown && hashBitmap(shown)).toBe(hashBitmap(label!.bitmap));
  });
});

it('prints no plain personal data: neither phone nor room is among the texts of any masked template', () => {
  const masked = builtinTemplates.filter((template) => template.document.privacy === 'masked');
  expect(masked.length).toBeGreaterThan(5);
  const [{ data }] = labelSamples as [(typeof labelSamples)[number]];
  const other = { ...data, recipient: { ...data.recipient, phone: '13898765678', detail: '杭海路1031号 金海公寓4幢1单元1703室', name: '林知远' }, sender: { ...data.sender, phone: '0579-96631234' } };
  for (const { document } of masked) {
    // What is hidden cannot change the picture.
    const [a, b] = [data, other].map((one) => engine.render(document, one, { dpi: 203 }).map((label) => hashBitmap(label.bitmap)));
    expect(a).toEqual(b);
  }
});
