import type { LabelData } from './data.ts';

/** More would have to shrink below what a sorter reads at arm's length. */
const longestDestination = 12;

/** Endings of prefecture names, with the peoples the thirty autonomous ones are named after. */
const plainEnding =
  /(?:(?:朝鲜|土家|苗|藏|羌|彝|布依|侗|哈尼|壮|傣|白|景颇|傈僳|回)族|蒙古族?|哈萨克|柯尔克孜)*自治州$|市$|地区$|盟$/u;

/**
 * Where the parcel goes, in the words sorters use (大头笔): the three-part code (三段码) comes with a number or not at all and is never made
 * up, but the place stands in the address.
 */
export function destination({ city, district }: Pick<LabelData['recipient'], 'city' | 'district'>): string {
  const short = city.replace(plainEnding, '');
  return [short, district].filter((part) => part !== '').join(' ').slice(0, longestDestination);
}
