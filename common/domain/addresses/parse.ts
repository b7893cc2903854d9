/** Reading pasted recipient texts: who, which number, where. */
import { hasInformation } from './fold.ts';
import type { Divisions } from './divisions.ts';
import { isLabelWord } from './labels.ts';
import type { Role } from './labels.ts';
import { isEstablishment, nameAtEnd, nameScore, placeWords } from './names.ts';
import { looksLikeGoods, looksLikeNote, noteWithin } from './notes.ts';
import { phoneText } from './phones.ts';
import { cutText } from './pieces.ts';
import type { CutText } from './pieces.ts';
import { readRegion } from './region-reading.ts';
import type { RegionReading } from './region-reading.ts';
import type { Ambiguity, Doubt, ParsedAddress } from './types.ts';

/** Longest text read as an address, in UTF-16 units; what is behind it goes into the note unread. */
export const longestPaste = 4000;

interface Segment {
  start: number;
  end: number;
  role: Role;
  line: number;
  /** Follows the region directly: certainly address. */
  attached: boolean;
  use: 'name' | 'detail' | 'note' | 'open';
}

/**
 * Reads one recipient. Never throws and never drops words: what is neither name, phone, region nor note is in the detail. What the
 * text leaves open is not decided: see `ambiguities`.
 */
export function parseAddress(text: string, divisions: Divisions): ParsedAddress {
  const sender = senderIn(text);
  const cut = cutText((sender === undefined ? text : text.slice(0, sender.start) + sender.text.replace(/[^\n]/g, ' ') + text.slice(sender.start + sender.text.length)).slice(0, longestPaste));
  const beyond = text.slice(longestPaste);
  const region = readRegion(cut, divisions);
  const segments = remaining(cut, region);
  const notes = [...cut.notes, ...(sender === undefined ? [] : [sender])];

  for (const segment of segments) {
    const words = cut.work.slice(segment.start, segment.end);
    if (segment.role === 'name') segment.use = 'name';
    else if (segment.attached || segment.role === 'region' || segment.role === 'town' || (segment.role === 'detail' && !segments.some((one) => one.use === 'detail' && one.role === 'detail'))) segment.use = 'detail';
    else if (looksLikeNote(words) || looksLikeGoods(trimPunctuation(words))) segment.use = 'note';
  }
  // A request goes on behind a comma (急用，今天发).
  segments.forEach((segment, index) => {
    const before = segments[index - 1];
    if (segment.use === 'open' && before?.use === 'note' && segment.line === before.line && !touchesPhone(cut, segment) && !placeWords.test(cut.work.slice(segment.start, segment.end))) segment.use = 'note';
  });
  splitTrailingNotes(cut, segments);
  const nameConfidence = chooseName(cut, segments, region);
  const strays: string[] = [];
  for (const segment of segments) {
    if (segment.use !== 'open') continue;
    segment.use = leftoverUse(cut, segments, segment, region);
    if (segment.use === 'detail' && isStray(cut, segment, region)) strays.push(trimPunctuation(cut.raw.slice(segment.start, segment.end)));
  }

  const name = tidyName(joined(cut, segments.filter((one) => one.use === 'name')));
  const detail = tidy((region?.leftover ?? '') + joined(cut, inAddressOrder(segments.filter((one) => one.use === 'detail'), region)));
  notes.push(...noteTexts(cut, segments));
  const more = cut.phones.slice(2).map((phone) => ({ start: phone.start, text: phoneText(phone) }));
  const note = [...notes, ...more, { start: text.length, text: beyond }]
    .sort((a, b) => a.start - b.start)
    .map((one) => trimPunctuation(one.text))
    .filter((one) => one !== '')
    .join('；');

  const phone = cut.phones[0];
  const second = cut.phones[1];
  const ambiguities: Ambiguity[] = [...(region?.ambiguities ?? [])];
  const doubts: Doubt[] = [...(region?.doubts ?? [])];
  if (phone?.cut === true) ambiguities.push({ field: 'phone', reason: 'phone-run', text: phone.number, candidates: [phone.number] });
  if (phone === undefined) doubts.push({ field: 'phone', reason: 'missing', text: '' });
  else if (phone.masked) doubts.push({ field: 'phone', reason: 'masked', text: phone.number });
  else if (isLocal(phone.number)) doubts.push({ field: 'phone', reason: 'unusual', text: phone.number });
  if (name === '') doubts.push({ field: 'name', reason: 'missing', text: '' });
  else if (name.includes('*')) doubts.push({ field: 'name', reason: 'masked', text: name });
  else if (nameConfidence < 0.7) doubts.push({ field: 'name', reason: 'unusual', text: name });
  if (region === undefined) doubts.push({ field: 'province', reason: 'missing', text: '' });
  if (!hasInformation(detail)) doubts.push({ field: 'detail', reason: 'missing', text: '' });
  else if (/\*{2,}/.test(detail)) doubts.push({ field: 'detail', reason: 'masked', text: detail });
  for (const stray of strays) doubts.push({ field: 'detail', reason: 'unusual', text: stray });

  return {
    name,
    phone: phone?.number ?? '',
    extension: phone?.extension ?? '',
    ...(second === undefined ? {} : { phone2: phoneText(second) }),
    province: region?.province ?? '',
    city: region?.city ?? '',
    district: region?.district ?? '',
    town: region?.town ?? '',
    detail,
    note,
    ...(cut.postcode === undefined ? {} : { postcode: cut.postcode }),
    confidence: overall(region, phone, nameConfidence, doubts),
    ambiguities,
    doubts,
  };
}

