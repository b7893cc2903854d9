import { beforeAll, describe, expect, it } from 'vitest';
import type { Divisions } from './divisions.ts';
import { formerCities, formerDistricts, newerDivisions, partedDistricts } from './division-history.ts';
import { coreOf } from './division-names.ts';
import { loadDivisions } from './load.ts';
import { longestPaste, parseAddress } from './parse.ts';
import { mostRecipients, parseAddresses } from './several.ts';

let divisions: Divisions;
beforeAll(async () => {
  divisions = await loadDivisions();
});

const who = '陈青禾 13800000001';
/** province/city/district/town|detail of an address in front of a name and a phone. */
function place(address: string): string {
  const read = parseAddress(`${address} ${who}`, divisions);
  expect([read.name, read.phone]).toEqual(['陈青禾', '13800000001']);
  return `${read.province}/${read.city}/${read.district}/${read.town}|${read.detail}`;
}

describe('where', () => {
  it.each([
    ['municipality', '上海南京西路1266号恒隆广场', '上海市/上海市//|南京西路1266号恒隆广场'],
    ['municipality said twice', '上海 上海市 徐汇区 听松路1号', '上海市/上海市/徐汇区/|听松路1号'],
    ['statistics levels', '重庆市 县 云阳县 双江街道听松路1号', '重庆市/重庆市/云阳县/双江街道|听松路1号'],
    ['prefecture in short', '贵州黔西南州兴义市桔山街道听松路3号', '贵州省/黔西南布依族苗族自治州/兴义市/桔山街道|听松路3号'],
    ['prefecture by nickname', '新疆巴州库尔勒市听松路3号', '新疆维吾尔自治区/巴音郭楞蒙古自治州/库尔勒市/|听松路3号'],
    ['banner in short', '内蒙古兴安盟科右前旗听松路3号', '内蒙古自治区/兴安盟/科尔沁右翼前旗/|听松路3号'],
    ['a town its district gave away', '杭州余杭区临平街道听松路3号', '浙江省/杭州市/临平区/临平街道|听松路3号'],
    ['a zone of a municipality, a building with the name of a district', '天津开发区第三大街51号金融街东区', '天津市/天津市//|开发区第三大街51号金融街东区'],
    ['the city said before the street, the district behind it', '北京崇文门外大街9号 东城区', '北京市/北京市/东城区/|崇文门外大街9号'],
    ['a university that is no place', '山东大学3号楼 山东省济南市历城区山大路街道', '山东省/济南市/历城区/山大路街道|山东大学3号楼'],
    ['Hainan the prefecture', '青海省海南州共和县恰卜恰镇听松路3号', '青海省/海南藏族自治州/共和县/恰卜恰镇|听松路3号'],
    ['county beneath the province', '海南陵水县英州镇听松路3号', '海南省/陵水黎族自治县//英州镇|听松路3号'],
    ['city of the name of its prefecture', '新疆喀什市听松路3号', '新疆维吾尔自治区/喀什地区/喀什市/|听松路3号'],
    ['county of the name of its city', '湖南省长沙县星沙街道听松路3号', '湖南省/长沙市/长沙县/星沙街道|听松路3号'],
    ['Corps city', '新疆生产建设兵团第一师阿拉尔市十团3连', '新疆维吾尔自治区/阿拉尔市//|第一师十团3连'],
    ['zone of one city is no former district of another', '苏州新区狮山路1号', '江苏省/苏州市//|新区狮山路1号'],
    ['zone between province and county', '河北雄安新区容城县容城镇7号', '河北省/保定市/容城县/容城镇|雄安新区7号'],
    ['short name with its suffix before a street', '河南省郑州市管城区东大街1号', '河南省/郑州市/管城回族区/|东大街1号'],
    ['county that changed its city', '湖北省荆州市京山县听松路1号', '湖北省/荆门市/京山市/|听松路1号'],
    ['county of two characters', '福建省沙县虬江街道听松路3号', '福建省/三明市/沙县区/虬江街道|听松路3号'],
    ['Corps division before its city', '农八师石河子市向阳街道听松路1号', '新疆维吾尔自治区/石河子市//向阳街道|农八师听松路1号'],
    ['former district in short', '江苏无锡新区听松路1号', '江苏省/无锡市/新吴区/|听松路1号'],
    ['zone behind a city in short', '成都高新区天府三街1号', '四川省/成都市//|高新区天府三街1号'],
    ['from the inside out', '听松路1号，武侯区，成都市，四川省', '四川省/成都市/武侯区/|听松路1号'],
    ['Corps division alone', '新疆生产建设兵团第七师一二六团3连', '新疆维吾尔自治区/胡杨河市//|第七师一二六团3连'],
    ['renamed county', '安徽省芜湖市芜湖县湾沚镇听松路7号', '安徽省/芜湖市/湾沚区/湾沚镇|听松路7号'],
    ['merged district', '上海市闸北区共和新路1234号', '上海市/上海市/静安区/|共和新路1234号'],
    ['divided district, settled by its town', '浙江省杭州市江干区九堡街道听松路7号', '浙江省/杭州市/上城区/九堡街道|听松路7号'],
    ['former city', '湖北省襄樊市襄阳区听松路7号', '湖北省/襄阳市/襄州区/|听松路7号'],
    ['county that became a district', '上海崇明县城桥镇听松路7号', '上海市/上海市/崇明区/城桥镇|听松路7号'],
    ['zone of the tables', '江苏省苏州工业园区唯亭街道星湖街328号', '江苏省/苏州市/苏州工业园区/唯亭街道|星湖街328号'],
    ['zone that is no division', '湖北省武汉市东湖新技术开发区光谷大道77号', '湖北省/武汉市//|东湖新技术开发区光谷大道77号'],
    ['zone before a town', '四川成都天府新区华阳街道听松路3号', '四川省/成都市/双流区/华阳街道|天府新区听松路3号'],
    ['zone that became a district', '广东深圳光明新区公明街道听松路3号', '广东省/深圳市/光明区/公明街道|听松路3号'],
    ['street with a district in its name', '杭州余杭塘路866号', '浙江省/杭州市//|余杭塘路866号'],
    ['district without suffix before a street', '北京朝阳望京街10号', '北京市/北京市/朝阳区/|望京街10号'],
    ['street suffix that begins a district', '河北唐山路南区文化路6号', '河北省/唐山市/路南区/|文化路6号'],
    ['town office', '深圳市南山区粤海街道办事处科技园', '广东省/深圳市/南山区/粤海街道|科技园'],
    ['district left out, town tells it', '浙江省杭州市文新街道听松路77号', '浙江省/杭州市/西湖区/文新街道|听松路77号'],
    ['region said twice', '浙江省 杭州市 西湖区 浙江省杭州市西湖区文三路7号', '浙江省/杭州市/西湖区/|文三路7号'],
    ['Traditional script', '臺北市信義區市府路1號', '台湾省/台北市/信义区/|市府路1號'],
    ['Hong Kong', '香港九龙油尖旺区弥敦道100号', '香港特别行政区/九龙/油尖旺区/|弥敦道100号'],
    ['newer county', '新疆和田地区和安县听松路1号', '新疆维吾尔自治区/和田地区/和安县/|听松路1号'],
  ])('%s', (_, address, expected) => expect(place(address)).toBe(expected));

  it.each([
    ['朝阳区听松路7号', ['北京市/北京市/朝阳区', '吉林省/长春市/朝阳区'], '//朝阳区/|听松路7号'],
    ['江苏省鼓楼区听松路7号', ['江苏省/南京市/鼓楼区', '江苏省/徐州市/鼓楼区'], '江苏省//鼓楼区/|听松路7号'],
    ['杭州市江干区听松路7号', ['浙江省/杭州市/上城区', '浙江省/杭州市/钱塘区'], '浙江省/杭州市//|江干区听松路7号'],
    ['新街口街道听松路3号', ['北京市/北京市/西城区', '江苏省/南京市/玄武区'], '///新街口街道|听松路3号'],
  ])('%s is left open', (address, candidates, expected) => {
    const read = parseAddress(`${address} ${who}`, divisions);
    expect(read.ambiguities.flatMap((one) => one.candidates)).toEqual(candidates);
    expect(read.confidence).toBeLessThan(0.6);
    expect(place(address)).toBe(expected);
  });

  it('a town settles a name that exists several times, and says so', () => {
    const read = parseAddress(`鼓楼区湖南路街道听松路3号 ${who}`, divisions);
    expect(read).toMatchObject({ province: '江苏省', city: '南京市', district: '鼓楼区', ambiguities: [], doubts: [{ field: 'city', reason: 'inferred' }] });
  });
});

