/** What people call the platforms shops sell on. */
import type { Locale } from '../error-texts.ts';

const names: Readonly<Record<string, Readonly<Record<Locale, string>>>> = {
  taobao: { 'zh-CN': '淘宝/天猫', en: 'Taobao/Tmall' },
  pdd: { 'zh-CN': '拼多多', en: 'Pinduoduo' },
  douyin: { 'zh-CN': '抖音', en: 'Douyin' },
  jd: { 'zh-CN': '京东', en: 'JD' },
  '1688': { 'zh-CN': '1688', en: '1688' },
  kuaishou: { 'zh-CN': '快手', en: 'Kuaishou' },
  xiaohongshu: { 'zh-CN': '小红书', en: 'Xiaohongshu' },
  youzan: { 'zh-CN': '有赞', en: 'Youzan' },
  offline: { 'zh-CN': '线下', en: 'Offline' },
};

/** Name of a platform; a code nobody knows is its own name. */
export function platformName(code: string, locale: Locale): string {
  return names[code]?.[locale] ?? code;
}
