/** Lays out barcodes and QR codes on whole dots: the module is the largest whole number of dots that fits with its quiet zone. */
import { rotate } from '../bitmap.ts';
import { encodeLinear, quietModules, type LinearFault } from '../codes/linear.ts';
import { encodeQr, qrQuietModules } from '../codes/qr.ts';
import { evaluateContent } from '../content.ts';
import type { BarcodeElement, QrElement } from '../document.ts';
import type { DotRect, DrawOp } from '../rendered.ts';
import { toDots, toMicrometres } from '../units.ts';
import { draw, report, type Sheet } from './sheet.ts';
import { aligned, noteSmallText, placeRun } from './texts.ts';

/** Narrowest bar a hand scanner reads safely on thermal paper: 0.25 mm, less the rounding of 300 dpi heads. */
const smallestModule = 248;
/** QR modules: 3 dots at 203 dpi (0.375 mm) is the practical minimum, a little less at 300. */
const smallestQrModule = 330;

const faultWords: Readonly<Record<LinearFault, string>> = {
  empty: 'there is nothing to encode',
  characters: 'it has a character this code cannot carry',
  length: 'it has the wrong length for this code',
  check_digit: 'its check digit is wrong',
};

/** A one-dimensional code, its caption below. A turned code lies on its side; its caption is turned with it. */
export function layBarcode(sheet: Sheet, element: BarcodeElement, box: DotRect): void {
  const text = evaluateContent(element.content, sheet.scope);
  const result = encodeLinear(element.symbology, text);
  if (!result.ok) {
    if (result.reason === 'empty') report(sheet, 'code_empty', element.id, 'the code has nothing to encode', { place: box });
    else report(sheet, 'code_invalid', element.id, `${element.symbology} cannot carry this text: ${faultWords[result.reason]}`, { place: box, data: { text, reason: result.reason, symbology: element.symbology } });
    return;
  }
  const { code } = result;
  const lying = element.rotation === 90 || element.rotation === 270;
  const along = lying ? box.height : box.width;
  const across = lying ? box.width : box.height;
  const quiet = quietModules[element.symbology];
  const widest = Math.max(1, toDots(element.largestModule, sheet.dpi));
  const module = Math.min(widest, Math.floor(along / (code.modules.length + 2 * quiet)));
  const captionFace = element.caption && { weight: element.caption.weight, size: Math.max(6, toDots(element.caption.size, sheet.dpi)), spacing: 0 };
  const captionRoom = captionFace && element.caption ? sheet.runs.emOf(captionFace.size) + toDots(element.caption.gap, sheet.dpi) : 0;
  const height = across - captionRoom;
  if (element.spare && (module < 1 || toMicrometres(module, sheet.dpi) < smallestModule)) {
    leaveOut(sheet, element, code.text, box);
    return;
  }
  if (module < 1 || height < 1) {
    report(sheet, 'code_does_not_fit', element.id, `the code needs ${code.modules.length + 2 * quiet} dots at least and has ${along}`, { place: box, data: { text, needed: code.modules.length + 2 * quiet, available: along } });
    return;
  }
  const length = module * code.modules.length;
  const start = quiet * module + aligned(along - 2 * quiet * module, length, element.align);
  const rect = turnedBars(box, element.rotation, { start, length, height, captionRoom });
  if (toMicrometres(module, sheet.dpi) < smallestModule) {
    report(sheet, 'module_small', element.id, `bars of ${module} dots (${toMicrometres(module, sheet.dpi)} µm) are too narrow to scan`, { place: rect, data: { dots: module, micrometres: toMicrometres(module, sheet.dpi) } });
  }
  const op: DrawOp & { kind: 'linear' } = { kind: 'linear', symbology: element.symbology, text: code.text, rect, rotation: element.rotation, module, modules: code.modules, codewords: code.codewords };
  draw(sheet, element.id, op);
  const side = quiet * module;
  sheet.codes.push({ element: element.id, op, quiet: lying ? { left: 0, right: 0, top: side, bottom: side } : { left: side, right: side, top: 0, bottom: 0 } });
  if (captionFace && element.caption && !lying && element.rotation === 0) {
    const run = sheet.runs.run(grouped(code.text, element.caption.group), captionFace);
    noteSmallText(sheet, element.id, run.em, box);
    if (run.width > box.width) report(sheet, 'text_cut', element.id, 'the caption is wider than the code', { place: box, data: { text: code.text } });
    placeRun(sheet, element.id, run, rect.x + aligned(rect.width, run.width, 'center'), rect.y + rect.height + toDots(element.caption.gap, sheet.dpi));
  } else if (captionFace && element.caption) {
    layTurnedCaption(sheet, element, rect, captionFace);
  }
}

