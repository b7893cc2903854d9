/** Masking of free text: notes of buyers and sellers often hold a phone number. */
import { maskPhone } from './phone.ts';

/** Mobile numbers with or without country code and separators, and landlines with their area code. */
const phonePattern = /(?<![\d-])(?:(?:\+?86[\s-]?)?1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}|0\d{2,3}-\d{7,8})(?:\s*(?:转|-)\s*\d{1,6})?(?!\d)/gu;

/** Hides the phone numbers in a text; the rest stays. */
export function maskText(text: string): string {
  return text.replace(phonePattern, (phone) => maskPhone(phone));
}
