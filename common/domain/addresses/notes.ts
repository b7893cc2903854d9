/** Remarks in a pasted text: what the buyer asks for, not where the parcel goes. */

import { placeWords } from './names.ts';

const requests =
  /(?:不要|不用|别(?=[放打送发忘])|请|麻烦|谢谢|感谢|辛苦|务必|一定|尽快|尽早|加急|急用|急件|快点|早点|帮忙|帮我|拜托|记得|勿|易碎|轻拿|轻放|小心|周末|周[一二三四五六日](?=$|[^\u4e00-\u9fff]|[前后送再到上下早晚中不可收配派发和])|工作日|节假日|上午|下午|晚上|中午|白天|今天|明天|后天|随时|可以送|可送|在家|到付|微信同号|同微信|点(?:前|后|以后|之前|之后)|短号|配送密码|号码保护|送货|派送|配送|送到|送上|上门|发货|发[顺圆中申韵极邮德京][丰通达兔政邦东]|顺丰|圆通|中通|申通|韵达|邮政|京东快递|(?:打|接|先)电话|电联|联系我|提前|通知|放(?:在|到|门|家|快递|驿站|前台|保安|物业|丰巢|菜鸟|传达|代收|柜|鞋|楼下|邻居|收发|车)|代收|自提|自取|签收|验货|开箱|拒收|退回|包装|礼物|礼品|发票|赠品|多送|备用|不在家|无人|没人|快递柜里|多放|少放|多给|填充|气泡[膜袋]|别压|坏了|电梯|有狗|狗凶|麻烦|(?:老|原来的?|上次的?|之前的?|那个)地址)/;

/** A place word that makes a text an address even if it holds a word of the list (菜鸟驿站, 快递柜, 代收点 are places). */
const placeLike = /(?:[路街巷道弄]|大道|胡同)[0-9一二三四五六七八九十]*号?|[0-9]+(?:号|栋|幢|座|室|楼|单元)|(?:驿站|代收点|快递柜|丰巢|自提点|自提柜|店|超市)$/;

/** Goods somebody ordered: an amount with a measure, a colour or a size at the end of the words (黑色L码2件, 袜子5双混色, 通用款×3). */
const amount = '(?:[0-9]+(?:件|双|条|箱|盒|包|瓶|袋|支|把|份|罐|桶|本|对|斤|公斤|kg|g|ml|套|只|个|张|顶|床|片|枚|卷)|[一两](?:件|双|箱|盒|包|瓶|袋|份|罐|桶|套|斤|条|本|只|支|张|个|把|床|顶))';
const colour = '(?:[黑白灰红蓝绿粉紫黄棕咖青橙米杏]|卡其|藏青|驼|混|花|本|肉|金|银)色';
const goods = new RegExp(`^(?:我?要)?.{0,40}(?:${amount}(?:装|套餐|混装|混色)?|${colour}(?:的)?(?:[sml]|x{1,4}l)?码?|(?:均|[0-9]{2}|x{0,4}[sml])码|[x×*][0-9]{1,3}|通用款)(?:[(（].{0,20}[)）])?$|^${amount}.{1,20}$|^(?:[0-9]{2}|均|x{0,4}[sml])码[\\u3400-\\u9fff]{2,12}$`, 'i');
/** 302红富士苹果10斤装: goods written on behind a house number, with a measure no house has. */
const goodsWithin = /(?<=[0-9号室楼栋幢座户])(?![号室楼栋幢座户弄层单])[\u3400-\u9fff]{2,10}[0-9]{1,3}(?:件|双|箱|盒|袋|瓶|斤|公斤|kg|g|ml)装?(?:[x×*][0-9]{1,3})?$/i;

/** True for the name of goods with their amount, colour or size; never for something that also reads as a house. */
export function looksLikeGoods(text: string): boolean {
  return goods.test(text) && /[\u3400-\u9fff×*]/.test(text) && !placeLike.test(text) && !/\*{2,}|^[\u3400-\u9fff]\*+$|(?:村|组|屯|队|社)[0-9]*$/.test(text);
}

/** True for words that ask for something rather than name a place. */
export function looksLikeNote(text: string): boolean {
  if (/(?:寄|发|送)(?:到|往|给|去)$|(?:寄|发|送)(?:到|往|给|去)?(?:这里|这儿|这边|这个地址|下面|以下地址)[:：]?$|^(?:京东|淘宝|天猫|拼多多|抖音|抖店|快手|小红书|微信|唯品会|有赞|微店)(?:订单|小店|商城)?$/.test(text)) return true;
  const found = requests.exec(text);
  if (found === null) return false;
  if (!placeLike.test(text)) return true;
  // 请放菜鸟驿站, 不要送菜鸟驿站: a request although it names a place.
  return /^(?:请|麻烦|不要|别|放|务必|一定|记得|帮|送货|送到|送上|派送|勿|先|如)/.test(text);
}

/** Where a note begins inside a text that starts as an address (…3号请放门口), or -1. */
export function noteWithin(text: string): number {
  const match = /(?<=号|室|楼|栋|幢|座|单元|户|[0-9])(?=(?:请|麻烦|不要|务必|尽快|谢谢|放门口|放在|送货前|到了打|先打|记得|别放|别打))/.exec(text);
  if (match !== null) return match.index;
  const written = goodsWithin.exec(text);
  return written === null || placeWords.test(written[0].replace(/[0-9].*$/, '')) ? -1 : written.index;
}
