/** Phone numbers in a pasted text: mobile, landline, service and virtual numbers, masked or not, with their extensions. */

export interface FoundPhone {
  readonly start: number;
  readonly end: number;
  /** `13800000000`, `0571-88000001`, `4001234567`, `138****0001`. */
  readonly number: string;
  readonly extension: string;
  readonly masked: boolean;
  /** True when the number was cut out of a longer run of digits: the cut is a guess. */
  readonly cut: boolean;
}

const gap = '[ \\-.·]?';
/** +86, 86- and 0086 in front of a number. A bare 86 counts only when 11 digits or a separator follow, which the rest of the pattern asks for. */
const country = '(?:(?:\\(\\+?86\\)|\\+86|0086|86(?=[ \\-]|1[3-9]))[ \\-]*)?';
/** A zero as once dialled in front of a distant mobile number. */
const trunk = '(?:(?:\\(0\\)|0) *(?=1[3-9]))?';
const extensionMark = '(?: *(?:-|x|#|,(?=[0-9]{3,4}(?![0-9]))|[,;(]? *(?:转 *分机号?|转接?|ext\\.?|EXT\\.?|Ext\\.?|分机号?码?)) *:? *)';
const extension = `(?:${extensionMark}([0-9]{1,6})(?![0-9]))?`;

const patterns: readonly { readonly source: string; readonly read: (match: RegExpExecArray) => { number: string; extension: string } }[] = [
  {
    // Mobile, plain or grouped 3-4-4, with stars in place of any digits but the first.
    // A nickname in letters or with stars may stand right before a number that starts with plain digits.
    source: `(?:(?<![0-9*A-Za-z])|(?<=[A-Za-z*])(?=1[3-9][0-9]))${country}${trunk}(1[3-9*][0-9*]${gap}[0-9*]{4}${gap}[0-9*]{4})(?![0-9*])${extension}`,
    read: (match) => ({ number: (match[1] ?? '').replace(/[^0-9*]/g, ''), extension: match[2] ?? '' }),
  },
  {
    // Landline with area code: 010, 02x or 03xx–09xx, then 7 or 8 digits, the last ones perhaps masked.
    source: `(?<![0-9*A-Za-z])${country}[(（]?(0(?:10|2[0-9]|[3-9][0-9]{2}))[)）]?[ \\-]*([2-8*][0-9*]{2,3}${gap}[0-9*]{4})(?![0-9*])${extension}`,
    read: (match) => ({ number: `${match[1] ?? ''}-${(match[2] ?? '').replace(/[^0-9*]/g, '')}`, extension: match[3] ?? '' }),
  },
  {
    // The area code without its zero behind the country code: +86 571 8800 0001.
    source: `(?<![0-9*A-Za-z])(?:\\+86|0086)[ \\-]*(10|2[0-9]|[3-9][0-9]{2})[ \\-]+([2-8][0-9]{2,3}${gap}[0-9]{4})(?![0-9*])${extension}`,
    read: (match) => ({ number: `0${match[1] ?? ''}-${(match[2] ?? '').replace(/[^0-9*]/g, '')}`, extension: match[3] ?? '' }),
  },
  {
    source: `(?<![0-9*A-Za-z])([48]00${gap}[0-9]{3,4}${gap}[0-9]{3,4})(?![0-9*])${extension}`,
    read: (match) => ({ number: (match[1] ?? '').replace(/[^0-9]/g, ''), extension: match[2] ?? '' }),
  },
  {
    // A mobile number of Taiwan as written there.
    source: `(?<![0-9*A-Za-z])(09[0-9]{2}${gap}[0-9]{3}${gap}[0-9]{3})(?![0-9*])`,
    read: (match) => ({ number: (match[1] ?? '').replace(/[^0-9]/g, ''), extension: '' }),
  },
  {
    // Hong Kong, Macau, Taiwan: only with their country code, everything else would be a house number.
    source: `(?<![0-9*A-Za-z])[(]?\\+?(852|853|886)[ \\-)]+([0-9]{1,4}${gap}[0-9]{3,4}(?:${gap}[0-9]{3,4})?)(?![0-9*])`,
    read: (match) => ({ number: `+${match[1] ?? ''}-${(match[2] ?? '').replace(/[^0-9]/g, '')}`, extension: '' }),
  },
];

