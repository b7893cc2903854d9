/** The forms in which people write the name of a division. */

/** Peoples named in autonomous divisions, longer names first so that none is cut in two. */
const peoples = [
  '柯尔克孜', '乌孜别克', '哈萨克', '达斡尔', '鄂温克', '鄂伦春', '塔吉克', '塔塔尔', '俄罗斯', '维吾尔', '撒拉', '土家', '布依', '朝鲜', '哈尼', '傈僳', '拉祜', '东乡', '纳西', '景颇',
  '仫佬', '布朗', '毛南', '仡佬', '锡伯', '阿昌', '普米', '保安', '裕固', '独龙', '赫哲', '门巴', '珞巴', '基诺', '高山', '德昂', '蒙古', '各', '藏', '苗', '彝', '壮', '满', '侗', '瑶', '白', '傣', '黎',
  '佤', '畲', '水', '土', '羌', '怒', '京', '回',
];
/** Only these are also written without 族 in official names; 长白 must keep its 白. */
const withoutZu = ['柯尔克孜', '哈萨克', '塔吉克', '维吾尔', '锡伯', '蒙古'];

const peopleTail = new RegExp(`(?:(?:${peoples.join('|')})族|${withoutZu.join('|')})+$`);

/**
 * The distinctive part of a division's name: 玉龙纳西族自治县 → 玉龙, 恩施土家族苗族自治州 → 恩施, 昆山市 → 昆山, 东乡族自治县 → 东乡.
 * Empty when the name has no suffix to take away.
 */
export function coreOf(name: string): string {
  const autonomous = /^(.+)自治(?:州|县|旗|区)$/.exec(name)?.[1];
  if (autonomous !== undefined) {
    const place = autonomous.replace(peopleTail, '');
    // 内蒙古 and 东乡族 are named after the people itself.
    return place.length > 1 ? place : autonomous.replace(/族$/, '');
  }
  const plain = /^(.+?)(?:特别行政区|地区|新区|林区|特区|矿区|群岛|省|市|盟|县|旗|区)$/.exec(name)?.[1] ?? '';
  // 瀍河回族区, 管城回族区: districts of a people without the word autonomous.
  return plain.endsWith('族') ? plain.replace(peopleTail, '') : plain;
}

/** Everyday forms that keep a suffix, such as 恩施州, 积石山县, 浦东区: as telling as the full name, only shorter. */
export function styledNames(name: string, core: string): string[] {
  if (core.length < 2) return [];
  const suffix = /自治(州|县|旗)$/.exec(name)?.[1];
  if (suffix !== undefined) return [core + suffix];
  if (name.endsWith('族区')) return [`${core}区`];
  if (/(?:新区|林区|特区|矿区)$/.test(name)) return [`${core}区`];
  return [];
}

/**
 * The core with the suffix of another kind of county: people go on writing 崇明县 after it became 崇明区. Weak evidence, used
 * only beneath a province or city that the text names.
 */
export function restyledNames(name: string, core: string): string[] {
  if (core.length < 2) return [];
  return ['县', '区', '市'].map((suffix) => core + suffix).filter((other) => other !== name);
}

