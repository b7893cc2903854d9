import { beforeAll, describe, expect, it } from 'vitest';
import type { Divisions } from '../addresses/divisions.ts';
import { loadDivisions } from '../addresses/load.ts';
import { readPastedOrders, takeGoods } from './pasted-goods.ts';

let divisions: Divisions;
beforeAll(async () => {
  divisions = await loadDivisions();
});
const person = '陈青禾 13800000011 浙江省杭州市余杭区仓前街道听松路11号';
const read = (text: string) => readPastedOrders(text, divisions).map(({ address, goods }) => [address.name, address.detail, goods.map(({ title, spec, quantity }) => `${title}|${spec}|${quantity}`), address.note]);

describe('goods beside a recipient', () => {
  it.each([
    ['on a line of their own', `${person}\n纯棉中筒袜 黑色 2双`, ['纯棉中筒袜|黑色|2'], ''],
    ['behind a label', `${person} 货：纯棉中筒袜 黑色 2双`, ['纯棉中筒袜|黑色|2'], ''],
    ['several behind a label', `${person}\n商品：羽绒马甲 L码 x1，保温杯 500ml*2`, ['羽绒马甲|L码|1', '保温杯|500ml|2'], ''],
    ['behind a label without an amount', `${person}\n下单：手工香皂`, ['手工香皂||1'], ''],
    ['behind a comma, a request after them', `${person}，棉袜黑色L码3双，急用`, ['棉袜|黑色 L码|3'], '急用'],
    ['the amount first', `${person}，2箱苹果`, ['苹果||2'], ''],
    ['between other fields', `订单：四件套一套（1.8m床）；收件人：陈青禾；手机：13800000011；地址：浙江省杭州市余杭区仓前街道听松路11号`, ['四件套|1.8m床|1'], ''],
    ['on the line of the address', `${person} 棉袜 黑色 2双`, ['棉袜|黑色|2'], ''],
    ['between address and name', `浙江省杭州市余杭区仓前街道听松路11号 棉袜 黑色 2双 陈青禾 13800000011`, ['棉袜|黑色|2'], ''],
    ['in words', `${person}\n鞋垫两双`, ['鞋垫||2'], ''],
    ['wrapped in a wish', `${person}\n我要棉袜 灰色 两双`, ['棉袜|灰色|2'], ''],
  ])('are read %s', (_, text, goods, note) => {
    expect(read(text)).toEqual([['陈青禾', '听松路11号', goods, note]]);
  });

  it.each([
    ['a house', `${person}2栋3单元`],
    ['no name of goods', `${person}\n黑色 2双`],
    ['a colour only', `要黑色的两双，${person}`],
    ['amounts run together without a name', `白色L码1件 灰色XL码2件\n${person}`],
    ['a number behind a label', `订单：6913000000000000001\n${person}`],
    ['a request', `${person}，麻烦发顺丰`],
    ['a note', `${person}\n备注：附贺卡`],
    ['a village and its group', '陈青禾 13800000011 浙江省杭州市余杭区径山镇小古城村3组'],
  ])('are none in %s', (_, text) => {
    expect(readPastedOrders(text, divisions)[0]?.goods).toEqual([]);
  });

  it('belong to the recipient above them, each to his own, also behind a blank line', () => {
    expect(read('周小雪 13800000020 浙江省杭州市余杭区仓前街道听松路20号\n\n棉袜 3双\n\n吴小寒 13800000021 浙江省杭州市余杭区仓前街道听松路21号\n鞋垫 1双\n\n郑大暑 13800000022 浙江省杭州市余杭区仓前街道听松路22号')).toEqual([
      ['周小雪', '听松路20号', ['棉袜||3'], ''],
      ['吴小寒', '听松路21号', ['鞋垫||1'], ''],
      ['郑大暑', '听松路22号', [], ''],
    ]);
  });

  it('leave the rest of the text as it was', () => {
    const text = '收货人：李半夏\n手机：13800000012\n地址：江苏省南京市鼓楼区中山路12号，3幢';
    expect(takeGoods(text)).toEqual({ goods: [], rest: text });
    expect(takeGoods(`${text}\n货：棉袜x2`).rest).toBe(text);
  });
});
