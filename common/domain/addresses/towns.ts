/** Street offices, towns and townships: by table where the division has one of that name, else by the form of the name. */
import type { Division } from './divisions.ts';
import { foldText } from './fold.ts';

export interface FoundTown {
  /** Official name, or the words of the text when no table has it. */
  readonly name: string;
  readonly length: number;
  /** Division the town lies in: the searched one or, when that was a whole city or province, a district of it. */
  readonly division: Division;
  readonly inTable: boolean;
}

const townSuffix = /(?:街道|镇|乡|苏木|地区)$/;
/** What may not stand behind a town: then it was the beginning of a street name. */
const streetBehind = /^(?:[东西南北中]?(?:大道|大街|路|街(?!道)|巷|桥(?![东西南北]))|[一二三四五六七八九十]+(?:路|街|巷)|政府|派出所|卫生院|中学|小学|幼儿园)/;
/** Behind a street office an inner street with a direction or a number is usual (开元街道西街, 解放街道二一九路). */
const streetBehindOffice = /^(?:大道|大街|路|街(?!道)|巷|桥(?![东西南北一二三四五六])|政府|派出所|卫生院|中学|小学|幼儿园)/;
/** A town of the table, too, is a town before an inner street (积石镇西大街); a form alone is less sure. */
const continuesAsStreet = (town: string, behind: string, inTable: boolean): boolean => (town.endsWith('街道') || (inTable && townSuffix.test(town)) ? streetBehindOffice : streetBehind).test(behind);
const officeBehind = /^(?:办事处|街道办事处|街道办|办)/;

/** Official names folded once: a district's towns are compared with every address in it. */
const foldedNames = new Map<string, string>();
function folded(name: string): string {
  let words = foldedNames.get(name);
  if (words === undefined) {
    words = foldText(name);
    foldedNames.set(name, words);
  }
  return words;
}

/**
 * Towns at the beginning of `text` (folded) in or beneath `division`. The longest name of the table wins; one in several districts
 * is given once for each of them. Without suffix (松山湖) a name is taken only right beneath the division itself.
 */
export function townsAt(text: string, division: Division): FoundTown[] {
  let found: FoundTown[] = [];
  const look = (place: Division): void => {
    for (const town of place.towns) {
      const words = folded(town);
      const hasSuffix = townSuffix.test(words);
      if (!hasSuffix && (place !== division || words.length < 3)) continue;
      if (!text.startsWith(words) || continuesAsStreet(words, text.slice(words.length, words.length + 4), true)) continue;
      const best = found[0]?.length ?? 0;
      const tail = words.endsWith('街道') ? (officeBehind.exec(text.slice(words.length, words.length + 5))?.[0].length ?? 0) : 0;
      const length = words.length + tail;
      if (length < best) continue;
      if (length > best) found = [];
      found.push({ name: town, length, division: place, inTable: true });
    }
    for (const child of place.children) look(child);
  };
  look(division);
  return found;
}

/** A town the tables do not have, told by its form only (…街道, …镇, …乡, …苏木); undefined when a street name starts the same way. */
export function townByForm(text: string): { name: string; length: number } | undefined {
  const match = /^([\u3400-\u9fff]{1,9}?(?:街道|苏木|民族乡|镇|乡))/.exec(text);
  const name = match?.[1];
  if (name === undefined) return undefined;
  if (continuesAsStreet(name, text.slice(name.length, name.length + 4), false)) return undefined;
  // 街道 may stand in a street's own name (人民路街道), 镇 and 乡 behind a street or village are a building (文化路古镇).
  const stem = name.replace(/(?:街道|苏木|民族乡|镇|乡)$/, '');
  if (stem.length === 0 || /[弄号室栋组]|大道|胡同/.test(stem)) return undefined;
  if (!name.endsWith('街道') && (/[路街道巷楼村园区]/.test(stem) || /^(?:村|街|老|古|小|新)/.test(text.slice(name.length, name.length + 1)) || stem.length > 6)) return undefined;
  if (/^(?:口|里|边|旁)/.test(text.slice(name.length)) && name.endsWith('街道')) return undefined;
  const tail = name.endsWith('街道') ? (officeBehind.exec(text.slice(name.length, name.length + 5))?.[0].length ?? 0) : 0;
  return { name, length: name.length + tail };
}

/** A town of the table under the suffix it had before: 马巷镇 where the table says 马巷街道. */
export function townRestyled(text: string, division: Division): { name: string; length: number } | undefined {
  for (const town of division.towns) {
    const stem = folded(town).replace(townSuffix, '');
    const suffix = stem.length >= 2 && text.startsWith(stem) ? /^(?:街道|镇|乡)/.exec(text.slice(stem.length))?.[0] : undefined;
    if (suffix !== undefined && !continuesAsStreet(stem + suffix, text.slice(stem.length + suffix.length, stem.length + suffix.length + 4), true)) return { name: stem + suffix, length: stem.length + suffix.length };
  }
  return undefined;
}