/** Who sends it, where the text says both: 寄件人：… 收件人：… Neither number nor place of the sender may go on the label. */
function senderIn(text: string): { start: number; text: string } | undefined {
  const match = /(?:寄件|发件|寄货)(?:人|方)(?:信息)?[:：\s][\s\S]*?(?=(?:收件|收货)(?:人|方)(?:信息)?[:：\s]|$)/.exec(text);
  if (match === null || !/(?:收件|收货)(?:人|方)/.test(text.slice(0, match.index) + text.slice(match.index + match[0].length))) return undefined;
  return { start: match.index, text: match[0].trimEnd() };
}

/** The pieces without what region and town took. */
function remaining(cut: CutText, region: RegionReading | undefined): Segment[] {
  const segments: Segment[] = [];
  for (const piece of cut.pieces) {
    const whole = { role: piece.role, line: piece.line, attached: false, use: 'open' as const };
    // 北京崇文门外大街9号 东城区: what the region says again in front of the street is no part of it.
    const start = region?.said.find((one) => one.start === piece.start)?.end ?? piece.start;
    if (region === undefined || piece.end <= region.start || piece.start >= region.end) {
      segments.push({ ...whole, start, end: piece.end });
      continue;
    }
    if (start < region.start) segments.push({ ...whole, start, end: region.start });
    if (piece.end > region.end) segments.push({ ...whole, start: region.end, end: piece.end, attached: true });
  }
  return segments.filter((segment) => hasInformation(cut.work.slice(segment.start, segment.end)) && !isFiller(cut, segment));
}

/** 中国, 收, 寄到, numbering of a list: words of the form, not of the address. */
function isFiller(cut: CutText, segment: Segment): boolean {
  const words = trimPunctuation(cut.work.slice(segment.start, segment.end));
  // The number of the row in a line pasted from a spreadsheet.
  if (/^[0-9]{1,5}$/.test(words) && cut.raw.charAt(segment.end) === '\t' && /(?:^|\n)[ \t]*$/.test(cut.raw.slice(0, segment.start)) && segment.end < cut.raw.length) return true;
  if (/^[0-9]{1,2}$/.test(words)) {
    const behind = cut.work.slice(segment.start).replace(/^[^0-9]*[0-9]+/, '');
    const before = cut.work.slice(0, segment.start);
    // 1. 张三; 2、电话：; 电话2 138…: numbering of a list, of fields, of phones.
    return (/^\s*$/.test(before) && /^[.、)）:： ]/.test(behind)) || /^[.、)）]? *[\ue000\ue001]/.test(behind) && /[\n ,，;；。\ue000\ue001]$/.test(before);
  }
  return isLabelWord(words) || /^(?:中国|中华人民共和国|china|收|收件|寄|寄到|寄往|寄给|发给|送给|送到|发到|地址|或|或者|或是|to)$/i.test(words);
}

