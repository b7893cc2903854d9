/** Labels people and forms put before a value: 收货人：, 【手机】, Address:. They are taken out; what follows them has a known role. */

export type Role = 'name' | 'phone' | 'region' | 'town' | 'detail' | 'address' | 'postcode' | 'note' | 'none';

export interface FoundLabel {
  readonly start: number;
  readonly end: number;
  readonly role: Role;
}

const roles: readonly { readonly role: Role; readonly words: readonly string[] }[] = [
  { role: 'name', words: ['收货人姓名', '收件人姓名', '收货人名字', '收件人名字', '联系人姓名', '收货人', '收件人', '收貨人', '联系人', '联络人', '收件者', '收货者', '真实姓名', '客户姓名', '买家姓名', '顾客姓名', '客户名', '买家', '顾客', '姓名', '名字', '名称', '称呼', '客户', '收件', '收', '名', '我叫', '名字叫', '姓名是', '名字是', '收件人是', '收货人是', 'consignee', 'recipient', 'receiver', 'full name', 'name'] },
  { role: 'phone', words: ['收货人手机号码', '收货人手机号', '收货人手机', '收货人电话', '收件人手机号码', '收件人手机号', '收件人手机', '收件人电话', '联系人电话', '联系人手机', '客户电话', '客户手机', '买家电话', '买家手机', '顾客电话', '顾客手机', '联系电话', '联系方式', '联络电话', '联络方式', '行动电话', '联系手机', '手机号码', '电话号码', '手机号', '手机', '电话', '号码', '座机', '固话', '隐私号码', '隐私号', '虚拟号码', '虚拟号', '安全号码', '安全号', '备用电话', '备用手机', '备用号码', '备用', '电', '我的电话', '我的手机', '电话是', '手机是', '手机号是', '微信号', '微信', '手提电话', '手提', '流动电话', 'mobile phone', 'phone number', 'cell phone', 'telephone', 'mobile', 'phone', 'cell', 'tel'] },
  { role: 'address', words: ['收货地址', '收件地址', '收货人地址', '收件人地址', '邮寄地址', '寄件地址', '寄送地址', '快递地址', '家庭住址', '联系地址', '通讯地址', '送货地址', '现住址', '住址', '我的收货地址', '我的地址', '收货地址是', '地址是', '收货地址如下', '地址如下', '客户地址', '买家地址', '顾客地址', '地址', '寄', '址', '寄到', '寄往', '邮寄到', 'shipping address', 'delivery address', 'address', 'addr', 'add'] },
  { role: 'region', words: ['所在地区', '所属地区', '收货地区', '省市区县', '省市区', '所在省份', '所在城市', '所在区县', '省/市/区', '省份', '城市', '区县', '区/县', '地区', '区域', '省', '市', '区', '县', 'region', 'province', 'city', 'district'] },
  { role: 'town', words: ['所在街道', '街道/镇', '乡镇街道', '街道', '乡镇'] },
  { role: 'detail', words: ['详细收货地址', '详细地址', '详细', '详址', '街道门牌', '具体地址', '街道地址', '门牌号码', '门牌号', '门牌', '小区楼栋', 'street address', 'street', 'detail'] },
  { role: 'postcode', words: ['邮政编码', '邮编号码', '邮编', '邮政', 'postal code', 'post code', 'postcode', 'zip code', 'zipcode', 'zip'] },
  { role: 'note', words: ['买家留言', '客户留言', '订单备注', '买家备注', '配送备注', '备注信息', '备注', '留言', '附言', '说明', '注意', '注', '订单号', '订单编号', '运单号', '快递单号', '订单', '订单内容', '商品', '商品名称', '宝贝', '宝贝名称', '货品', '产品', '物品', '规格', '型号', '款式', '颜色', '尺码', '尺寸', '数量', '件数', '要求', '快递要求', '配送方式', '发货要求', 'remarks', 'remark', 'notes', 'note', 'memo'] },
  { role: 'none', words: ['收货', '收货信息', '收件信息', '收货人信息', '收件人信息', '国家', '国家/地区', 'country'] },
];

const roleOf = new Map(roles.flatMap(({ role, words }) => words.map((word) => [word.toLowerCase(), role] as const)));
const byLength = [...roleOf.keys()].sort((a, b) => b.length - a.length);
/** 收件人叫…, 收件人换成…: how a label goes on in speech. */
const spokenLink = '(?:叫|是|换成|改成|改为)?';
/** Spaces inside a label (姓    名：, 收 货 人：) are common in forms that line up their colons. */
const spaced = (word: string): string => (/^[\u4e00-\u9fff]{2}$/.test(word) ? `${word.charAt(0)} {0,8}${word.charAt(1)}` : /^[\u4e00-\u9fff]{3}$/.test(word) ? `${[...word].join(' {0,4}')}${spokenLink}` : /^[\u4e00-\u9fff]{3,}$/.test(word) ? `${word}${spokenLink}` : word.replace(/[/ ]/g, (found) => (found === ' ' ? ' +' : '\\/')));
const anyWord = byLength.map(spaced).join('|');

