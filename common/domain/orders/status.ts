/** Words of the platforms for where an order stands → one small set of states. */
import type { OrderFlag, OrderStatus, RefundState } from './types.ts';

/** Order of the tests matters: `买家已付款，等待卖家发货` waits for us, `卖家已发货，等待买家确认` does not. */
const statusWords: readonly (readonly [RegExp, OrderStatus])[] = [
  [/删除|关闭|取消|被合并|被拆分|作废|已撤|退款成功|已退款|cancel|closed/i, 'closed'],
  [/待付款|待支付|未付款|未支付|等待买家付款|等待付款|拼单中|待成团|unpaid/i, 'unpaid'],
  [/部分发货|等待卖家发货|待发货|未发货|等待出库|待出库|待打包|备货|配货|待配送|^锁定$|^暂停$|等待发货|待打印|待拣货|待验货|待称重|(?<!已)发货中|待审核|待客审|待财审|待递交|待推单|已审核|待打单|待处理|to.?ship/i, 'to_ship'],
  [/已发货|等待买家确认|等待买家收货|等待确认收货|待收货|待签收|待确认|运输中|派送中|已出库|shipped/i, 'shipped'],
  [/成功|完成|已签收|已收货|已评价|finished|completed/i, 'done'],
  [/已付款|已支付|paid/i, 'to_ship'],
];

/** The state behind a platform's text; 'unknown' when no rule knows it. */
export function readStatus(text: string): OrderStatus {
  if (text === '') return 'unknown';
  return remembered(knownStatuses, text, () => statusWords.find(([words]) => words.test(text))?.[1] ?? 'unknown');
}
const knownStatuses = new Map<string, OrderStatus>();
const knownRefunds = new Map<string, RefundState>();

/** A file has a dozen different states in thousands of rows. */
function remembered<V>(known: Map<string, V>, key: string, find: () => V): V {
  const value = known.get(key) ?? find();
  if (known.size > 1_000) known.clear();
  known.set(key, value);
  return value;
}

/** What the after-sale column, or failing that the status, says about a refund. */
export function readRefund(afterSale: string, status: string): RefundState {
  return remembered(knownRefunds, `${afterSale}\u0001${status}`, () => findRefund(afterSale, status));
}

function findRefund(afterSale: string, status: string): RefundState {
  for (const text of [afterSale, status]) {
    if (text === '' || /无售后|未申请|售后取消|售后关闭|拒绝|撤销/.test(text)) continue;
    if (/(?:退款|售后|退货退款)(?:已)?(?:成功|完成)|已(?:全额)?退款|已退货退款|全额退款/.test(text)) return 'done';
    // JD holds an order whose buyer asked to cancel it.
    if (/退款|退货|售后|仅退|^(?:[(（](?:暂停|锁定)[)）]|暂停$|锁定$)/.test(text)) return 'asked';
  }
  // 待商家处理, 平台介入中: words only the after-sale column gives a sense.
  return /处理|介入|仲裁|协商|维权|换货|补寄|待审核|申请中/.test(afterSale) && !/取消|关闭|拒绝|撤销|已处理|处理完/.test(afterSale) ? 'asked' : 'none';
}

const flagWords: readonly (readonly [RegExp, OrderFlag])[] = [
  [/红|red|^1$/i, 'red'],
  [/黄|橙|yellow|orange|^2$/i, 'yellow'],
  [/绿|green|^3$/i, 'green'],
  [/蓝|青|blue|cyan|^4$/i, 'blue'],
  [/紫|purple|^5$/i, 'purple'],
];

/** The flag a seller put on the order: a colour word or the number 1–5 some back ends write. */
export function readFlag(text: string): OrderFlag {
  if (text === '') return 'none';
  for (const [words, flag] of flagWords) if (words.test(text)) return flag;
  return 'none';
}

/** Delivery ways that need no label. */
export function isPickup(delivery: string): boolean {
  return delivery !== '' && /自提|到店|核销|虚拟|无需物流|同城自取/.test(delivery);
}
