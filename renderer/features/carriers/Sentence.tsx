import type { CarrierRule } from '../../../common/contract/orders.ts';
import type { Shop } from '../../../common/contract/shops.ts';
import { useLocale } from '../../i18n/index.ts';
import { money, weight } from '../../ui/format.ts';
import { useSettingsTexts } from '../settings/texts.ts';
import { carrierName, placeName } from './names.ts';
import { useCarrierTexts } from './texts.ts';

/** Names written out in a sentence; more are counted. */
const named = 5;

/** A rule as it would be said: where to, how heavy, which shop … → which carrier. */
export function Sentence({ rule: { conditions, carrierCode, product }, shops }: { rule: Pick<CarrierRule, 'conditions' | 'carrierCode' | 'product'>; shops: readonly Shop[] }) {
  const t = useCarrierTexts();
  const platform = useSettingsTexts();
  const locale = useLocale();
  const list = (words: readonly string[]): string => (words.length <= named ? words.join(t('or')) : t('andMore', { words: words.slice(0, named).join(t('or')), count: words.length }));
  const quoted = (words: readonly string[]): string => list(words.map((word) => t('quoted', { word })));
  const range = (least: number | undefined, most: number | undefined, of: (value: number) => string): string =>
    least !== undefined && most !== undefined ? t('between', { least: of(least), most: of(most) }) : least !== undefined ? t('atLeast', { least: of(least) }) : t('atMost', { most: of(most ?? 0) });
  const { places = [], shopIds = [], platforms = [], items = [], notes = [], minGrams, maxGrams, minFen, maxFen } = conditions;
  const parts = [
    places.length > 0 && t('saysPlaces', { words: list(places.map(placeName)) }),
    (minGrams !== undefined || maxGrams !== undefined) && t('saysWeight', { words: range(minGrams, maxGrams, (grams) => weight(grams, locale)) }),
    (minFen !== undefined || maxFen !== undefined) && t('saysAmount', { words: range(minFen, maxFen, (fen) => money(fen, locale)) }),
    shopIds.length > 0 && t('saysShops', { words: list(shopIds.map((id) => shops.find((shop) => shop.id === id)?.name ?? '?')) }),
    platforms.length > 0 && t('saysPlatforms', { words: list(platforms.map((one) => platform(one))) }),
    items.length > 0 && t('saysItems', { words: quoted(items) }),
    notes.length > 0 && t('saysNotes', { words: quoted(notes) }),
  ].filter((part) => part !== false);
  return (
    <span>
      {parts.length === 0 ? t('saysAll') : parts.join(t('and'))} <span aria-hidden>→</span> <strong>{carrierName(carrierCode, locale)}</strong> {product}
    </span>
  );
}
