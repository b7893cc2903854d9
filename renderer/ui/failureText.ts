import { errorText } from '../../common/error-texts.ts';
import type { Locale } from '../../common/error-texts.ts';
import { errorCatalog } from '../../common/errors.ts';
import type { AppError } from '../../common/errors.ts';

/** The sentence of a failure that came as data (of one label, of one row). */
export function failureText(failure: { readonly code: string; readonly data: unknown }, locale: Locale): string {
  return Object.hasOwn(errorCatalog, failure.code) ? errorText(failure as AppError, locale) : failure.code;
}
