/** How much a piece of text looks like a person's (or a shop's) name rather than a part of an address. */

const surnames = new Set(
  ('王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏傅方邹熊白孟秦邱侯江尹薛闫阎雷龙黎史陶贺毛段郝顾龚邵覃武钱戴严莫孔向常汤康易乔赖庞樊兰殷施洪翟安颜倪' +
    '牛温芦季俞章鲁葛伍申尤毕聂柴焦欧柳邢岳齐梅庄辛管祝左涂祁时耿牟卜路詹关苗凌费纪靳盛童欧甘项曲成游阳裴席卫查屈鲍位覃霍翁隋植甄景薄单包司柏宁柯阮桂闵解强丛华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙薄伏岑习胥保和蔺水云昌凤俞酆平皮卡嵇蓬麻危别庾终暨居衡步耶弘国文寇广禄阙东殴殳沃利蔚越夔隆师厍勾融訾阚那空毋乜养须丰巢蒯相后红游竺权逯益桓公晁籍茹秋仝代么尚祖支占战卿候承粟啜经鹿牧海才佘宿羊惠闻幸印邴松茅初冶' +
    '闭补仁展丑布户撒信回拜初修忻矫丹闪门敬谯勇' )
    .split(''),
);

const compoundSurnames = ['欧阳', '太史', '端木', '上官', '司马', '东方', '独孤', '南宫', '万俟', '闻人', '夏侯', '诸葛', '尉迟', '公羊', '赫连', '澹台', '皇甫', '宗政', '濮阳', '公冶', '太叔', '申屠', '公孙', '慕容', '仲孙', '钟离', '长孙', '宇文', '司徒', '鲜于', '司空', '闾丘', '令狐', '百里', '呼延', '东郭', '南门', '轩辕', '公西', '拓跋', '第五', '西门', '东门', '左丘', '梁丘', '淳于', '单于', '巫马', '漆雕', '乐正', '公良', '段干', '谷梁', '司寇', '亓官', '颛孙', '北宫', '羊舌', '相里', '纳兰', '耶律', '完颜', '叶赫', '富察'];

const titles = /(?:先生|女士|小姐|太太|夫人|老师|老板娘|老板|阿姨|叔叔|师傅|同学|经理|总监|医生|主任|会计|前台|门卫|店长|掌柜|妈妈|爸爸|奶奶|爷爷|大哥|大姐|小哥|[哥姐叔婶总工])$/;

/** How a buyer speaks to the shop; somebody's name only where nothing better is. */
const salutation = /^(?:老板娘?|亲+|掌柜的?|店家|店主|店长|卖家|商家|客服|小二|帅哥|美女|师傅)$/;

/** Ends or parts that tell an address: a piece with one of them is not a person. */
export const placeWords =
  /(?:[0-9一二三四五六七八九十]+(?:号|弄|栋|幢|座|室|楼|层|单元|组|排|连|团)|(?:大道|路|街|巷|胡同|弄|村|屯|庄|组|社区|小区|花园|家园|公寓|大厦|大楼|广场|新村|新城|名苑|佳苑|华庭|公馆|山庄|别墅|市场|商场|商城|超市|医院|学校|大学|中学|小学|幼儿园|学院|宾馆|酒店|银行|车站|驿站|工业园|产业园|科技园|园区|新区|开发区|高新区|厂|苑|府|里|居|湾|庭|阁|轩|城|小镇|街道|镇|乡|公司|研究所|派出所|村委会|居委会|快递柜|丰巢|代收点|门口|门卫室|收发室|传达室|物业)$|(?:东|西|南|北|中)(?:路|街|门|侧)|(?:对面|旁边|附近|交叉口|路口|隔壁|楼下|内|旁)$)/;

/** Shops and companies: may be the addressee when there is no person. */
const establishment = /(?:店|铺|馆|房|坊|行|社|屋|吧|室|部|中心|公司|工作室|超市|药房|杂货铺|照相馆|烘焙|厨房)$/;

/** True for words that end as a shop, a company or a room does. */
export function isEstablishment(text: string): boolean {
  return establishment.test(text);
}

