import type { useActionTexts } from './actionTexts.ts';

/** The reason of a carrier as people read it: a rule says its own name. */
export function reasonText(reason: string, t: ReturnType<typeof useActionTexts>): string {
  return reason.replace(/^fallback/, t('fallback')).replace(/^none/, t('noCarrier')).replace(/^manual/, t('manual'));
}