describe('who and which number', () => {
  const at = '浙江省杭州市西湖区文三路7号';
  it.each([
    [`陈青禾13800000001${at}`, '陈青禾', '13800000001'],
    [`${at}陈青禾13800000001`, '陈青禾', '13800000001'],
    [`${at}5-2-301陈青禾 13800000001`, '陈青禾', '13800000001'],
    [`Zhang San, 13800000001, ${at}`, 'Zhang San', '13800000001'],
    [`Name: Zhang San\nPhone: +86 138 0000 0001\nAddress: ${at}`, 'Zhang San', '13800000001'],
    [`寄到：${at} 陈青禾（收）13800000001`, '陈青禾', '13800000001'],
    [`云南枝 13800000001 ${at}`, '云南枝', '13800000001'],
    [`收件人姓名：陈青禾，手机号：13800000001，省份：浙江省，城市：杭州市，区县：西湖区，详细地址：文三路7号`, '陈青禾', '13800000001'],
    [`1. 陈青禾 13800000001 ${at}`, '陈青禾', '13800000001'],
    [`Tom13800000001${at}`, 'Tom', '13800000001'],
    [`郝**13800000001${at}`, '郝**', '13800000001'],
    [`陈青禾 400-820-8820 ${at}`, '陈青禾', '4008208820'],
    [`陈青禾 1**********  ${at}`, '陈青禾', '1**********'],
    [`陈青禾 13 8000 0000 1 ${at}`, '陈青禾', '13800000001'],
    [`聯絡人：陈青禾 行動電話：13800000001 收件地址：${at}`, '陈青禾', '13800000001'],
    [`陈青禾 tel:13800000001 ${at}`, '陈青禾', '13800000001'],
    [`姓名 陈青禾 手机 13800000001 ${at}`, '陈青禾', '13800000001'],
    [`${at}（小满药房旁边）陈青禾 13800000001`, '陈青禾', '13800000001'],
    [`我的地址：${at} 我叫陈青禾 电话13800000001`, '陈青禾', '13800000001'],
    [`陈青禾 88000001 ${at}`, '陈青禾', '88000001'],
    [`陈青禾 1******0001 ${at}`, '陈青禾', '1******0001'],
    [`陈青禾 （0571）8800 0001 ${at}`, '陈青禾', '0571-88000001'],
    [`陈青禾 +86 571 8800 0001 ${at}`, '陈青禾', '0571-88000001'],
  ])('%s', (text, name, phone) => {
    const read = parseAddress(text, divisions);
    expect(read).toMatchObject({ name, phone, province: '浙江省', city: '杭州市', district: '西湖区', detail: expect.stringMatching(/^文三路7号/) as string });
  });

  it.each([
    ['18412340001-1234', '18412340001', '1234'],
    ['18412340001转1234', '18412340001', '1234'],
    ['18412340001 分机 1234', '18412340001', '1234'],
    ['17012340001,1234', '17012340001', '1234'],
    ['0755 8800 0001 转 806', '0755-88000001', '806'],
  ])('the extension of %s is kept apart', (number, phone, extension) => {
    expect(parseAddress(`陈青禾 ${number} ${at}`, divisions)).toMatchObject({ phone, extension });
  });

  it('a house number behind the phone is no extension', () => {
    expect(parseAddress(`陈青禾 ${at.slice(0, -2)} 13800000001-3栋`, divisions)).toMatchObject({ phone: '13800000001', extension: '' });
  });

  it('a phone glued to a house number is asked about', () => {
    const read = parseAddress(`陈青禾 浙江省杭州市西湖区文三路7-2-160413800000001`, divisions);
    expect(read).toMatchObject({ phone: '13800000001', detail: '文三路7-2-1604' });
    expect(read.ambiguities.map((one) => one.reason)).toContain('phone-run');
  });

  it('second and third numbers are kept', () => {
    expect(parseAddress(`陈青禾 13800000001/0571-88000001/13900000002 ${at}`, divisions)).toMatchObject({ phone: '13800000001', phone2: '0571-88000001', note: '13900000002' });
  });
});