/** True when a Han text of 2 to 4 characters can be a family name with a given name. */
export function startsWithSurname(text: string): boolean {
  const compound = compoundSurnames.some((surname) => text.startsWith(surname));
  if (compound && text.length >= 3 && text.length <= 4) return true;
  return surnames.has(text.charAt(0)) && text.length >= 2 && text.length <= 3;
}

/**
 * A score: above 4 surely a name, 2 to 4 probably, below 1 no. `text` is folded, trimmed, without its role label.
 */
export function nameScore(text: string): number {
  const bare = text.replace(/[[(（【][^\])）】]*[\])）】]/g, '').replace(/\s+/g, ' ').trim();
  if (bare === '') return 0;
  if (/^[\u4e00-\u9fffA-Za-z]{1,3}\*+[\u4e00-\u9fff]?$/.test(bare) || /^\*+[\u4e00-\u9fff]{1,2}$/.test(bare)) return 6;
  if (/^\*+$/.test(bare)) return 0.5;
  if (/[0-9]/.test(bare) && placeWords.test(bare)) return -5;
  if (salutation.test(bare)) return 1.2;
  if (/^[\u4e00-\u9fff]{1,6}$/.test(bare) && titles.test(bare) && !placeWords.test(bare)) return 6;
  if (/^[\u3400-\u9fff]{2,12}(?:[·•・.][\u3400-\u9fff]{1,12})+$/.test(bare)) return 6;
  // 西门吹雪 is no gate.
  const given = compoundSurnames.some((surname) => bare.startsWith(surname)) && bare.length <= 4 ? bare.slice(2) : bare;
  const place = placeWords.test(given) ? 4 : 0;
  const shop = establishment.test(bare) ? 1.5 : 0;
  if (/^[\u3400-\u9fff]{2,4}$/.test(bare)) {
    const score = startsWithSurname(bare) ? 5 : surnames.has(bare.charAt(0)) ? 3 : 2.6;
    // 鲁班里, 马路: a person may be called 李里, but 4 characters ending in 花园 are no person.
    return score - (bare.length >= 3 ? place : place / 2) - shop;
  }
  if (/^[\u3400-\u9fff]{5,14}$/.test(bare)) return 1.6 - place - shop / 3;
  if (/^[A-Za-z][A-Za-z .'-]{1,40}$/.test(bare)) return 3;
  if (/^[\u3400-\u9fff]$/.test(bare)) return 1.2;
  return (/[0-9]/.test(bare) ? 0.9 : 1.4) - place;
}

/** Where a name begins at the end of an address without separator (…1803室齐例五), or -1: behind a sure end of a house number. */
export function nameAtEnd(whole: string): number {
  // 徐霞客收, 胡雪岩(老胡): the word on the envelope and what friends say stand behind the name.
  const text = whole.replace(/(?:[(（【[][^()（）【】[\]]{1,8}[)）】\]])?[(（]?收?[)）]?$/u, '');
  const match = /(?:号楼|号院|号|室|栋|幢|座|楼|单元|层|户|[0-9A-Za-z]|铺|店|房|馆|站|柜|院|园|府|苑|居|厦|场|城|庭|村|组|排|屯|里|巷|[)）\]】])([\u3400-\u9fff]{2,4})$/.exec(text);
  if (match === null) return -1;
  // Shortest piece first would split 欧阳; try 4 (compound), 3, then 2.
  for (const length of [4, 3, 2]) {
    const tail = text.slice(-length);
    const before = text.charAt(text.length - length - 1);
    if (/^[\u3400-\u9fff]+$/.test(tail) && /[号室栋幢座楼元层户0-9A-Za-z铺店房馆站柜院园府苑居厦场城庭村组排屯里巷)）\]】]/.test(before) && (startsWithSurname(tail) || /^[小阿][\u3400-\u9fff]{1,2}$/.test(tail) || (tail.length === 2 && tail.startsWith('老') && surnames.has(tail.charAt(1))) || (titles.test(tail) && surnames.has(tail.charAt(0)))) && !placeWords.test(tail) && !/[店铺馆房站园苑]$/.test(tail)) return text.length - length;
  }
  return -1;
}