/** Landline lengths: 8 digits behind 3-digit area codes and the larger cities, 7 or 8 elsewhere; masked ones count stars. */
function plausible(number: string): boolean {
  const digits = number.replace(/[^0-9*]/g, '');
  if (number.startsWith('+')) return digits.length >= 10 && digits.length <= 13;
  if (/^09[0-9]{8}$/.test(number)) return true;
  if (number.startsWith('1')) return digits.length === 11 && (digits.match(/\*/g)?.length ?? 0) <= 10;
  if (/^[48]00/.test(number)) return digits.length === 10;
  return digits.length >= 10 && digits.length <= 12;
}

/** All phone numbers of a folded text, in order, not overlapping. */
export function findPhones(text: string): FoundPhone[] {
  const found: FoundPhone[] = [];
  for (const { source, read } of patterns) {
    const pattern = new RegExp(source, 'g');
    for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
      const { number, extension: ext } = read(match);
      const start = match.index;
      const end = start + match[0].length;
      if (!plausible(number) || found.some((other) => start < other.end && other.start < end)) continue;
      found.push(closed(text, withoutHouse(text, { start, end, number, extension: ext, masked: number.includes('*'), cut: false })));
    }
  }
  if (found.length === 0) found.push(...oddlyGrouped(text));
  if (found.length === 0) found.push(...cutFromRuns(text));
  if (found.length === 0) found.push(...inWords(text));
  return found.sort((a, b) => a.start - b.start);
}

const extensionAtEnd = new RegExp(`${extensionMark}[0-9]{1,6}$`);

/** The bracket an extension stood in, and the extension said twice (13800000000-1234-1234), belong to the number. */
function closed(text: string, phone: FoundPhone): FoundPhone {
  if (phone.extension === '') return phone;
  const opened = /[(][^()]*$/.test(text.slice(phone.start, phone.end)) && text.charAt(phone.end) === ')';
  const again = text.startsWith(`-${phone.extension}`, phone.end) && !/[0-9]/.test(text.charAt(phone.end + 1 + phone.extension.length));
  return { ...phone, end: phone.end + (opened ? 1 : again ? phone.extension.length + 1 : 0) };
}

/** `13800000000-3栋`: the digits behind the dash belong to a house, not to the phone. */
function withoutHouse(text: string, phone: FoundPhone): FoundPhone {
  if (phone.extension === '' || !/^[号栋幢座楼室单元弄层路街]/.test(text.slice(phone.end))) return phone;
  const match = extensionAtEnd.exec(text.slice(phone.start, phone.end));
  return match ? { ...phone, end: phone.end - match[0].length, extension: '' } : phone;
}

/** A mobile number grouped in some other way than 3-4-4: 13 8000 0000 1. Only where no other number was found. */
function oddlyGrouped(text: string): FoundPhone[] {
  const match = /(?<![0-9*A-Za-z])1[ -]?[3-9](?:[ -]?[0-9]){9}(?![0-9*])/.exec(text);
  if (match === null) return [];
  return [{ start: match.index, end: match.index + match[0].length, number: match[0].replace(/[^0-9]/g, ''), extension: '', masked: false, cut: false }];
}

/** A mobile number written out in characters (一三八〇…), as people do where a chat hides digits. */
function inWords(text: string): FoundPhone[] {
  const match = /(?<![〇零一二三四五六七八九幺])[一幺](?:[ -]?[〇零一二三四五六七八九幺]){10}(?![〇零一二三四五六七八九幺])/.exec(text);
  if (match === null) return [];
  const number = [...match[0]].map((unit) => ('〇一二三四五六七八九'.indexOf(unit === '零' ? '〇' : unit === '幺' ? '一' : unit))).filter((digit) => digit >= 0).join('');
  return /^1[3-9]/.test(number) ? [{ start: match.index, end: match.index + match[0].length, number, extension: '', masked: false, cut: true }] : [];
}

/** A mobile number glued to a house or room number: the only eleven digits at the end or start of a longer run that can be one. */
function cutFromRuns(text: string): FoundPhone[] {
  const found: FoundPhone[] = [];
  const pattern = /[0-9]{12,}/g;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const run = match[0];
    const tail = run.slice(-11);
    const head = run.slice(0, 11);
    const end = match.index + run.length;
    if (/^1[3-9]/.test(tail)) found.push({ start: end - 11, end, number: tail, extension: '', masked: false, cut: true });
    else if (/^1[3-9]/.test(head)) found.push({ start: match.index, end: match.index + 11, number: head, extension: '', masked: false, cut: true });
  }
  return found;
}

/** The number with its extension, as written on a label. */
export function phoneText(phone: Pick<FoundPhone, 'number' | 'extension'>): string {
  return phone.extension === '' ? phone.number : `${phone.number}-${phone.extension}`;
}