/** A code that would not scan is worse than none: its number is printed in letters instead. */
function leaveOut(sheet: Sheet, element: BarcodeElement, text: string, box: DotRect): void {
  report(sheet, 'code_left_out', element.id, 'this second code would be too narrow to scan; only its number is printed', { place: box, data: { text } });
  if (!element.caption || element.rotation !== 0) return;
  const size = Math.max(6, toDots(element.caption.size, sheet.dpi));
  const run = sheet.runs.run(grouped(text, element.caption.group), { weight: element.caption.weight, size, spacing: 0 });
  placeRun(sheet, element.id, run, box.x + aligned(box.width, run.width, 'center'), box.y + Math.floor((box.height - run.em) / 2));
}

/** Where the bars go when the code (bars above, caption below) is turned within its box. */
function turnedBars(box: DotRect, rotation: number, size: { start: number; length: number; height: number; captionRoom: number }): DotRect {
  const { start, length, height, captionRoom } = size;
  switch (rotation) {
    case 90:
      return { x: box.x + captionRoom, y: box.y + start, width: height, height: length };
    case 180:
      return { x: box.x + box.width - start - length, y: box.y + captionRoom, width: length, height };
    case 270:
      return { x: box.x, y: box.y + box.height - start - length, width: height, height: length };
    default:
      return { x: box.x + start, y: box.y, width: length, height };
  }
}

function layTurnedCaption(sheet: Sheet, element: BarcodeElement, bars: DotRect, face: Parameters<Sheet['runs']['run']>[1]): void {
  const caption = element.caption;
  const text = sheet.ops.at(-1);
  if (!caption || text?.kind !== 'linear') return;
  const run = sheet.runs.run(grouped(text.text, caption.group), face);
  noteSmallText(sheet, element.id, run.em, bars);
  const upright = run.dots(0);
  if (!upright) return;
  const bitmap = rotate(upright, element.rotation);
  const gap = toDots(caption.gap, sheet.dpi);
  const middleX = bars.x + Math.floor((bars.width - bitmap.width) / 2);
  const middleY = bars.y + Math.floor((bars.height - bitmap.height) / 2);
  const below = gap + run.top;
  const at =
    element.rotation === 90
      ? { x: bars.x - below - bitmap.width, y: middleY }
      : element.rotation === 270
        ? { x: bars.x + bars.width + below, y: middleY }
        : { x: middleX, y: bars.y - below - bitmap.height };
  draw(sheet, element.id, { kind: 'bitmap', ...at, bitmap, source: 'text' });
}

/** Digits in groups counted from the end, so that the last four, which people read out, stay together: `YT8 8000 0000 0017`. */
function grouped(text: string, size: number): string {
  if (size === 0) return text;
  const parts = /^(\D*)(\d+)(.*)$/.exec(text);
  if (!parts) return text;
  return parts[1]! + parts[2]!.replace(new RegExp(`\\B(?=(\\d{${size}})+$)`, 'g'), ' ') + parts[3]!;
}

/** A QR code in the middle of its box. Turning a QR code changes nothing for a scanner, so it is not turned. */
export function layQr(sheet: Sheet, element: QrElement, box: DotRect): void {
  const text = evaluateContent(element.content, sheet.scope);
  if (text === '') {
    report(sheet, 'code_empty', element.id, 'the QR code has nothing to encode', { place: box });
    return;
  }
  const qr = encodeQr(text, element.level);
  const side = Math.min(box.width, box.height);
  const module = qr ? Math.min(Math.max(1, toDots(element.largestModule, sheet.dpi)), Math.floor(side / (qr.size + 2 * qrQuietModules))) : 0;
  if (!qr || module < 1) {
    report(sheet, 'code_does_not_fit', element.id, qr ? `a QR code of ${qr.size} modules does not fit ${side} dots` : 'the text is longer than a QR code carries', { place: box, data: { text: text.slice(0, 80), length: text.length } });
    return;
  }
  const length = qr.size * module;
  const rect = { x: box.x + Math.floor((box.width - length) / 2), y: box.y + Math.floor((box.height - length) / 2), width: length, height: length };
  if (toMicrometres(module, sheet.dpi) < smallestQrModule) {
    report(sheet, 'module_small', element.id, `QR modules of ${module} dots (${toMicrometres(module, sheet.dpi)} µm) are too small to scan`, {
      place: rect,
      severity: toMicrometres(module, sheet.dpi) < smallestModule ? 'error' : 'warning',
      data: { dots: module, micrometres: toMicrometres(module, sheet.dpi) },
    });
  }
  const op: DrawOp & { kind: 'qr' } = { kind: 'qr', text, rect, rotation: 0, module, matrix: qr.matrix, size: qr.size, level: element.level, mask: qr.mask, version: qr.version };
  draw(sheet, element.id, op);
  const quiet = qrQuietModules * module;
  sheet.codes.push({ element: element.id, op, quiet: { left: quiet, right: quiet, top: quiet, bottom: quiet } });
}
