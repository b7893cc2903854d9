/** Files as other shops have them: other encodings, other column orders, other versions of the same export. */
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { summarise } from '../../../../common/domain/orders/summary.ts';
import type { OrderFile } from '../../../../common/domain/orders/types.ts';
import { readOrderFile } from './read.ts';

async function read(text: string, encoding = 'utf-8'): Promise<OrderFile> {
  const result = await readOrderFile('orders.csv', encoding === 'gbk' ? new Uint8Array(iconv.encode(text, 'gbk')) : new TextEncoder().encode(text), { language: 'en' });
  if (!result.ok) throw new Error(`not recognised: ${JSON.stringify(result.unknown.sample[0])}`);
  return result.file;
}

describe('variants', () => {
  it('Taobao with sub-orders, a row each', async () => {
    const file = await read(
      [
        '子订单编号,主订单编号,买家会员名,买家实付金额,订单状态,收货人姓名,收货地址,联系手机,订单创建时间,宝贝标题,宝贝总数量,物流单号,退款金额',
        '="5001","=""4001""",tb1,10.00,"买家已付款,等待卖家发货",张试,浙江省 杭州市 西湖区 文三路1号,\'13900000001,2025-03-15 14:39:49,棉袜,2,,0',
        '="5002","=""4001""",tb1,20.00,"买家已付款,等待卖家发货",张试,浙江省 杭州市 西湖区 文三路1号,\'13900000001,2025-03-15 14:39:49,鞋垫,1,,0',
      ].join('\r\n'),
      'gbk',
    );
    expect([file.platform, file.encoding, file.orders.length, summarise(file.orders)]).toMatchObject(['taobao', 'gb18030', 1, { lines: 2, pieces: 3, toShip: 1 }]);
  });

  it('Pinduoduo with the columns shuffled, full-width brackets and blanks in headers, amounts with thousands', async () => {
    const file = await read('收货人, 订单号 ,商家实收金额（元）,商品数量（件）,手机,商品,省,市,区,详细地址,订单状态,售后状态,商品规格,样式ID,商家编码-规格维度\n张试,250313-1,"1,234.50",3,13900000001,棉袜,浙江省,杭州市,西湖区,文三路1号,待发货,退款中,黑,\t1,S1\n');
    expect(file.platform).toBe('pdd');
    expect(file.orders[0]).toMatchObject({ number: '250313-1', paidFen: 123450, pieces: 3, refund: 'asked', createdAt: '2025-03-12T16:00:00.000Z' });
  });

  it('Douyin with several sub-orders in one row, and ciphertext for receivers', async () => {
    const file = await read(
      '主订单编号,子订单编号,选购商品,商品规格,商品数量,商品ID,商家编码,商品单价,订单应付金额,收件人,收件人手机号,省,市,区,街道,详细地址,订单提交时间,订单状态,售后状态,快递信息\n' +
        '"\t6921","\t6921;6922","\t棉袜;鞋垫","\t黑;白","2;1","\t1;2","\tA1;B2",9.90;5.00,24.80,张试,13900000001,浙江省,杭州市,西湖区,,文三路1号,2025-03-18 10:56:49,待发货,-,-\n' +
        '"\t6930","\t6930","\t棉袜","\t黑",1,"\t1","\tA1",9.90,9.90,##Zm9vYmFyYmF6cXV4,$$MTM5MDAwMDAwMDE=$1$,浙江省,杭州市,西湖区,,~AgAAABcRkQ8=~AbCd~1~,2025-03-18 10:56:49,待发货,-,-\n',
    );
    expect(file.orders[0]).toMatchObject({ number: '6921', pieces: 3, paidFen: 2480 });
    expect(file.orders[0]?.lines.map((line) => [line.subNumber, line.title, line.spec, line.skuCode, line.quantity, line.priceFen])).toEqual([['6921', '棉袜', '黑', 'A1', 2, 990], ['6922', '鞋垫', '白', 'B2', 1, 500]]);
    expect(file.flagged).toMatchObject([{ order: '6930', codes: ['receiver-encrypted'] }]);
    expect(file.orders[1]?.receiver.state).toBe('encrypted');
  });

  it('Xiaohongshu packages, a row an item', async () => {
    const file = await read('包裹号,订单号,商家编码,商品名称,规格,SKU件数,快递单号,快递公司,订单状态,收件人姓名,收件人电话,收件人地址\nP1,X100000000001,A1,棉袜,黑,2,,,待发货,张试,13900000001,浙江省杭州市西湖区文三路1号\nP1,X100000000001,B1,鞋垫,白,1,,,待发货,张试,13900000001,浙江省杭州市西湖区文三路1号\n');
    expect([file.platform, file.orders.length]).toEqual(['xiaohongshu', 1]);
    expect(file.orders[0]).toMatchObject({ pieces: 3, receiver: { province: '浙江省', city: '杭州市', district: '西湖区' } });
  });

  it('a short sheet of Xiaohongshu without receivers comes in as incomplete', async () => {
    const file = await read('订单号,商家编码,商品名称,SKU件数,快递单号,快递公司\nX100000000001,A1,棉袜,2,,\n');
    expect([file.platform, file.orders.length, file.flagged.length]).toEqual(['xiaohongshu', 1, 1]);
  });

  it('1688 in the shorter form, goods of one order over rows that leave the order blank', async () => {
    const file = await read('订单编号,买家公司名,买家会员名,货品总价(元),运费(元),实付款(元),订单状态,订单创建时间,收货人姓名,收货地址,联系电话,联系手机,货品标题,单价(元),数量,单位,货号,买家留言,下游订单号\n2731,,tb1,30,5,35,等待卖家发货,2025-03-17 15:43:32,张试,浙江省 杭州市 西湖区 文三路1号,0571-88000001,,棉袜,10,2,双,P1,,\n,,,,,,,,,,,,鞋垫,10,1,双,P2,,\n,,tb9,9,0,9,等待卖家发货,2025-03-17 15:43:32,李试,浙江省 杭州市 西湖区 文三路2号,,13900000002,棉袜,9,1,双,P1,,\n');
    expect(file.orders.map((order) => [order.number, order.pieces, order.lines.length, order.receiver.phone])).toEqual([['2731', 3, 2, '0571-88000001']]);
    expect(file.rejected).toMatchObject([{ row: 4, code: 'number-missing' }]);
  });

  it('a title line above the header, and sums below', async () => {
    const file = await read('三月订单,,,,,,,,\n,,,,,,,,\n订单编号,收件人,联系电话,收货地址,商品名称,规格,数量,备注,状态\nA100001,张试,13900000001,浙江省杭州市西湖区文三路1号,棉袜,黑,2,,待发货\n合计,,,,,,2,,\n');
    expect([file.platform, file.headerRow, file.orders.length]).toEqual(['other', 3, 1]);
    expect(file.rejected).toMatchObject([{ row: 5, code: 'number-unreadable' }]);
  });

  it('a table without order numbers: the same row is the same order tomorrow', async () => {
    const table = '姓名,电话,地址,商品,数量\n张试,13900000001,浙江省杭州市西湖区文三路1号,棉袜,2\n李试,13900000002,浙江省杭州市西湖区文三路2号,棉袜,1\n';
    const [first, second] = [await read(table), await read(table)];
    expect(first.orders).toHaveLength(2);
    expect(first.orders.map((order) => order.number)).toEqual(second.orders.map((order) => order.number));
  });

  it('name, phone and address in one cell', async () => {
    const file = await read('订单号,收货信息,商品,数量\nA100001,"张试，13900000001，浙江省杭州市西湖区文三路1号",棉袜,2\n');
    expect(file.orders[0]?.receiver).toMatchObject({ name: '张试', phone: '13900000001', province: '浙江省', city: '杭州市', state: 'full' });
  });

  it('phones that lost their digits are said, the order stays', async () => {
    const file = await read('订单号,收件人,手机,地址,商品,数量\nA100001,张试,1.39E+10,浙江省杭州市西湖区文三路1号,棉袜,2\n');
    expect(file.orders).toHaveLength(1);
    expect(file.flagged[0]?.codes).toEqual(['phone-digits-lost']);
  });

  it('masked by the platform: name, phone and address each said', async () => {
    const file = await read('订单号,收件人,手机,地址,商品,数量\nA100001,张*,138****0001,浙江省杭州市西湖区****,棉袜,2\nA100002,李试,18412340001转2345,浙江省杭州市西湖区文三路2号,棉袜,2\n');
    expect(file.flagged).toMatchObject([{ order: 'A100001', codes: ['name-masked', 'phone-masked', 'address-masked'] }]);
    expect(file.orders[1]?.receiver).toMatchObject({ phone: '18412340001-2345', state: 'full' });
  });
});