/** Popular short names that no rule gives. */
export const nicknames: Readonly<Record<string, string>> = {
  内蒙: '内蒙古自治区',
  乌市: '新疆维吾尔自治区/乌鲁木齐市',
  呼市: '内蒙古自治区/呼和浩特市',
  新疆生产建设兵团: '新疆维吾尔自治区',
  新疆兵团: '新疆维吾尔自治区',
  广西省: '广西壮族自治区',
  宁夏省: '宁夏回族自治区',
  新疆省: '新疆维吾尔自治区',
  西藏省: '西藏自治区',
  广西自治区: '广西壮族自治区',
  宁夏自治区: '宁夏回族自治区',
  新疆自治区: '新疆维吾尔自治区',
  内蒙古省: '内蒙古自治区',
  巴州: '新疆维吾尔自治区/巴音郭楞蒙古自治州',
  博州: '新疆维吾尔自治区/博尔塔拉蒙古自治州',
  克州: '新疆维吾尔自治区/克孜勒苏柯尔克孜自治州',
  昌吉州: '新疆维吾尔自治区/昌吉回族自治州',
  伊犁州: '新疆维吾尔自治区/伊犁哈萨克自治州',
  版纳: '云南省/西双版纳傣族自治州',
  锡盟: '内蒙古自治区/锡林郭勒盟',
  阿盟: '内蒙古自治区/阿拉善盟',
  黔东南: '贵州省/黔东南苗族侗族自治州',
  莫旗: '内蒙古自治区/呼伦贝尔市/莫力达瓦达斡尔族自治旗',
  克旗: '内蒙古自治区/赤峰市/克什克腾旗',
  翁旗: '内蒙古自治区/赤峰市/翁牛特旗',
  喀旗: '内蒙古自治区/赤峰市/喀喇沁旗',
  阿鲁旗: '内蒙古自治区/赤峰市/阿鲁科尔沁旗',
  苏左旗: '内蒙古自治区/锡林郭勒盟/苏尼特左旗',
  苏右旗: '内蒙古自治区/锡林郭勒盟/苏尼特右旗',
  太旗: '内蒙古自治区/锡林郭勒盟/太仆寺旗',
  准旗: '内蒙古自治区/鄂尔多斯市/准格尔旗',
  达旗: '内蒙古自治区/鄂尔多斯市/达拉特旗',
  伊旗: '内蒙古自治区/鄂尔多斯市/伊金霍洛旗',
  鄂前旗: '内蒙古自治区/鄂尔多斯市/鄂托克前旗',
  鄂旗: '内蒙古自治区/鄂尔多斯市/鄂托克旗',
  额旗: '内蒙古自治区/阿拉善盟/额济纳旗',
  新左旗: '内蒙古自治区/呼伦贝尔市/新巴尔虎左旗',
  新右旗: '内蒙古自治区/呼伦贝尔市/新巴尔虎右旗',
  陈旗: '内蒙古自治区/呼伦贝尔市/陈巴尔虎旗',
  达茂旗: '内蒙古自治区/包头市/达尔罕茂明安联合旗',
  科右前旗: '内蒙古自治区/兴安盟/科尔沁右翼前旗',
  科右中旗: '内蒙古自治区/兴安盟/科尔沁右翼中旗',
  科左中旗: '内蒙古自治区/通辽市/科尔沁左翼中旗',
  科左后旗: '内蒙古自治区/通辽市/科尔沁左翼后旗',
  土左旗: '内蒙古自治区/呼和浩特市/土默特左旗',
  土右旗: '内蒙古自治区/包头市/土默特右旗',
  乌前旗: '内蒙古自治区/巴彦淖尔市/乌拉特前旗',
  乌中旗: '内蒙古自治区/巴彦淖尔市/乌拉特中旗',
  乌后旗: '内蒙古自治区/巴彦淖尔市/乌拉特后旗',
  阿左旗: '内蒙古自治区/阿拉善盟/阿拉善左旗',
  阿右旗: '内蒙古自治区/阿拉善盟/阿拉善右旗',
  察右前旗: '内蒙古自治区/乌兰察布市/察哈尔右翼前旗',
  察右中旗: '内蒙古自治区/乌兰察布市/察哈尔右翼中旗',
  察右后旗: '内蒙古自治区/乌兰察布市/察哈尔右翼后旗',
  西乌旗: '内蒙古自治区/锡林郭勒盟/西乌珠穆沁旗',
  东乌旗: '内蒙古自治区/锡林郭勒盟/东乌珠穆沁旗',
  喀左县: '辽宁省/朝阳市/喀喇沁左翼蒙古族自治县',
  杜蒙县: '黑龙江省/大庆市/杜尔伯特蒙古族自治县',
  前郭县: '吉林省/松原市/前郭尔罗斯蒙古族自治县',
};
