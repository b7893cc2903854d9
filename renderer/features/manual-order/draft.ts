/** What a manual order is while somebody fills it in. Pure. */
import type { ReceiverView } from '../../../common/contract/orders.ts';
import { today } from '../../ui/today.ts';
import type { ParsedRecipient } from '../addresses/Guess.tsx';

export type ParsedAddress = ParsedRecipient['address'];

export type RecipientField = 'name' | 'phone' | 'province' | 'city' | 'district' | 'town' | 'detail';
export const recipientFields: readonly RecipientField[] = ['name', 'phone', 'province', 'city', 'district', 'town', 'detail'];

export interface GoodsLine {
  readonly key: number;
  readonly title: string;
  readonly spec: string;
  readonly skuCode: string;
  readonly itemCode: string;
  readonly itemId: string;
  readonly quantity: number;
}

export const noReceiver: ReceiverView = { name: '', phone: '', province: '', city: '', district: '', town: '', detail: '', postcode: '' };

let keys = 0;
export function newLine(): GoodsLine {
  keys += 1;
  return { key: keys, title: '', spec: '', skuCode: '', itemCode: '', itemId: '', quantity: 1 };
}

/** What a pasted text calls the goods, to be looked at. */
export function guessedLines(goods: ParsedRecipient['goods']): GoodsLine[] {
  return goods.map((one) => ({ ...newLine(), ...one }));
}

/** A copy to be changed by itself. */
export function copyLines(lines: readonly GoodsLine[]): GoodsLine[] {
  return lines.map((line) => ({ ...line, key: newLine().key }));
}

/** A number of our own for an order, made before it is sent: sent twice because no answer came, it is still one order. */
export function newNumber(): string {
  const day = today().format('YYMMDD');
  const random = crypto.getRandomValues(new Uint32Array(2));
  return `M${day}${[...random].map((part) => part.toString(36).toUpperCase().padStart(7, '0').slice(-4)).join('')}`;
}

export function receiverOf(address: ParsedAddress): ReceiverView {
  const { name, province, city, district, town, detail } = address;
  return { name, phone: address.extension === '' ? address.phone : `${address.phone}-${address.extension}`, province, city, district, town, detail, postcode: address.postcode ?? '' };
}

/** `province/city/district` or a phone, chosen among what the text leaves open. */
export function withCandidate(receiver: ReceiverView, reason: string, candidate: string): ReceiverView {
  if (reason === 'phone-run') return { ...receiver, phone: candidate };
  const [province = '', city = '', district = ''] = candidate.split('/');
  return { ...receiver, province, city, district };
}

/** Fields a label cannot do without that are empty. */
export function missingFields(receiver: ReceiverView): RecipientField[] {
  return (['name', 'phone', 'detail'] as const).filter((field) => receiver[field].trim() === '');
}

/** True when no courier could call this: neither a mobile nor a landline, with or without extension. */
export function oddPhone(phone: string): boolean {
  const plain = phone.replaceAll(/[\s()（）]/g, '');
  return plain !== '' && !/^(?:(?:\+?86-?)?1[3-9]\d{9}|(?:0\d{2,3}-?)?\d{7,8}|[48]00-?\d{3}-?\d{4})(?:[-转#]\d{1,6})?$/.test(plain);
}

/** The lines of an order that name goods, as the core takes them. */
export function linesOf(lines: readonly GoodsLine[]) {
  return lines.flatMap(({ title, spec, skuCode, itemCode, itemId, quantity }) => (title.trim() === '' ? [] : [{ title: title.trim(), spec, skuCode, itemCode, itemId, quantity }]));
}
