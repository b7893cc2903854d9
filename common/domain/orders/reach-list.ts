/** A list of places a carrier does not go to (超区), as carriers send it round: one place a line, read against the official tables. */
import type { ReachList } from '../../contract/orders.ts';
import type { Division, Divisions } from '../addresses/divisions.ts';
import { lineage, pathOf } from '../addresses/divisions.ts';
import { foldText, hasInformation } from '../addresses/fold.ts';
import { findChains } from '../addresses/regions.ts';
import { findCarrier } from '../waybills/carriers.ts';

const headings = /^(?:序号|快递(?:公司)?|承运商|省份?|自治区|直辖市|城?市|地级市|区县?|县区?|县市?区?|地区|区域|超区|目的地|carrier|province|city|district)$/i;
/** What people write around a place: a number before it, a remark behind it. */
const numbering = /^\s*(?:\d{1,4}\s*[.、)）:：\t ]\s*)/;
const remark = /[\s(（,，]+(?:全境|全省|全市|全区|全县|全部|超区|不派送?|不到|不通|停发|暂停(?:收寄|派送)?)[)）]?\s*$/;

/**
 * Places with their line (from 1). A name alone that several divisions have is no place but a problem with its candidates; so is a line
 * whose words are not all place names. Lines may begin with a carrier; others belong to `carrierCode`.
 */
export function readReachList(text: string, carrierCode: string, divisions: Divisions): ReachList {
  const places = new Map<string, ReachList['places'][number]>();
  const problems: ReachList['problems'] = [];
  text.split(/\r\n|\r|\n/).forEach((raw, index) => {
    const line = index + 1;
    const said = raw.trim();
    const cells = said.split(/[\s,，;；、/|"]+/).filter((cell) => cell !== '');
    if (!hasInformation(said) || cells.every((cell) => headings.test(cell))) return;
    const own = findCarrier(cells[0] ?? '');
    const carrier = own?.code ?? carrierCode;
    const words = (own === undefined ? said : said.slice(said.indexOf(cells[0] ?? '') + (cells[0]?.length ?? 0))).replace(numbering, '').replace(remark, '');
    const found = hasInformation(words) ? divisionsNamed(words, divisions) : [];
    const [division] = found;
    if (division === undefined) problems.push({ line, text: said.slice(0, 80), reason: 'unknown', candidates: [] });
    else if (found.length > 1) problems.push({ line, text: said.slice(0, 80), reason: 'ambiguous', candidates: found.slice(0, 8).map(pathOf) });
    else if (carrier === '') problems.push({ line, text: said.slice(0, 80), reason: 'carrier', candidates: [] });
    else {
      const { province, city, district } = lineage(division);
      const place = { carrierCode: carrier, province: province.name, city: city?.name ?? '', district: district?.name ?? '' };
      const key = JSON.stringify(place);
      if (!places.has(key)) places.set(key, { ...place, line, text: said.slice(0, 80) });
    }
  });
  return { places: [...places.values()], problems };
}

/** Divisions that the whole text names, and nothing but names; official names before others. */
function divisionsNamed(words: string, divisions: Divisions): Division[] {
  const text = foldText(words);
  const start = [...text].findIndex((unit) => hasInformation(unit));
  const end = text.length - [...text].reverse().findIndex((unit) => hasInformation(unit));
  const whole = findChains(text, divisions).filter((chain) => chain.start <= start && chain.end >= end);
  const official = whole.filter((chain) => chain.named.every((one) => one.kind === 'full'));
  const last = (official.length > 0 ? official : whole).flatMap((chain) => chain.named.at(-1)?.division ?? []);
  return [...new Set(last.map(asProvince))];
}

/** The city of a municipality is the municipality. */
function asProvince(division: Division): Division {
  return division.level === 'city' && division.parent !== null && division.parent.name === division.name ? division.parent : division;
}
