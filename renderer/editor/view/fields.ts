import type { FieldValue, LabelField } from '../../../common/domain/label/fields.ts';
import { labelFields, readField } from '../../../common/domain/label/fields.ts';
import type { LabelData } from '../../../common/domain/label/data.ts';
import type { Locale } from '../../../common/error-texts.ts';

/** Fields for a picker, with what they hold in the data now on the canvas. */
export function pickableFields(data: LabelData, locale: Locale): { readonly field: LabelField; readonly title: string; readonly sample: string }[] {
  const scope = { data, part: { index: 1, total: 1 } };
  return labelFields.map((field) => ({ field, title: field.title[locale], sample: shown(readField(field.path, scope)) }));
}

export function fieldTitle(path: string, locale: Locale): string {
  return labelFields.find((field) => field.path === path)?.title[locale] ?? path;
}

function shown(value: FieldValue): string {
  if (value === null) return '';
  return Array.isArray(value) ? value.map(shown).join('，') : String(value);
}
