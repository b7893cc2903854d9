/** Lengths, widths, colours and styles of the Cainiao language, in ours. */
import type { Branch } from './tree.ts';

export const micrometresPerPoint = 352.78;

const lengthForm = /^\s*(-?[\d.]+)\s*(mm|pt)?\s*$/;

export function isLength(text: string): boolean {
  return lengthForm.test(text);
}

/** A length of the language in micrometres: millimetres unless it says pt. */
export function micrometres(value: string | undefined, fallback: number): number {
  const match = lengthForm.exec(value ?? '');
  if (match === null) return Math.round(fallback);
  return Math.round(Number(match[1]) * (match[2] === 'pt' ? micrometresPerPoint : 1_000));
}

/** A width of lines: points unless it says mm. */
export function lineWidth(value: string | undefined, least: number): number {
  const given = Number.parseFloat(value ?? '1');
  return clamp(Math.round((Number.isNaN(given) ? 1 : given) * (/mm\s*$/.test(value ?? '') ? 1_000 : micrometresPerPoint)), least, 20_000);
}

/** Top, right, bottom, left of one to four values, as in CSS. */
export function sides(value: string): readonly [string, string, string, string] {
  const [top = '0', right = top, bottom = top, left = right] = value.trim().split(/\s+/);
  return [top, right, bottom, left];
}

/** How light a colour is, 0 to 255; undefined for none. */
export function lightness(colour: string | undefined): number | undefined {
  const digits = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(colour?.trim() ?? '')?.[1];
  if (digits === undefined) return undefined;
  const [red = 0, green = 0, blue = 0] = (digits.length === 3 ? Array.from(digits, (one) => one + one) : (digits.match(/../g) ?? [])).map((one) => Number.parseInt(one, 16));
  return (red * 299 + green * 587 + blue * 114) / 1_000;
}
export const isDark = (colour: string | undefined): boolean => (lightness(colour) ?? 255) < 100;
export const isLight = (colour: string | undefined): boolean => (lightness(colour) ?? 0) > 155;

/** `name:value;` pairs, names in lower case. */
export function styleOf(branch: Branch): Record<string, string> {
  const style: Record<string, string> = {};
  for (const pair of (branch.attributes['style'] ?? '').split(';')) {
    const colon = pair.indexOf(':');
    if (colon > 0) style[pair.slice(0, colon).trim().toLowerCase()] = pair.slice(colon + 1).trim();
  }
  return style;
}

export function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