describe('notes', () => {
  const at = '浙江省杭州市西湖区文三路7号';
  it.each([
    [`${who} ${at}请放门口`, '请放门口', '文三路7号'],
    [`${who} ${at} 到了先打电话`, '到了先打电话', '文三路7号'],
    [`${at}菜鸟驿站 ${who} （送货上门，别放驿站）`, '送货上门，别放驿站', '文三路7号菜鸟驿站'],
    [`请尽快发货 ${who} ${at}`, '请尽快发货', '文三路7号'],
    [`${who} ${at}\n备注：周末再送，谢谢`, '周末再送，谢谢', '文三路7号'],
    [`${who} ${at} 邮编310012`, '', '文三路7号'],
    [`${who} ${at}(邮编310012)`, '', '文三路7号'],
    [`${who} ${at}，周末不在家，工作日送`, '周末不在家，工作日送', '文三路7号'],
    [`${who} ${at} 急用，今天发`, '急用，今天发', '文三路7号'],
    [`${who} ${at} 放丰巢`, '放丰巢', '文三路7号'],
    [`${who} ${at}丰巢`, '', '文三路7号丰巢'],
  ])('%s', (text, note, detail) => expect(parseAddress(text, divisions)).toMatchObject({ note, detail }));

  // A pattern that tries every way of dividing such a text would not come back within the time of the test.
  it.each(['收：市路', '市', '收件人：县街', '1、', '#', '第一个：', '黑色', '一三八', '省：', '号 '])('a paste full of %s comes back, as a guess', (words) => {
    expect(parseAddress(words.repeat(Math.ceil(longestPaste / words.length)), divisions).confidence).toBeLessThan(0.6);
  });

  it('the sender of the text is a note, never whom it goes to', () => {
    const read = parseAddress('寄件人：小店 13900000001 浙江省义乌市稠江街道1号\n收件人：张三 13500001001\n江苏省南京市鼓楼区湖北路2号', divisions);
    expect([read.name, read.phone, read.city, read.detail, read.note]).toEqual(['张三', '13500001001', '南京市', '湖北路2号', '寄件人：小店 13900000001 浙江省义乌市稠江街道1号']);
  });

  it('control characters and the marks of a web page are no part of it', () => {
    expect(parseAddress('\u0000张三\u202e 13500001001', divisions).name).toBe('张三');
    const read = parseAddress('<p>收货人：张三</p><br/>地址：江苏省南京市玄武区&nbsp;中山路1号</p>', divisions);
    expect([read.name, read.detail, read.note]).toEqual(['张三', '中山路1号', '']);
  });

  it.each([
    ['老板，发货前联系！铁心兰 13500001001 湖南省岳阳市岳阳楼区巴陵中路5号', '铁心兰'],
    ['收货人：福顺鞋业有限公司 陈经理，电话：13500001001，福建省福州市长乐区西洋路1号', '福顺鞋业有限公司 陈经理'],
    ['浙江省宁波市海曙区镇明路1号 永利五金店 收 13500001001', '永利五金店'],
    ['收 货 人：诸葛明\n电    话：13500001001\n地    址：山东省临沂市沂南县诸葛亮路1号', '诸葛明'],
    ['钟离权（隐私号 17000005053 转 88123）浙江省舟山市定海区解放西路1号', '钟离权'],
  ])('whom it goes to: %s', (text, name) => expect(parseAddress(text, divisions).name).toBe(name));

  it('what lies beyond the length that is read is kept', () => {
    const text = `${who} ${at}${'鹂'.repeat(longestPaste)}`;
    const read = parseAddress(text, divisions);
    expect([...(read.detail + read.note)].filter((one) => one === '鹂').length).toBe(longestPaste);
  });
});

