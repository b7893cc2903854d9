/** The receiver of an order: taken apart as far as the file does it, with what is wrong with it. */
import { foldText } from '../addresses/fold.ts';
import { isScientific } from './clean.ts';
import { isDialable, normalPhone, phonesIn } from './values.ts';
import type { FlagCode, Receiver, ReceiverState } from './types.ts';

/** What the file says about where the parcel goes. */
export interface ReceiverCells {
  readonly name: string;
  readonly mobile: string;
  readonly telephone: string;
  readonly address: string;
  readonly province: string;
  readonly city: string;
  readonly district: string;
  readonly town: string;
  readonly postcode: string;
}

/** Divides an address in one piece into its levels; the address book's reader, or the simple one below. */
export type AddressSplitter = (address: string) => AddressLevels;

export interface AddressLevels {
  readonly province: string;
  readonly city: string;
  readonly district: string;
  readonly town: string;
  readonly detail: string;
}

/** Ciphertext of the platforms: `##…`, `$$…`, `~…~`, `#…#`, `$…$` around base64. */
export function isEncrypted(text: string): boolean {
  return /^(?:##|\$\$|~|#|\$)[A-Za-z0-9+/=_\-:.]{6,}/.test(text) && !/[\u4e00-\u9fff]/.test(text);
}

/** The receiver and everything that keeps a label from being printed for it. */
export function readReceiver(cells: ReceiverCells, split: AddressSplitter): { receiver: Receiver; codes: FlagCode[] } {
  const codes: FlagCode[] = [];
  const phones = [...readPhones(cells.mobile, codes), ...readPhones(cells.telephone, codes)];
  const phone = phones[0] ?? '';
  const phone2 = phones.find((other) => other !== phone) ?? '';
  const { address: withoutPostcode, postcode } = takePostcode(cells.address);
  const { name } = cells;
  const encrypted = isEncrypted(name) || isEncrypted(phone) || isEncrypted(withoutPostcode);
  const levels = encrypted ? { ...givenLevels(cells), detail: withoutPostcode } : readLevels(cells, withoutPostcode, split);
  const full = joinLevels(levels);
  if (encrypted) codes.push('receiver-encrypted');
  else {
    if (name === '') codes.push('name-missing');
    else if (name.includes('*')) codes.push('name-masked');
    if (phone === '') {
      if (!codes.includes('phone-digits-lost')) codes.push('phone-missing');
    } else if (phone.includes('*')) codes.push('phone-masked');
    else if (!isDialable(phone)) codes.push(/\d/.test(phone) ? 'phone-wrong' : 'phone-missing');
    // Province, city and district alone reach no door.
    if (withoutPostcode === '' || full === '') codes.push('address-missing');
    else if (full.includes('*') || withoutPostcode.includes('*')) codes.push('address-masked');
  }
  const receiver: Receiver = {
    name,
    phone,
    phone2,
    ...levels,
    postcode: cells.postcode || postcode,
    address: cells.province === '' ? withoutPostcode : full,
    state: stateOf(codes),
  };
  return { receiver, codes };
}

function readPhones(text: string, codes: FlagCode[]): readonly string[] {
  if (text === '') return [];
  if (isScientific(text)) {
    codes.push('phone-digits-lost');
    return [];
  }
  return isEncrypted(text) ? [text] : phonesIn(text).filter((phone) => phone !== '');
}

/** From the worst: ciphertext, masked, something missing. */
function stateOf(codes: readonly FlagCode[]): ReceiverState {
  if (codes.includes('receiver-encrypted')) return 'encrypted';
  if (codes.some((code) => code.endsWith('masked'))) return 'masked';
  return codes.length === 0 ? 'full' : 'incomplete';
}

/** `…103室(300000)`: Taobao writes the postcode in brackets behind the address. */
function takePostcode(address: string): { address: string; postcode: string } {
  const found = /[(（](\d{6})[)）]\s*$/.exec(address);
  return found ? { address: address.slice(0, found.index).trimEnd(), postcode: found[1] ?? '' } : { address, postcode: '' };
}

function givenLevels(cells: ReceiverCells): Omit<AddressLevels, 'detail'> {
  return { province: cells.province, city: cells.city, district: cells.district, town: cells.town };
}

function readLevels(cells: ReceiverCells, address: string, split: AddressSplitter): AddressLevels {
  if (cells.province === '' && cells.city === '') {
    // One column for the whole region (收货地区: 云南省 昆明市 盘龙区) stands before the street.
    const region = cells.district !== '' && !address.replace(/\s/g, '').startsWith(cells.district.replace(/[\s\-/]/g, '')) ? `${cells.district.replace(/[-/]/g, ' ')} ` : '';
    return split(`${region}${address}`);
  }
  const given = givenLevels(cells);
  let detail = address;
  // Some files repeat the levels at the start of the street cell.
  for (const level of [given.province, given.city, given.district, given.town]) {
    if (level !== '' && detail.startsWith(level)) detail = detail.slice(level.length).trimStart();
  }
  if (given.town !== '' || given.district === '') return { ...given, detail };
  const town = townAtStart(detail);
  return { ...given, town, detail: detail.slice(town.length).trimStart() };
}

/** 望京街道, 木渎镇: the town an address begins with, by its form; none where that is the beginning of a street or a building. */
function townAtStart(address: string): string {
  const town = /^[\u4e00-\u9fff]{1,8}?(?:街道办事处|街道|镇|乡|苏木)(?![口路街大小里边旁政中])/.exec(address)?.[0] ?? '';
  return /[路街巷弄号村里园](?:镇|乡)$|^(?:古|新|老|小|城)?(?:镇|乡)$/.test(town) ? '' : town;
}

/** The address in one piece; province and city of a municipality are written once. */
export function joinLevels(levels: AddressLevels): string {
  const { province, city, district, town, detail } = levels;
  return `${province}${city === province ? '' : city}${district}${town}${detail}`;
}

/**
 * Same door, same person: name, phone and address as one text in which blanks, punctuation, width, script and case do not count, so
 * that `３棟 2單元` and `3栋2单元` are one recipient. Between digits a mark stays one: 3-2-101 is not 32-101.
 */
export function recipientKey(receiver: Receiver): string {
  return `${sameWords(receiver.name)}|${normalPhone(receiver.phone)}|${sameWords(joinLevels(receiver))}`;
}

function sameWords(text: string): string {
  if (isPlain(text)) return text;
  return foldText(text.normalize('NFKC'))
    .toLowerCase()
    .replace(/[^\p{L}\p{N}*]+/gu, (gap, at: number, whole: string) => (isDigit(whole.charCodeAt(at - 1)) && isDigit(whole.charCodeAt(at + gap.length)) ? '-' : ''));
}

/** Simplified Han characters, digits and small letters only: already the form two writings are compared in. */
function isPlain(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (!(isDigit(code) || (code >= 0x61 && code <= 0x7a) || (code >= 0x4e00 && code <= 0x9fff))) return false;
  }
  return foldText(text) === text;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

const provinceNames = new Map<string, string>([
  ...['北京', '天津', '上海', '重庆'].map((name) => [name, `${name}市`] as const),
  ...['河北', '山西', '辽宁', '吉林', '黑龙江', '江苏', '浙江', '安徽', '福建', '江西', '山东', '河南', '湖北', '湖南', '广东', '海南', '四川', '贵州', '云南', '陕西', '甘肃', '青海', '台湾'].map((name) => [name, `${name}省`] as const),
  ['内蒙古', '内蒙古自治区'], ['广西', '广西壮族自治区'], ['西藏', '西藏自治区'], ['宁夏', '宁夏回族自治区'], ['新疆', '新疆维吾尔自治区'],
  ['香港', '香港特别行政区'], ['澳门', '澳门特别行政区'],
]);
const officialProvinces = [...provinceNames.values()];
const shortProvinces = [...provinceNames.keys()].sort((left, right) => right.length - left.length);
const municipalities = new Set(['北京市', '天津市', '上海市', '重庆市']);

/** The official name of a province written short or in full; the text itself when it is none. */
export function officialProvince(text: string): string {
  return provinceNames.get(text) ?? text;
}

/**
 * Reads the levels of an address a back end wrote: separated by blanks (`天津 天津市 北辰区 普东街道 …`) or run together with their
 * suffixes. What it is not sure of stays in the detail; nothing is dropped or invented.
 */
export function splitBackEndAddress(address: string): AddressLevels {
  const parts = address.split(/[\s\u3000]+/).filter((part) => part !== '');
  const first = parts[0] ?? '';
  if (parts.length >= 4 && (provinceNames.has(first) || officialProvinces.includes(first))) return splitAtBlanks(parts);
  return splitAtSuffixes(address.replace(/[\s\u3000]+/g, ''));
}

function splitAtBlanks(parts: readonly string[]): AddressLevels {
  const province = officialProvince(parts[0] ?? '');
  const city = parts[1] ?? '';
  let next = 2;
  let district = '';
  if (/[区县市旗域岛]$/.test(parts[next] ?? '') || (parts[next] ?? '').length <= 4) district = parts[next++] ?? '';
  let town = '';
  if (parts.length > next + 1 && isTown(parts[next] ?? '')) town = parts[next++] ?? '';
  return { province, city, district, town, detail: parts.slice(next).join(' ') };
}

function isTown(text: string): boolean {
  return text.length <= 12 && /(?:街道|镇|乡|苏木|街道办事处|地区|农场|林场|牧场|团场|开发区|办事处)$/.test(text);
}

function splitAtSuffixes(address: string): AddressLevels {
  const empty: AddressLevels = { province: '', city: '', district: '', town: '', detail: address };
  let rest = address;
  const province = officialProvinces.find((name) => rest.startsWith(name)) ?? provinceNames.get(shortProvinces.find((name) => rest.startsWith(name)) ?? '');
  if (province === undefined) return empty;
  const short = shortProvinces.find((name) => rest.startsWith(name)) ?? '';
  rest = rest.startsWith(province) ? rest.slice(province.length) : rest.slice(short.length);
  let city = '';
  if (municipalities.has(province)) {
    city = province;
    if (rest.startsWith(province)) rest = rest.slice(province.length);
    else if (rest.startsWith('市辖区')) rest = rest.slice(3);
  } else {
    const found = /^[\u4e00-\u9fff]{1,11}?(?:自治州|地区|盟|市)/.exec(rest);
    if (!found) return { ...empty, province, detail: rest };
    city = found[0];
    rest = rest.slice(city.length);
  }
  const district = /^[\u4e00-\u9fff]{1,11}?(?:自治县|自治旗|新区|矿区|[区县旗市])/.exec(rest)?.[0] ?? '';
  rest = rest.slice(district.length);
  const town = townAtStart(rest);
  return { province, city, district, town, detail: rest.slice(town.length) };
}
