/**
 * Province and city names as freight tables and orders write them. Only what pricing needs: one short spelling per place, so that
 * 浙江, 浙江省 and "浙江 " are the same row of a table.
 */

/** The 31 provinces of mainland China in the order of the administrative code, then Hong Kong, Macao, Taiwan. */
export const provinces = [
  '北京', '天津', '河北', '山西', '内蒙古', '辽宁', '吉林', '黑龙江', '上海', '江苏', '浙江', '安徽', '福建', '江西', '山东', '河南',
  '湖北', '湖南', '广东', '广西', '海南', '重庆', '四川', '贵州', '云南', '西藏', '陕西', '甘肃', '青海', '宁夏', '新疆',
  '香港', '澳门', '台湾',
] as const;

/** Provinces a freight table is expected to cover; the three others are served by special contracts. */
export const mainlandProvinces: readonly string[] = provinces.slice(0, 31);

const known = new Set<string>(provinces);

/** English names for the screen. */
export const provinceNames: Readonly<Record<string, string>> = {
  北京: 'Beijing', 天津: 'Tianjin', 河北: 'Hebei', 山西: 'Shanxi', 内蒙古: 'Inner Mongolia', 辽宁: 'Liaoning', 吉林: 'Jilin',
  黑龙江: 'Heilongjiang', 上海: 'Shanghai', 江苏: 'Jiangsu', 浙江: 'Zhejiang', 安徽: 'Anhui', 福建: 'Fujian', 江西: 'Jiangxi',
  山东: 'Shandong', 河南: 'Henan', 湖北: 'Hubei', 湖南: 'Hunan', 广东: 'Guangdong', 广西: 'Guangxi', 海南: 'Hainan', 重庆: 'Chongqing',
  四川: 'Sichuan', 贵州: 'Guizhou', 云南: 'Yunnan', 西藏: 'Tibet', 陕西: 'Shaanxi', 甘肃: 'Gansu', 青海: 'Qinghai', 宁夏: 'Ningxia',
  新疆: 'Xinjiang', 香港: 'Hong Kong', 澳门: 'Macao', 台湾: 'Taiwan',
};

/** The short name of a province however it was written, or the trimmed text when it is none of the 34. */
export function normalizeProvince(text: string): string {
  const trimmed = text.replace(/\s+/gu, '');
  if (known.has(trimmed)) return trimmed;
  const short = trimmed.replace(/(?:维吾尔自治区|壮族自治区|回族自治区|自治区|特别行政区|省|市)$/u, '');
  return known.has(short) ? short : trimmed;
}

/** True for one of the 34 provinces, in any of their spellings. */
export function isProvince(text: string): boolean {
  return known.has(normalizeProvince(text));
}

/** The short name of a city: 杭州市 → 杭州. Prefectures and leagues keep their full name, they are never written short on a bill. */
export function normalizeCity(text: string): string {
  const trimmed = text.replace(/\s+/gu, '');
  return trimmed.length > 2 && trimmed.endsWith('市') ? trimmed.slice(0, -1) : trimmed;
}