describe('several recipients in one paste', () => {
  const two = [
    ['陈青禾', '13800000001', '浙江省杭州市西湖区文三路7号'],
    ['李半夏', '13900000002', '江苏省南京市玄武区珠江路8号'],
  ] as const;
  it.each([
    ['one line each', two.map((one) => one.join(' ')).join('\n')],
    ['numbered', two.map((one, index) => `${index + 1}. ${one.join(' ')}`).join('\n')],
    ['three lines each', two.map((one) => one.join('\n')).join('\n')],
    ['address first', two.map(([name, phone, address]) => `${address}\n${name}\n${phone}`).join('\n')],
    ['blank lines between', two.map((one) => one.join('\n')).join('\n\n')],
    ['forms', two.map(([name, phone, address]) => `收货人：${name}\n手机：${phone}\n所在地区：${address.slice(0, 9)}\n详细地址：${address}`).join('\n')],
    ['semicolons', two.map((one) => one.join(' ')).join('；')],
    ['rows of a table', two.map((one) => one.join('\t')).join('\n')],
    ['circled numbers', two.map((one, index) => `${'①②'.charAt(index)}${one.join(' ')}`).join('\n')],
    ['numbers on lines of their own', two.map((one, index) => `${index + 1}.\n${one.join('\n')}`).join('\n')],
    ['said one after the other', two.map((one, index) => `第${'一二'.charAt(index)}个：${one.join(' ')}`).join('\n')],
    ['copied from a chat', two.map((one, index) => `小李 11-20 14:3${index}\n${one.join(' ')}`).join('\n')],
    ['a header above', `姓名\t电话\t地址\n${two.map((one) => one.join('\t')).join('\n')}`],
  ])('%s', (_, text) => {
    expect(parseAddresses(text, divisions).map(({ address }) => [address.name, address.phone, address.province + address.city + address.district + address.detail])).toEqual(two.map((one) => [...one]));
  });

  const three = [
    ['陈青禾', '13800000001', '浙江省杭州市西湖区文三路7号'],
    ['王小满', '', '江苏省南京市玄武区珠江路13号'],
    ['赵立春', '13900000003', '广东省东莞市南城街道鸿福路14号'],
  ] as const;
  const forms = ([name, phone, address]: readonly [string, string, string]): string => [`收货人：${name}`, ...(phone === '' ? [] : [`手机：${phone}`]), `地址：${address}`].join('\n');
  const lines = (gap: string) => (one: readonly string[]): string => one.filter((part) => part !== '').join(gap);
  it.each([
    ['blank lines between', three.map(lines(' ')).join('\n\n')],
    ['one line each', three.map(lines('，')).join('\n')],
    ['three lines each', three.map(lines('\n')).join('\n')],
    ['three lines each, blank lines between', three.map(lines('\n')).join('\n\n')],
    ['blank lines everywhere', three.map(lines('\n\n')).join('\n\n')],
    ['address first', three.map(([name, phone, address]) => lines('\n')([address, name, phone])).join('\n\n')],
    ['forms', three.map(forms).join('\n')],
    ['forms, blank lines between', three.map(forms).join('\n\n')],
    ['semicolons', three.map(lines(' ')).join('；')],
    ['the one without a phone first', [three[1], three[0], three[2]].map(lines(' ')).join('\n\n')],
    ['the one without a phone last', [three[0], three[2], three[1]].map(lines('，')).join('\n')],
  ])('who has no phone is nobody else: %s', (_, text) => {
    const found = parseAddresses(text, divisions).map(({ address }) => address);
    const by = (name: string) => found.find((one) => one.name === name);
    expect(found).toHaveLength(3);
    for (const [name, phone, address] of three) expect([by(name)?.phone, `${by(name)?.province}${by(name)?.city}${by(name)?.district}${by(name)?.town}${by(name)?.detail}`]).toEqual([phone, name === '赵立春' ? '广东省东莞市南城街道鸿福路14号' : address]);
    expect(by('王小满')?.doubts).toContainEqual({ field: 'phone', reason: 'missing', text: '' });
    expect(by('王小满')?.confidence).toBeLessThan(0.6);
  });

  it.each([
    ['张三 13500001001 浙江省杭州市西湖区文三路1号 3幢 502 李四 13500001002 江苏省南京市鼓楼区湖北路2号', [['张三', '文三路1号3幢502'], ['李四', '湖北路2号']]],
    ['浙江省杭州市西湖区文三路1号 张三 13500001001 江苏省南京市鼓楼区湖北路2号 李四 13500001002', [['张三', '文三路1号'], ['李四', '湖北路2号']]],
    ['13500001001 浙江省杭州市西湖区文三路1号 张三，13500001002 江苏省南京市鼓楼区湖北路2号 李四', [['张三', '文三路1号'], ['李四', '湖北路2号']]],
    ['收货人：张三 电话：13500001001 地址：浙江省杭州市西湖区文三路1号 收货人：李四 电话：13500001002 地址：江苏省南京市鼓楼区湖北路2号', [['张三', '文三路1号'], ['李四', '湖北路2号']]],
    ['1、张三 13500001001 浙江省杭州市西湖区文三路1号 2、李四 13500001002 江苏省南京市鼓楼区湖北路2号', [['张三', '文三路1号'], ['李四', '湖北路2号']]],
    ['张三13500001001浙江省杭州市西湖区文三路1号李四13500001002江苏省南京市鼓楼区湖北路2号', [['张三', '文三路1号'], ['李四', '湖北路2号']]],
  ])('in one line with nothing between them: %s', (text, two) => {
    const found = parseAddresses(text, divisions).map(({ address }) => address);
    expect(found.map((one) => [one.name, one.detail])).toEqual(two);
    expect(found.every((one) => one.confidence >= 0.6)).toBe(true);
  });

  it.each(['张三 13500001001/13500001002 浙江省杭州市西湖区文三路1号', '张三13500001001浙江省杭州市西湖区文三路仓库13500001002江苏省南京市鼓楼区湖北路2号'])('one line that cannot be divided with certainty stays one: %s', (text) => {
    expect(parseAddresses(text, divisions)).toHaveLength(1);
  });

  it('an open question is a place of its own', () => {
    const text = '李半夏 鼓楼区中山路12号\n\n陈青禾 13800000001 浙江省杭州市西湖区文三路7号';
    expect(parseAddresses(text, divisions).map(({ address }) => [address.name, address.phone])).toEqual([['李半夏', ''], ['陈青禾', '13800000001']]);
  });

  it.each([
    ['the region apart from the street', '收货人：陈青禾\n\n手机：13800000001\n\n所在地区：浙江省杭州市西湖区\n\n详细地址：文三路7号3幢'],
    ['the name again on the envelope', '陈青禾\n\n13800000001\n\n浙江省杭州市西湖区文三路7号3幢 陈青禾（收）'],
    ['goods and a wish', '陈青禾 13800000001\n浙江省杭州市西湖区文三路7号3幢\n\n黑袜2双\n\n请放门口'],
    ['the estate on a line of its own', '陈青禾\n浙江省杭州市西湖区\n文三路7号\n金色家园3幢\n13800000001'],
  ])('one recipient in pieces stays one: %s', (_, text) => {
    expect(parseAddresses(text, divisions).map(({ address }) => [address.name, address.phone, address.district])).toEqual([['陈青禾', '13800000001', '西湖区']]);
  });

  it('words in Latin script are no second person', () => {
    const text = 'Name: Li Na\n\nPhone: 13800000001\n\nAddress: Unit 1201, 100 Huaihai Middle Road, Huangpu District, Shanghai 200021';
    expect(parseAddresses(text, divisions).map(({ address }) => [address.name, address.phone])).toEqual([['Li Na', '13800000001']]);
  });

  it('goods and wishes go to the one they stand with', () => {
    const text = two.map((one, index) => `${index + 1}、${one.join(' ')} ${['黑袜2双', '发顺丰到付'][index]}`).join('\n');
    expect(parseAddresses(text, divisions).map(({ address }) => [address.name, address.detail, address.note])).toEqual([['陈青禾', '文三路7号', '黑袜2双'], ['李半夏', '珠江路8号', '发顺丰到付']]);
  });

  it('one recipient with blank lines inside stays one', () => {
    expect(parseAddresses(`${two[0][0]}\n\n${two[0][1]}\n\n${two[0][2]}`, divisions).length).toBe(1);
  });

  it('reads as many as a screen can check', () => {
    const lines = Array.from({ length: mostRecipients }, (_, index) => `陈青禾 138${String(index).padStart(8, '0')} 浙江省杭州市西湖区文三路${index + 1}号`);
    expect(parseAddresses(lines.join('\n'), divisions).length).toBe(mostRecipients);
  });
});