/** With a colon or in label brackets: certain, wherever it stands. */
const certain = new RegExp(`(?:[【\\[<〈《(]\\s*(${anyWord})\\s*[】\\]>〉》)]\\s*[:：=]?|(?<![A-Za-z])(?:新的?)?(${anyWord})["']?\\s*[:：=])`, 'gi');
/** Words that are a label without a colon too, when they stand where a value would start. */
const bare = new RegExp(
  `(?<=^|[\\n,;，；。、|/ \\]】)(\\ue000\\ue001])((?:${byLength.filter((word) => word.length >= 2 && !/^(?:收件|收货|手提|买家|顾客|订单|订单号|订单编号|运单号|快递单号|订单内容|详细|详址|商品|商品名称|宝贝|宝贝名称|货品|产品|物品|规格|型号|款式|颜色|尺码|尺寸|数量|件数|要求|说明|注意|名称|城市|区域|地区|街道|乡镇|门牌|邮政|客户|备用|省份|区县|小区楼栋|[a-z ]+)$/.test(word)).map(spaced).join('|')}))(?=[ \\n/]|[+(0-9]|[\\u4e00-\\u9fff*])`,
  'gi',
);
/** A phone label glued to what is before it: 吕安澜电话13800000000. */
const glued = /(?:客户|买家|顾客)?(?:联系电话|联系方式|备用电话|备用手机|手机号码|电话号码|手机号|微信号|手机|电话|微信|tel|phone|mobile)(?:是|改成|改为|换成)?(?=\s*[:：]?\s*(?:\+86|[0-9(]))|(?:邮政编码|邮编)(?=\s*[:：]?\s*[0-9]{6}(?![0-9]))/gi;

/** A name label in the middle of a sentence, behind house or street: …12号收件人叫郑好, …20号名字付小宝, …东吾路姓名林默娘电话. */
const gluedName = /(?<=[0-9号室楼栋幢座户元路街道巷村镇乡组园苑院店厂])(?:收件人|收货人|联系人|姓名|名字)(?:叫|是)?(?=[\u3400-\u9fff]{2,4}(?:[^\u3400-\u9fff]|$|电话|手机|联系))/g;

/** True for the left cell of a form with two columns (省, 收货人, Name). */
export function isFormCell(words: string): boolean {
  return roleOf.has(words.trim().toLowerCase());
}

/** True when the words are a label and nothing else. */
export function isLabelWord(words: string): boolean {
  return /^[\u4e00-\u9fff]{2,}$/.test(words) && roleOf.has(words);
}

/** Labels of a folded text, in order. */
export function findLabels(text: string): FoundLabel[] {
  const found: FoundLabel[] = [];
  const add = (start: number, end: number, words: string): void => {
    const key = words.toLowerCase().replace(/ +/g, (gap) => (/[a-z]/i.test(words) ? ' ' : gap && ''));
    const role = roleOf.get(key) ?? roleOf.get(key.replace(/(?:叫|是|换成|改成|改为)$/, '')) ?? 'none';
    if (!found.some((other) => start < other.end && other.start < end)) found.push({ start, end, role });
  };
  for (const match of text.matchAll(certain)) {
    const words = match[1] ?? match[2] ?? '';
    // 不收：… would be a sentence; a single 收 or 注 is a label only where a line or a field begins.
    if (words.length === 1 && !startsField(text, match.index)) continue;
    if (words === '备用' && !/^\s*[+(0-9]/.test(text.slice(match.index + match[0].length))) continue;
    add(match.index, match.index + match[0].length, roleOf.get(words) === 'name' && isAddressLike(text, match.index + match[0].length) ? '地址' : words);
  }
  for (const match of text.matchAll(gluedName)) add(match.index, match.index + match[0].length, match[0]);
  for (const match of text.matchAll(glued)) add(match.index, match.index + match[0].length, match[0]);
  for (const match of text.matchAll(bare)) {
    const words = match[1] ?? '';
    const end = match.index + words.length;
    if (isOrdinaryWord(text, words, end)) continue;
    add(match.index, end, words);
  }
  return found.sort((a, b) => a.start - b.start);
}

/** 收：安徽宣城宁国市…6号: what stands behind the label is no name. */
function isAddressLike(text: string, from: number): boolean {
  const value = /^ {0,4}([^\n,，;；。]{0,60})/.exec(text.slice(from, from + 64))?.[1] ?? '';
  return value.length > 10 && /^[\u4e00-\u9fff]{2,}/.test(value) && /[市区县旗镇乡].*(?:[路街道巷村弄里].*[0-9]|[0-9]+号)/.test(value.split(/1[3-9][0-9]{9}/)[0] ?? '') && !/^[\u4e00-\u9fff·*]{1,6} /.test(value);
}

function startsField(text: string, index: number): boolean {
  return index === 0 || /[\n,;，；。、|/ \ue000\ue001]/.test(text.charAt(index - 1));
}

/** 地址不详, 电话联系, 联系人电话不通, 备注栏…: words of a sentence, not labels. */
function isOrdinaryWord(text: string, words: string, end: number): boolean {
  const rest = text.slice(end, end + 4);
  const role = roleOf.get(words.replace(/ /g, '').toLowerCase());
  if (role === 'phone') return !/^[ \n/]*[+(（0-9*]/.test(rest);
  if (words === '寄到' && rest.startsWith('付')) return true;
  if (role === 'address' || role === 'detail') return /^(?:不|错|有|在|是|已|改|变|联|没|发|给|来|填)/.test(rest);
  if (role === 'name') return /^(?:不|电话|手机|已|是|要|自|没|本人|签收)/.test(rest);
  if (role === 'note') return /^(?:栏|里|说)/.test(rest);
  return false;
}
