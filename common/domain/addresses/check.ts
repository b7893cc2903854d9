/** Whether an address can be printed and shipped from: every level against the tables, the number by its form. */
import type { Divisions } from './divisions.ts';
import { foldText, hasInformation } from './fold.ts';
import { findPhones } from './phones.ts';
import { longestDetail } from './types.ts';
import type { AddressProblem } from './types.ts';

export interface AddressParts {
  readonly contact: string;
  readonly phone: string;
  readonly extension: string;
  readonly privacyPhone: string;
  readonly province: string;
  readonly city: string;
  readonly district: string;
  readonly town: string;
  readonly detail: string;
  readonly postcode: string;
}

export interface AddressFinding {
  readonly field: keyof AddressParts;
  readonly problem: AddressProblem;
  /** An `error` keeps the address from being saved; a `warning` is shown. */
  readonly severity: 'error' | 'warning';
  readonly text: string;
}

/** All findings, errors first. Empty: fine. */
export function checkAddress(parts: AddressParts, divisions: Divisions): AddressFinding[] {
  const findings: AddressFinding[] = [];
  const find = (field: keyof AddressParts, problem: AddressProblem, severity: AddressFinding['severity'] = 'error'): void => void findings.push({ field, problem, severity, text: parts[field] });

  if (!hasInformation(parts.contact)) find('contact', 'missing');
  if (parts.phone === '') find('phone', 'missing');
  else if (!isPhone(parts.phone)) find('phone', 'form');
  if (parts.privacyPhone !== '' && !isPhone(parts.privacyPhone, true) && !isServiceNumber(parts.privacyPhone)) find('privacyPhone', 'form');
  if (parts.extension !== '' && !/^[0-9]{1,6}$/.test(parts.extension)) find('extension', 'form');
  if (parts.postcode !== '' && !/^[0-9]{6}$/.test(parts.postcode)) find('postcode', 'form');

  const province = divisions.byPath(parts.province);
  if (parts.province === '') find('province', 'missing');
  else if (province === undefined) find('province', 'unknown');
  const city = province && divisions.byPath(`${parts.province}/${parts.city}`);
  if (parts.city === '') find('city', 'missing');
  else if (province !== undefined && city === undefined) find('city', divisions.surfaces(foldText(parts.city)).some((one) => one.kind === 'full') ? 'not-inside' : 'unknown');
  const hasDistricts = (city?.children.length ?? 0) > 0;
  const district = city && parts.district !== '' ? city.children.find((child) => child.name === parts.district) : undefined;
  if (parts.district === '') {
    if (hasDistricts) find('district', 'missing');
  } else if (city !== undefined && district === undefined) find('district', divisions.surfaces(foldText(parts.district)).some((one) => one.kind === 'full') ? 'not-inside' : 'unknown');
  const place = district ?? (hasDistricts ? undefined : city);
  // The tables of towns lag behind what is renamed each year: a town they lack is doubted, not refused.
  if (parts.town !== '' && place !== undefined && place.towns.length > 0 && !place.towns.includes(parts.town)) find('town', 'unknown', 'warning');

  if (!hasInformation(parts.detail)) find('detail', 'missing');
  else if (parts.detail.length > longestDetail) find('detail', 'too-long');
  else if (!/[0-9一二三四五六七八九十]/.test(parts.detail)) find('detail', 'form', 'warning');
  return findings.sort((a, b) => (a.severity === b.severity ? 0 : a.severity === 'error' ? -1 : 1));
}

/** 95… and 96…: numbers that stand for others, as privacy services give them out. */
function isServiceNumber(text: string): boolean {
  return /^9[56][0-9]{3,13}(?:-[0-9]{1,6})?$/.test(foldText(text.trim()));
}

/** True when the whole text is one phone number without mask, and without extension unless it may have one. */
function isPhone(text: string, mayHaveExtension = false): boolean {
  const folded = foldText(text.trim());
  const [found, ...more] = findPhones(folded);
  return found !== undefined && more.length === 0 && found.start === 0 && found.end === folded.length && !found.masked && !found.cut && (mayHaveExtension || found.extension === '');
}