/** Notes of the open text; neighbours with nothing between them are one note with its own punctuation. */
function noteTexts(cut: CutText, segments: readonly Segment[]): { start: number; text: string }[] {
  const runs: { start: number; end: number }[] = [];
  segments.forEach((segment, index) => {
    if (segment.use !== 'note') return;
    const run = runs.at(-1);
    const joins = run !== undefined && segments[index - 1]?.use === 'note' && !/[\ue000\ue001]/.test(cut.work.slice(run.end, segment.start));
    if (joins) run.end = segment.end;
    else runs.push({ start: segment.start, end: segment.end });
  });
  return runs.map(({ start, end }) => ({ start, text: cut.raw.slice(start, end).trim().replace(/^[（(【[]([^（(【[]*)[）)】\]]$/u, '$1') }));
}

function splitTrailingNotes(cut: CutText, segments: Segment[]): void {
  for (const segment of segments.slice()) {
    if (segment.use !== 'detail') continue;
    const at = noteWithin(cut.work.slice(segment.start, segment.end));
    if (at <= 0) continue;
    segments.splice(segments.indexOf(segment) + 1, 0, { ...segment, start: segment.start + at, attached: false, use: 'note' });
    segment.end = segment.start + at;
  }
}

/** Marks the segment that is the name; gives how sure that is, 0 when there is none. */
function chooseName(cut: CutText, segments: Segment[], region: RegionReading | undefined): number {
  const labelled = segments.find((one) => one.use === 'name');
  if (labelled !== undefined) {
    const next = segments[segments.indexOf(labelled) + 1];
    const relation = trimPunctuation(cut.work.slice(labelled.start, labelled.end));
    // 收件人是我妈妈 王秀兰: who it is to the buyer, then the name.
    if (/^(?:是?(?:我|他|她)的?)(?:妈妈?|爸爸?|老婆|老公|对象|女儿|儿子|姐姐?|妹妹?|哥哥?|弟弟?|同事|朋友|闺蜜|[爷奶][爷奶]|外婆|外公|姥[姥爷])$/.test(relation) && next?.use === 'open' && next.line === labelled.line && nameScore(trimPunctuation(cut.work.slice(next.start, next.end))) >= 2.5) {
      labelled.use = 'note';
      next.use = 'name';
      return 1;
    }
    joinLatinOrSingle(cut, segments, labelled);
    joinContact(cut, segments, labelled);
    return 1;
  }
  let best: Segment | undefined;
  let bestScore = 0.99;
  for (const segment of segments) {
    if (segment.use !== 'open') continue;
    const words = trimPunctuation(cut.work.slice(segment.start, segment.end));
    let score = nameScore(words);
    if (touchesPhone(cut, segment)) score += 1;
    if (isSignedFor(cut, segment)) score += 3;
    if (segment.role === 'address' || segment.role === 'detail') score -= 1.5;
    if (region !== undefined && segment.start > region.end && !touchesPhone(cut, segment) && segment.line === lineOf(cut, region.end)) score -= 0.5;
    if (score > bestScore) {
      best = segment;
      bestScore = score;
    }
  }
  if (best !== undefined) {
    best.use = 'name';
    joinLatinOrSingle(cut, segments, best);
    const joinedScore = nameScore(joined(cut, segments.filter((one) => one.use === 'name')));
    bestScore = Math.max(bestScore, joinedScore);
    return bestScore >= 4 ? 1 : bestScore >= 2.5 ? 0.8 : 0.6;
  }
  // Nothing stands alone: perhaps the name is glued to the end of the address.
  for (const segment of segments.filter((one) => one.use === 'detail').reverse()) {
    const at = nameAtEnd(cut.work.slice(segment.start, segment.end));
    if (at < 0) continue;
    segments.splice(segments.indexOf(segment) + 1, 0, { ...segment, start: segment.start + at, attached: false, use: 'name' });
    segment.end = segment.start + at;
    return 0.75;
  }
  return 0;
}

/** `Zhang San`, `张 三`: the parts of a name with a blank between them belong together. */
function joinLatinOrSingle(cut: CutText, segments: readonly Segment[], name: Segment): void {
  const index = segments.indexOf(name);
  const words = (segment: Segment | undefined): string => (segment === undefined ? '' : cut.work.slice(segment.start, segment.end));
  for (const step of [1, -1]) {
    for (let at = index + step; ; at += step) {
      const neighbour = segments[at];
      if (neighbour === undefined || neighbour.use !== 'open' || neighbour.line !== name.line) break;
      const between = step > 0 ? cut.work.slice(segments[at - 1]?.end ?? 0, neighbour.start) : cut.work.slice(neighbour.end, segments[at + 1]?.start ?? 0);
      if (!/^ {1,4}$/.test(between)) break;
      const latin = /^[A-Za-z.'-]+收?$/.test(words(name)) && /^[A-Za-z.'-]+收?$/.test(words(neighbour));
      const single = /^[\u3400-\u9fff]$/.test(words(step > 0 ? name : neighbour)) && /^[\u3400-\u9fff]{1,2}$/.test(words(step > 0 ? neighbour : name));
      if (!latin && !single) break;
      neighbour.use = 'name';
    }
  }
}

/** 福顺鞋业有限公司 陈经理: behind a labelled company, whom to ask for there. */
function joinContact(cut: CutText, segments: readonly Segment[], name: Segment): void {
  const next = segments[segments.indexOf(name) + 1];
  if (next?.use !== 'open' || !/^ {1,4}$/.test(cut.work.slice(name.end, next.start)) || !isEstablishment(trimPunctuation(cut.work.slice(name.start, name.end)))) return;
  if (nameScore(trimPunctuation(cut.work.slice(next.start, next.end))) < 4) return;
  // One segment, so that the blank between them stays.
  name.end = next.end;
  next.use = 'name';
  next.start = next.end;
}

/** 永利五金店 收: the word on the envelope behind whoever it is for. */
function isSignedFor(cut: CutText, segment: Segment): boolean {
  return /^ {1,4}[(]?收[)]?(?=$|[\n ,;。\ue000\ue001])/.test(cut.work.slice(segment.end));
}

function touchesPhone(cut: CutText, segment: Segment): boolean {
  return cut.phones.some((phone) => {
    const between = phone.start >= segment.end ? cut.work.slice(segment.end, phone.start) : cut.work.slice(phone.end, segment.start);
    return between.length <= 8 && !hasInformation(between);
  });
}

function lineOf(cut: CutText, index: number): number {
  return cut.work.slice(0, index).split('\n').length - 1;
}

/** What is left: part of the address when it looks like a place or continues it, else part of the name's line or a note. */
function leftoverUse(cut: CutText, segments: readonly Segment[], segment: Segment, region: RegionReading | undefined): 'detail' | 'note' {
  const words = trimPunctuation(cut.work.slice(segment.start, segment.end));
  if (placeWords.test(words) || /[0-9]/.test(words)) return 'detail';
  // 棉袜 黑色 2双: what the colour and the amount behind it are of.
  const next = segments[segments.indexOf(segment) + 1];
  if (next?.use === 'note' && /^ {1,4}$/.test(cut.work.slice(segment.end, next.start)) && looksLikeGoods(trimPunctuation(cut.work.slice(next.start, next.end)))) return 'note';
  const behind = region === undefined || segment.start >= region.end;
  if (behind) return 'detail';
  return segments.some((one) => one.use === 'detail') ? 'note' : 'detail';
}

/** Words that went into the detail only because nothing may be dropped: apart from the address, and no place by their form. */
function isStray(cut: CutText, segment: Segment, region: RegionReading | undefined): boolean {
  if (region === undefined) return false;
  const words = trimPunctuation(cut.work.slice(segment.start, segment.end));
  if (placeWords.test(words) || isEstablishment(words) || /[0-9]+(?:号|弄|栋|幢|座|楼|层|室|单元|排|期|[-#])|^[0-9A-Za-z-]{1,8}$/.test(words)) return false;
  const from = region.end;
  // Behind a comma and without a word or number of a place it is as likely a wish.
  if (/^[\u3400-\u9fff]{5,}$/.test(words) && /[,，;；。]\s*$/.test(cut.work.slice(from, segment.start))) return true;
  return segment.start < from || segment.line !== lineOf(cut, from) || /[\ue000]/.test(cut.work.slice(from, segment.start));
}

/** Behind the region first, then what stood before it. */
function inAddressOrder(segments: readonly Segment[], region: RegionReading | undefined): Segment[] {
  if (region === undefined) return [...segments];
  return [...segments.filter((one) => one.start >= region.start), ...segments.filter((one) => one.start < region.start)];
}

/** Joined as one line: no gap between Han characters, one where digits or letters would run together. */
function joined(cut: CutText, segments: readonly Segment[]): string {
  let out = '';
  for (const segment of segments) {
    const words = trimPunctuation(cut.raw.slice(segment.start, segment.end));
    if (words === '') continue;
    out += /[A-Za-z0-9]$/.test(out) && /^[A-Za-z0-9]/.test(words) ? ` ${words}` : words;
  }
  return out;
}

/** Without blanks and separators at both ends; brackets stay when they are a pair. */
function trimPunctuation(words: string): string {
  let out = words.replace(/^[\s,，;；。、|/\\:：.\-_=@{}<>》〉"'“”‘’!！?？·]+|[\s,，;；。、|/\\:：.\-_=@{}<>《〈"'“”‘’!！?？·]+$/gu, '');
  if (/^[)）\]】]/.test(out)) out = out.slice(1);
  if (/[(（[【]$/.test(out)) out = out.slice(0, -1);
  return out;
}

function tidy(words: string): string {
  return words.replace(/\s+/g, ' ').trim();
}

/** 张三收, 张三(收): the word on the envelope is no part of the name. */
function tidyName(words: string): string {
  const name = tidy(words);
  return /^(?:[\u3400-\u9fff·]{2,}|[A-Za-z .'-]{2,})收$/.test(name) ? name.slice(0, -1) : name;
}

/** A landline without its area code: nobody elsewhere can call it. */
function isLocal(number: string): boolean {
  return /^[2-8][0-9]{6,7}$/.test(number);
}

function overall(region: RegionReading | undefined, phone: CutText['phones'][number] | undefined, name: number, doubts: readonly Doubt[]): number {
  const parts = [
    region?.confidence ?? 0.15,
    phone === undefined || phone.cut ? 0.5 : phone.masked || isLocal(phone.number) ? 0.7 : 1,
    name === 0 ? 0.55 : 0.7 + 0.3 * name,
    doubts.some((one) => one.field === 'detail') ? 0.6 : 1,
  ];
  return Math.round(parts.reduce((product, part) => product * part, 1) * 100) / 100;
}
