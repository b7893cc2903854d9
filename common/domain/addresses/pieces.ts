/** Cutting a pasted text into pieces: what is a phone, a label, a postcode or a bracketed note is taken out, the rest is split at separators. */
import { foldText } from './fold.ts';
import { findLabels, isFormCell } from './labels.ts';
import type { Role } from './labels.ts';
import { looksLikeNote } from './notes.ts';
import { findPhones } from './phones.ts';
import type { FoundPhone } from './phones.ts';
import { soft, taken } from './regions.ts';

export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly role: Role;
  /** Number of the line it stands on. */
  readonly line: number;
}

export interface CutText {
  readonly raw: string;
  /** Folded, same length, with everything taken out replaced by marks. */
  readonly work: string;
  readonly pieces: readonly Piece[];
  readonly phones: readonly FoundPhone[];
  readonly postcode: string | undefined;
  readonly notes: readonly { readonly start: number; readonly text: string }[];
}

/** Emoji and drawing characters with their joiners and skin tones: decoration, never data. */
const decoration = /\p{Extended_Pictographic}|[\u{1f3fb}-\u{1f3ff}]|[\u{1f1e6}-\u{1f1ff}]|\u200d|\ufe0e|\ufe0f|\u20e3|[☆★◆◇●○■□▲△▼▽♥♡→←↑↓~～\ue000\ue001]/gu;
/** Control and direction characters, which no label may carry, and what a page copied as HTML brings with it. */
// oxlint-disable-next-line no-control-regex
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const markup = /<\/?(?:p|br|div|span|b|i|u|s|a|td|tr|th|table|tbody|thead|li|ul|ol|font|strong|em|img|label|input|h[1-6]|html|body|head|meta|title|style|script)(?:\s[^<>]{0,300})?\/?>|&(?:nbsp|amp|lt|gt|quot|#[0-9]{1,5});/gi;
/** Numbering in front of one of several recipients: ①, 第一个：. */
const numbering = /(?<=^|\n)[ \t]*(?:[\u2460-\u2473\u2776-\u277f\u24f5-\u24fe]|第[一二三四五六七八九十0-9]{1,3}(?:个|单|位|家|份|件)(?:地址|收件人|客户|订单)?[ \t]*[:：、,，.])/g;
const pieceBreak = /[\n,，;；。、|!！?？/\\ ="{}<>@\ue000\ue001]/;
/** 2 号, 8 樓B室, 12 号楼: a blank between a number and its unit does not end a piece. A Han character behind the unit may begin a name. */
const unitBehind = /^ {1,2}(?:号[楼院店柜门线厂](?:[^\u4e00-\u9fff]|$)|单元|(?:号|弄|栋|幢|座|楼|层|室|组|排|连|团|队|社|屯|巷|院|户|期|区|村|房|米|街坊)(?![\u4e00-\u9fff]))/;
/** A form copied with its two columns: the tab between them is the colon of the label. */
const formRow = /(?<=^|\n)([^\t\n:：]{1,12})\t(?=[^\t\n]+(?:\n|$))/g;
/** A date, with or without the time of day, standing alone: when somebody wrote, never where to. */
const dates = /(?<=^|[\n,，;；|\t ([])20[0-9]{2}(?:[-/.][01]?[0-9][-/.][0-3]?[0-9]|年[01]?[0-9]月[0-3]?[0-9]日)(?:[ T]*[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?)?(?=$|[\n,，;；| )\]])/g;
/** #抖音商城订单#: a hashtag. */
const hashtags = /#[^#\n]{1,30}#/g;

/** Takes the text apart; positions are those of `raw`. */
export function cutText(raw: string): CutText {
  const plain = raw.replace(formRow, (found, words: string) => (isFormCell(words) ? `${words}:` : found)).replace(controls, ' ').replace(markup, (found) => (found.startsWith('<') ? '\n' : ' ').padEnd(found.length)).replace(decoration, (found) => ' '.repeat(found.length)).replace(numbering, (found) => ' '.repeat(found.length));
  const folded = foldText(plain);
  const work = folded.split('');
  const blank = (start: number, end: number, mark: string): void => {
    for (let index = start; index < end; index += 1) work[index] = mark;
  };

  const found = findPhones(folded);
  const allLabels = findLabels(folded);
  const phones = found.length > 0 ? found : localNumber(folded, allLabels);
  const labels = allLabels.filter((label) => !phones.some((phone) => label.start < phone.end && phone.start < label.end));
  for (const phone of phones) blank(phone.start, phone.end, taken);
  for (const label of labels) blank(label.start, label.end, label.role === 'name' || label.role === 'phone' || label.role === 'note' || label.role === 'postcode' ? taken : soft);

  const notes: { start: number; text: string }[] = [];
  let postcode: string | undefined;
  labels.forEach((label, index) => {
    const next = labels[index + 1]?.start ?? folded.length;
    if (label.role === 'note') {
      // A labelled remark runs to the end of its line; on an empty line to the end of the next one.
      const from = label.end + (/^\s*/.exec(folded.slice(label.end))?.[0].length ?? 0);
      const lineEnd = folded.indexOf('\n', from);
      const end = Math.min(next, lineEnd === -1 ? folded.length : lineEnd);
      if (end > from) {
        notes.push({ start: from, text: plain.slice(from, end).trim() });
        for (let at = from; at < end; at += 1) if (work[at] !== taken) work[at] = taken;
      }
    }
    if (label.role === 'postcode') {
      const match = /^\s*([0-9]{6})(?![0-9])/.exec(folded.slice(label.end, next));
      if (match) {
        postcode = match[1];
        blank(label.end, label.end + match[0].length, taken);
      }
    }
  });
  for (const match of [...folded.matchAll(dates), ...folded.matchAll(hashtags)]) {
    if ([...match[0]].some((unit, offset) => work[match.index + offset] !== unit)) continue;
    notes.push({ start: match.index, text: plain.slice(match.index, match.index + match[0].length) });
    blank(match.index, match.index + match[0].length, taken);
  }
  for (const match of folded.matchAll(/[([【]([^()[\]【】\n]*)[)\]】]/g)) {
    const inner = match[1] ?? '';
    if (work[match.index] !== folded.charAt(match.index)) continue;
    const trimmed = inner.trim();
    // （先打13900000000）: how to use the number goes with it.
    const around = work.slice(match.index + 1, match.index + match[0].length - 1).join('').replaceAll(taken, '').trim();
    if (around !== trimmed && /^[\u4e00-\u9fff]{1,8}$/.test(around) && /打|拨|联系|备用|短号|微信|加我/.test(around)) {
      notes.push({ start: match.index, text: around });
      blank(match.index, match.index + match[0].length, taken);
      continue;
    }
    const bracketed = /^(?:(?:邮政编码|邮编|邮码)[:：]? *)?([0-9]{6})$/.exec(trimmed)?.[1];
    if (bracketed !== undefined && postcode === undefined) {
      postcode = bracketed;
      blank(match.index, match.index + match[0].length, taken);
    } else if (looksLikeNote(trimmed)) {
      notes.push({ start: match.index, text: plain.slice(match.index + 1, match.index + match[0].length - 1).trim() });
      blank(match.index, match.index + match[0].length, taken);
    } else if (trimmed === '收' || trimmed === '') {
      blank(match.index, match.index + match[0].length, taken);
    }
  }
  if (postcode === undefined) {
    const match = /(?<=^|[\n,，;；。 \ue000\ue001])([0-8][0-9]{5})(?=$|[\n,，;；。 \ue000\ue001])/.exec(work.join(''));
    if (match) {
      postcode = match[1];
      blank(match.index, match.index + match[0].length, taken);
    }
  }

  const text = work.join('');
  return { raw: plain, work: text, pieces: split(text, labels), phones, postcode, notes };
}

/** A landline without area code, taken only when no other number is there: behind a phone label, or standing alone. */
function localNumber(folded: string, labels: readonly { readonly end: number; readonly role: Role }[]): FoundPhone[] {
  const at = (start: number, digits: string): FoundPhone[] => [{ start, end: start + digits.length, number: digits, extension: '', masked: false, cut: false }];
  for (const label of labels.filter((one) => one.role === 'phone')) {
    const match = /^\s*([2-8][0-9]{6,7})(?![0-9])/.exec(folded.slice(label.end));
    if (match?.[1] !== undefined) return at(label.end + match[0].length - match[1].length, match[1]);
  }
  const alone = /(?<=^|[\n,;| ])([2-8][0-9]{6,7})(?=$|[\n,;| ])/.exec(folded);
  return alone?.[1] === undefined ? [] : at(alone.index, alone[1]);
}

function split(work: string, labels: readonly { readonly start: number; readonly end: number; readonly role: Role }[]): Piece[] {
  const pieces: Piece[] = [];
  let line = 0;
  let start = -1;
  let depth = 0;
  const roleAt = (index: number): Role => {
    const label = labels.findLast((one) => one.end <= index);
    if (label === undefined) return 'none';
    const between = work.slice(label.end, index);
    // What was taken out (the number itself) is data too: what follows is another field.
    const data = /[^\n,，;；。、|/ :="'{}\ue001]/.test(between);
    // A name or number label speaks of the next value; an address label of its whole line.
    if (label.role === 'name' || label.role === 'phone' || label.role === 'town' || label.role === 'postcode' || label.role === 'note') return data ? 'none' : label.role;
    return data && between.includes('\n') ? 'none' : label.role;
  };
  const close = (end: number): void => {
    if (start >= 0 && /[\p{L}\p{N}*]/u.test(work.slice(start, end))) pieces.push({ start, end, role: roleAt(start), line });
    start = -1;
  };
  for (let index = 0; index < work.length; index += 1) {
    const unit = work.charAt(index);
    if (unit === '(' || unit === '[' || unit === '【') depth += 1;
    if (unit === ')' || unit === ']' || unit === '】') depth = Math.max(0, depth - 1);
    // Inside brackets only marks and line breaks end a piece: （卞老板 收） belongs together.
    const bracketed = depth > 0 && unit !== '\n' && unit !== taken && unit !== soft;
    const measured = unit === ' ' && start >= 0 && /[0-9 ]/.test(work.charAt(index - 1)) && unitBehind.test(work.slice(work.charAt(index - 1) === ' ' ? index - 1 : index, index + 6));
    const ends = !bracketed && !measured && pieceBreak.test(unit);
    if (ends) {
      close(index);
      if (unit === '\n') {
        line += 1;
        depth = 0;
      }
    } else if (start < 0) start = index;
  }
  close(work.length);
  return pieces;
}
