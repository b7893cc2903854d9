/** The conditions of the page in words. */
import type { Shop } from '../../../common/contract/shops.ts';
import type { Locale } from '../../../common/error-texts.ts';
import { money } from '../../ui/format.ts';
import { carrierName } from '../carriers/names.ts';
import type { useFilterTexts } from './filterTexts.ts';
import type { PageFilter } from './usePageState.ts';

export const provinces = ['北京市', '天津市', '河北省', '山西省', '内蒙古自治区', '辽宁省', '吉林省', '黑龙江省', '上海市', '江苏省', '浙江省', '安徽省', '福建省', '江西省', '山东省', '河南省', '湖北省', '湖南省', '广东省', '广西壮族自治区', '海南省', '重庆市', '四川省', '贵州省', '云南省', '西藏自治区', '陕西省', '甘肃省', '青海省', '宁夏回族自治区', '新疆维吾尔自治区', '台湾省', '香港特别行政区', '澳门特别行政区'];

export interface FilterTag {
  /** Conditions the tag stands for. */
  readonly keys: readonly (keyof PageFilter)[];
  readonly text: string;
}

export function filterTags(filter: PageFilter, { t, locale, shops }: { t: ReturnType<typeof useFilterTexts>; locale: Locale; shops: readonly Shop[] }): FilterTag[] {
  const tags: FilterTag[] = [];
  const add = (keys: readonly (keyof PageFilter)[], label: string, value: string | undefined): void => {
    if (value !== undefined) tags.push({ keys, text: `${label}: ${value}` });
  };
  const range = (from: string | undefined, to: string | undefined): string | undefined => (from === undefined && to === undefined ? undefined : [from ?? '', t('upTo'), to ?? ''].join(' ').trim());
  const fen = (value: number | undefined): string | undefined => (value === undefined ? undefined : money(value, locale));
  add(['shopIds'], t('shop'), filter.shopIds?.map((id) => shops.find((shop) => shop.id === id)?.name ?? t('gone')).join(' / '));
  add(['carrier'], t('carrier'), filter.carrier && carrierName(filter.carrier, locale));
  add(['flag'], t('flag'), filter.flag && t(filter.flag));
  add(['hasNote'], t('note'), filter.hasNote === undefined ? undefined : t(filter.hasNote ? 'noted' : 'unnoted'));
  add(['deadline'], t('deadline'), filter.deadline && t(`due_${filter.deadline}`));
  add(['item'], t('item'), filter.item);
  add(['platform'], t('platform'), filter.platform && t(filter.platform));
  add(['province'], t('province'), filter.province);
  add(['printed'], t('printed'), filter.printed === undefined ? undefined : t(filter.printed ? 'printedYes' : 'printedNo'));
  add(['receiver'], t('receiver'), filter.receiver && t(filter.receiver));
  add(['alarm'], t('alarm'), filter.alarm ? t('alarmYes') : undefined);
  add(['minFen', 'maxFen'], t('amount'), range(fen(filter.minFen), fen(filter.maxFen)));
  add(['from', 'to'], t('time'), range(filter.from?.slice(0, 10), filter.to?.slice(0, 10)));
  return tags;
}
