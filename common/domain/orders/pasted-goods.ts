/** Goods that a buyer wrote beside name and address: taken out of the text, so that they stand among the goods and not in the address. Pure. */
import type { Divisions } from '../addresses/divisions.ts';
import { looksLikeGoods } from '../addresses/notes.ts';
import { parseAddress } from '../addresses/parse.ts';
import { parseAddresses } from '../addresses/several.ts';
import type { ParsedRecipient } from '../addresses/several.ts';
import { parseCount } from './values.ts';

export interface PastedGoods {
  readonly title: string;
  readonly spec: string;
  readonly quantity: number;
}

export interface PastedOrder extends ParsedRecipient {
  /** A guess, to be looked at. */
  readonly goods: readonly PastedGoods[];
}

/** Every recipient of a paste with the goods written beside it. */
export function readPastedOrders(text: string, divisions: Divisions): PastedOrder[] {
  const orders: PastedOrder[] = [];
  for (const part of parseAddresses(text, divisions)) {
    const taken = takeGoods(part.text);
    const inNote = taken.goods.length === 0 ? goodsOfNote(part.address.note) : { goods: [], note: '' };
    const goods = [...taken.goods, ...inNote.goods];
    const { rest } = taken;
    const before = orders.at(-1);
    // A blank line between the address and its goods makes them a part of their own.
    if (goods.length > 0 && before && rest.trim() === '') orders[orders.length - 1] = { ...before, text: `${before.text}\n${part.text}`, goods: [...before.goods, ...goods] };
    else orders.push({ ...part, ...(taken.goods.length > 0 && { address: parseAddress(rest, divisions) }), ...(inNote.goods.length > 0 && { address: { ...part.address, note: inNote.note } }), goods });
  }
  return orders;
}

/** Goods beside the address on its own line were read as a note (…10号 棉袜 黑色 2双 沈雁冰). */
function goodsOfNote(note: string): { goods: PastedGoods[]; note: string } {
  const goods: PastedGoods[] = [];
  const kept = note.split('；').filter((words) => {
    const found = itemsOf(words, false);
    goods.push(...found);
    return found.length === 0;
  });
  return { goods, note: kept.join('；') };
}

/** The goods a text names, and the text without them. What has no name (only 黑色 2双) is left where it is. */
export function takeGoods(text: string): { goods: PastedGoods[]; rest: string } {
  const goods: PastedGoods[] = [];
  const lines = text.split('\n').flatMap((line) => {
    const labelled = label.exec(line);
    if (labelled) {
      const found = itemsOf(labelled[2] ?? '', true);
      if (found.length === 0) return [line];
      goods.push(...found);
      return [`${line.slice(0, labelled.index)}${line.slice(labelled.index + labelled[0].length)}`];
    }
    // Behind a comma too: …13号，棉袜黑色L码3双，急用.
    const pieces = line.split(/(?<=[，,；;。])/);
    const kept = pieces.filter((piece) => {
      const words = piece.replace(/[，,；;。]$/, '').trim();
      const found = digitsOfPhone.test(words) ? [] : itemsOf(words, false);
      goods.push(...found);
      return found.length === 0;
    });
    return [kept.join('')];
  });
  return { goods, rest: lines.filter((line) => line.trim() !== '').join('\n') };
}

const label = /(^|[\s，,；;。])(?:货|货品|货物|商品|商品名称|产品|宝贝|物品|订单|下单|订购|购买|拍了|买了)\s*[:：]\s*([^；;]+)/;
const digitsOfPhone = /\d{7,}|\d{3,4}[- ]\d{4}/;

/** Goods one after the other; unlabelled each must look like goods, else none is believed. */
function itemsOf(words: string, labelled: boolean): PastedGoods[] {
  const parts = words.split(/[，,；;、+＋]|(?<=[\u3400-\u9fff\d])\/(?=[\u3400-\u9fff])/).map((part) => part.trim()).filter((part) => part !== '');
  if (!labelled && !parts.every(looksLikeGoods)) return [];
  const goods = parts.map(itemOf);
  return goods.every((one) => one !== undefined) ? goods : [];
}

const measure = '(?:件|双|条|箱|盒|包|瓶|袋|支|把|份|罐|桶|本|对|套|只|个|张|顶|床|片|枚|卷|斤|公斤)';
const countAtEnd = new RegExp(`\\s*(?:[x×*＊✕]\\s*(\\d{1,3})${measure}?|([\\d]{1,3}|[一二两三四五六七八九十])\\s*${measure}(?:装|混色)?)$`, 'iu');
// 四件套 is a name.
const countAtStart = new RegExp(`^([\\d]{1,3}|[一二两三四五六七八九十])\\s*${measure}(?!${measure})(?:的)?\\s*`, 'u');
const colour = '(?:(?:深|浅|亮|暗|米|酒|天|墨|奶|浅)?[黑白灰红蓝绿粉紫黄棕咖青橙杏]|卡其|藏青|驼|混|花|本|肉|金|银|米)色';
const size = '(?:(?:x{0,4}[sml]|\\d{2}|均)码|x{1,4}l|\\d+(?:\\.\\d+)?(?:ml|l|g|kg|cm|mm|寸|米))';
const specAtEnd = new RegExp(`[\\s,，（(]*(${colour}|${size})[)）]?$`, 'iu');

const bracketAtEnd = /[（(]([^（）()]{1,20})[)）]$/;

function itemOf(words: string): PastedGoods | undefined {
  let title = words.replace(/^(?:我?要(?:买)?|来|买|拿)\s*/, '');
  let quantity: number | undefined;
  const spec: string[] = [];
  for (;;) {
    const count = quantity === undefined ? (countAtEnd.exec(title) ?? countAtStart.exec(title)) : undefined;
    const said = count ? undefined : (bracketAtEnd.exec(title) ?? specAtEnd.exec(title));
    if (count) {
      quantity = parseCount(count[1] ?? count[2] ?? '') ?? 0;
      title = title.replace(count[0], '');
    } else if (said) {
      spec.unshift(said[1] ?? '');
      title = title.slice(0, said.index);
    } else break;
    title = title.trim().replace(/的$/, '');
  }
  // A second amount: several goods run together, which of them has which nobody said.
  if (quantity === 0 || countAtEnd.test(title)) return undefined;
  return /\p{L}{2,}/u.test(title) ? { title, spec: spec.join(' '), quantity: quantity ?? 1 } : undefined;
}