describe('the tables behind it', () => {
  it('former names are gone from the official tables and their successors are there', () => {
    for (const { name, parent, successors } of formerDistricts()) {
      expect(divisions.byPath(`${parent}/${name}`)).toBeUndefined();
      expect(successors.filter((path) => divisions.byPath(path) === undefined)).toEqual([]);
    }
    for (const [old, path] of Object.entries(formerCities)) expect([divisions.byPath(old), divisions.byPath(path)?.name === undefined]).toEqual([undefined, false]);
  });

  it('a former name beneath its former city gives its successor, or asks which', () => {
    const wrong: string[] = [];
    for (const { name, parent, successors } of formerDistricts()) {
      const [province = '', city = ''] = parent.split('/');
      const read = parseAddress(`${province}${city === province ? '' : city}${name}听松路7号 ${who}`, divisions);
      const paths = successors.length > 1 ? read.ambiguities.flatMap((one) => one.candidates) : [[read.province, read.city, read.district].filter((part) => part !== '').join('/')];
      if (JSON.stringify(paths.toSorted()) !== JSON.stringify(successors.toSorted())) wrong.push(`${parent}/${name} → ${paths.join(' ')}`);
    }
    expect(wrong).toEqual([]);
  });

  it('districts that gave towns away, and those that got them, are there', () => {
    for (const [path, heirs] of Object.entries(partedDistricts)) {
      const district = divisions.byPath(path);
      expect(district === undefined ? path : divisions.partedTo(district).map((one) => one.name)).toEqual(heirs);
    }
  });

  it('newer divisions are there and every parent exists', () => {
    for (const [parent, names] of Object.entries(newerDivisions)) for (const name of names) expect(divisions.byPath(`${parent}/${name}`)?.name).toBe(name);
  });

  it.each([
    ['玉龙纳西族自治县', '玉龙'], ['东乡族自治县', '东乡'], ['积石山保安族东乡族撒拉族自治县', '积石山'], ['内蒙古自治区', '内蒙古'], ['长白朝鲜族自治县', '长白'],
    ['瀍河回族区', '瀍河'], ['浦东新区', '浦东'], ['神农架林区', '神农架'], ['克孜勒苏柯尔克孜自治州', '克孜勒苏'], ['香港特别行政区', '香港'],
  ])('the distinctive part of %s is %s', (name, core) => expect(coreOf(name)).toBe(core));
});
