/** Masking of phone numbers. */

const star = '*';
/** Digits that must not be readable. */
const hiddenDigits = 6;
/** Couriers ask for the last four digits, so they are the last to be hidden. */
const keptTail = 4;

/**
 * Hides at least six digits (all of a shorter number). Area code, country code and the extension of a virtual number stay
 * readable: without the extension nobody can be reached.
 * `13812345678` → `1******5678`; `0571-88886666` → `0571-******66`; `18412345678-0123` → `1******5678-0123`.
 */
export function maskPhone(phone: string): string {
  const trimmed = phone.trim();
  if (trimmed === '' || trimmed.includes(star)) return trimmed;
  return trimmed
    .split(/([,，;；/、]+\s*)/)
    .map((part, i) => (i % 2 === 0 ? maskOne(part) : part))
    .join('');
}

function maskOne(part: string): string {
  const extension = /^(.*\d.*?)\s*(转|分机|ext\.?|x|#)\s*(\d{1,6})$/iu.exec(part) ?? virtualExtension(part);
  const main = extension?.[1] ?? part;
  const tail = part.slice(main.length);
  const country = /^(\+?00?86|\+\d{1,3})[\s-]*/.exec(main)?.[0] ?? '';
  const national = main.slice(country.length);
  const area = /^(\(?0\d{2,3}\)?)([\s-]?)(?=\d{7,8}$)/.exec(national)?.[0] ?? '';
  return country + area + maskDigits(national.slice(area.length), area !== '') + tail;
}

/** `11 digits - 1…6 digits` is a virtual number with its extension; `0571-88886666` is not, it starts with an area code. */
function virtualExtension(part: string): RegExpExecArray | null {
  return /^(\+?[\d\s]*1\d{10}|0\d{2,3}-?\d{7,8}|[48]00-?\d{3}-?\d{4})(-)(\d{1,6})$/.exec(part);
}

function maskDigits(text: string, isLandline: boolean): string {
  const total = text.replace(/\D/g, '').length;
  const visible = Math.max(0, total - hiddenDigits);
  const tail = Math.min(visible, keptTail);
  // Of a longer number the surplus before the hidden run stays; landlines are short, so all that may stay is the end.
  const head = isLandline ? 0 : Math.min(visible - tail, 3);
  let seen = 0;
  return Array.from(text, (character) => {
    if (!/\d/.test(character)) return character;
    seen++;
    return seen <= head || seen > total - tail ? character : star;
  }).join('');
}
