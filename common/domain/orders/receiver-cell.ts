/** A receiver in one cell, `张三，13800000000，浙江省…`: its phone, name and address. */
import { isEncrypted } from './receiver.ts';

/** The number in the cell, where it is taken apart. */
export function phoneOf(text: string): string {
  return /(?<!\d)(?:1[\d*]{10}(?:-\d{1,6})?|0\d{2,3}-\d{7,8}(?:-\d{1,6})?)(?!\d)/.exec(text)?.[0] ?? '';
}

/** The shortest part that is no place and no house; '' when the cell is one part. Ciphertext comes back whole. */
export function nameOf(text: string): string {
  if (text === '' || isEncrypted(text)) return text;
  const parts = partsOf(text);
  const people = parts.filter((part) => !/\d|[省市区县旗盟州镇乡路街号]$|街道$/.test(part));
  const shortest = (among: readonly string[]): string => among.reduce((short, part) => (part.length < short.length ? part : short));
  return parts.length < 2 ? '' : shortest(people.length > 0 ? people : parts);
}

/** Everything of the cell that is neither name nor number. */
export function addressOf(text: string): string {
  const name = nameOf(text);
  return partsOf(text).filter((part) => part !== name).join('');
}

/** 收货人：, 手机：, 地址： inside the cell. */
const receiverLabel = /^(?:收[货件]人?(?:姓名|信息)?|姓名|联系人|(?:收[货件]人?)?(?:联系)?(?:手机号?码?|电话)|(?:收[货件]人?|详细|所在)?(?:地址|地区))[:：]/;

function partsOf(text: string): string[] {
  return text
    .replace(phoneOf(text) || '\u0000', ',')
    .split(/[,，;；\s\n]+/)
    .map((part) => part.replace(receiverLabel, ''))
    .filter((part) => part !== '');
}
