/**
 * Draws the specimen sheet of the fonts at label sizes for docs/pictures. Run after a change of fonts; the pictures of the templates are
 * drawn by their test.
 *
 *   node scripts/make-label-pictures.ts
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { completeLabelData } from '../common/domain/label/data.ts';
import { defineDocument, type LabelElementInput } from '../common/domain/label/document.ts';
import { fontWeights } from '../common/domain/label/fonts/font-set.ts';
import { createLabelEngine } from '../main/printing/raster/engine.ts';
import { loadFontSet } from '../main/printing/raster/fonts.ts';
import { encodePng } from '../main/printing/raster/png.ts';

const folder = 'docs/pictures';
const dpi = 203;
/** One dot at 203 dpi. */
const dot = 125;

const engine = createLabelEngine({ fonts: loadFontSet() });
mkdirSync(folder, { recursive: true });

/** Dense and easily confused characters, as they meet on labels. */
const dense = '疆赢鑫镇龘灣體靈';
const address = '浙江省杭州市九堡街道3幢1602室';
const codes = '0O8B 1Il7 342-081-00';

const elements: LabelElementInput[] = [];
let y = 24;
let count = 0;
function line(text: string, size: number, weight: (typeof fontWeights)[number], x: number, reverse = false): void {
  elements.push({ id: `t${count++}`, type: 'text', x: x * dot, y: y * dot, width: 1_180 * dot, height: (size + (reverse ? 12 : 6)) * dot, font: { size: size * dot, weight }, content: [{ text }], reverse, padding: reverse ? 5 * dot : 0 });
}
function title(text: string): void {
  line(text, 22, 'medium', 20);
  elements.push({ id: `r${count++}`, type: 'line', x: 20 * dot, y: (y + 32) * dot, width: 1_200 * dot, height: 0, direction: 'horizontal', thickness: dot });
  y += 42;
}

title('Text as the printer burns it, 203 dpi, one dot = one pixel: size in dots, weight');
for (const size of [16, 18, 20, 22, 24, 28, 32]) {
  for (const weight of fontWeights) {
    if (size === 16 && weight === 'medium') continue;
    line(`${size} ${weight}`, 18, 'regular', 20);
    line(`${dense} ${address} ${codes}`, size, weight, 150);
    y += size + 10;
  }
  y += 6;
}
title('Sort codes');
line('342-081-00 052', 56, 'bold', 20);
y += 72;
line('380D-56-04 新疆', 80, 'bold', 20);
y += 100;
title('White on black');
line(`补打 2  收 寄 集 ×12  ${dense}`, 28, 'bold', 20, true);
y += 52;
title('Rare names, Traditional, emoji, other scripts: substitutes where the outlines lack a character');
line('𠮷田 㼆 喆 堃 䶮 𨋢 𠝹 𡃁 𪚥 龍臺灣體 №★♥☂😀🎂🎉 Éß Ж あ 한글 عربي', 32, 'medium', 20);
y += 48;
line('𠮷田 㼆 喆 堃 䶮 𨋢 𠝹 𡃁 𪚥 龍臺灣體 №★♥☂😀🎂🎉 Éß Ж あ 한글', 20, 'regular', 20);
y += 40;

const sheet = defineDocument({ format: 'packbench-label', version: 1, name: 'specimen', purpose: 'other', media: { width: 1_240 * dot, height: y * dot }, elements });
const [specimen] = engine.render(sheet, completeLabelData({}), { dpi });
if (!specimen) throw new Error('no specimen');
writeFileSync(`${folder}/font-specimen.png`, encodePng(specimen.bitmap, dpi));
for (const finding of specimen.lint.filter(({ severity }) => severity === 'error')) process.stdout.write(`${finding.code} ${finding.element} ${finding.message}\n`);
