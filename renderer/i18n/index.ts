/**
 * Texts of the screen. Each feature keeps its sentences in one `texts.ts`, Chinese and English side by side, so that neither is
 * forgotten; i18next fills in values and plurals (`key_one`, `key_other`) and switches at run time.
 */
import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import type { Locale } from '../../common/error-texts.ts';

const localeKey = 'packbench.locale';

void i18next.use(initReactI18next).init({
  lng: localStorage.getItem(localeKey) ?? 'zh-CN',
  fallbackLng: 'zh-CN',
  resources: {},
  interpolation: { escapeValue: false },
  keySeparator: false,
  nsSeparator: false,
  returnNull: false,
});

type Plain<K extends string> = K extends `${infer Base}_one` | `${infer Base}_other` ? Base : K;

export type Texts<K extends string> = { readonly zh: Readonly<Record<K, string>>; readonly en: Readonly<Record<NoInfer<K>, string>> & Readonly<Record<string, string>> };

/** Registers the texts of a feature and returns the hook that reads them: `const t = useTexts(); t('title')`. */
export function defineTexts<K extends string>(feature: string, texts: Texts<K>) {
  i18next.addResourceBundle('zh-CN', feature, texts.zh);
  i18next.addResourceBundle('en', feature, texts.en);
  return function useTexts() {
    const { t } = useTranslation(feature);
    return (key: Plain<K>, values?: Readonly<Record<string, string | number>>): string => t(key, values ?? {});
  };
}

/** The language now on screen. */
export function useLocale(): Locale {
  return useTranslation().i18n.language === 'en' ? 'en' : 'zh-CN';
}

export function currentLocale(): Locale {
  return i18next.language === 'en' ? 'en' : 'zh-CN';
}

export function setLocale(locale: Locale): void {
  localStorage.setItem(localeKey, locale);
  document.documentElement.lang = locale;
  void i18next.changeLanguage(locale);
}
