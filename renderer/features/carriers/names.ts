/** Carriers and places as a person reads them. */
import type { RulePlace } from '../../../common/contract/orders.ts';
import type { Locale } from '../../../common/error-texts.ts';
import { carriers, findCarrier } from '../../../common/domain/waybills/carriers.ts';
import { useCarrierTexts } from './texts.ts';

/** The short name of a carrier code; the code itself when nobody knows it. */
export function carrierName(code: string, locale: Locale): string {
  const carrier = findCarrier(code);
  return carrier === undefined ? code : locale === 'en' ? carrier.nameEn : carrier.shortName;
}

/** Carriers to choose from. */
export function carrierOptions(locale: Locale): { value: string; label: string }[] {
  return carriers.filter((carrier) => carrier.code !== 'OTHER').map((carrier) => ({ value: carrier.code, label: locale === 'en' ? carrier.nameEn : carrier.shortName }));
}

/** `浙江省 杭州市 余杭区`; a municipality is named once. */
export function placeName({ province, city, district }: RulePlace): string {
  return [province, city === province ? '' : city, district].filter((part) => part !== '').join(' ');
}

/** True when no carrier that was wanted goes there; without rules the pool decides when the number is drawn. */
export function isUnreachable({ carrierCode, reason }: { readonly carrierCode: string; readonly reason: string }): boolean {
  return carrierCode === '' && reason.includes('✕');
}

/** The reason of a choice: the name of a rule, or why there is none; carriers passed over stand behind it. */
export function useReason(locale: Locale): (reason: string) => string {
  const t = useCarrierTexts();
  return (reason) => {
    const [, name = reason, passed = ''] = /^(.*?)(?: \(([^()]*✕)\))?$/.exec(reason) ?? [];
    const words: Readonly<Record<string, string>> = { fallback: t('reasonFallback'), none: t(passed === '' ? 'reasonOpen' : 'reasonNone'), manual: t('reasonManual') };
    const carriersPassed = passed.split(' ').filter((part) => part !== '').map((part) => carrierName(part.replace('✕', ''), locale));
    return `${words[name] ?? name}${carriersPassed.length === 0 ? '' : t('reasonPassed', { carriers: carriersPassed.join('、') })}`;
  };
}
