/** Several recipients in one paste: where one ends and the next begins. */
import type { Divisions } from './divisions.ts';
import { foldText, hasInformation } from './fold.ts';
import { findLabels } from './labels.ts';
import { nameScore } from './names.ts';
import { cutsOfLine } from './one-line.ts';
import { parseAddress } from './parse.ts';
import { cutText } from './pieces.ts';
import { findChains } from './regions.ts';
import type { ParsedAddress } from './types.ts';

export interface ParsedRecipient {
  /** The part of the paste it was read from. */
  readonly text: string;
  readonly address: ParsedAddress;
}

interface LineFacts {
  readonly text: string;
  readonly phones: number;
  readonly region: boolean;
  readonly nameLabel: boolean;
  readonly detailLabel: boolean;
  /** No phone, no region, and it looks like a name. */
  readonly nameOnly: boolean;
  /** Whom it names with certainty, '' when it names nobody. */
  readonly name: string;
  /** A region with a street behind it: somewhere a parcel can go. */
  readonly place: boolean;
}

/** More recipients than this in one paste are refused by the caller; it is what a person can check on a screen. */
export const mostRecipients = 500;

/** A line that only numbers what follows (2.), or who wrote in a chat and when (小李 11-20 14:35): nothing of a recipient, but the next one begins. */
const betweenRecipients = /(?:^|\n)[ \t]*(?:[(（]?[0-9]{1,3}[.、)）．:：]|[\u2460-\u2473]|[^\n0-9]{1,20}[ \t]+(?:20[0-9]{2}[-/年.])?[01]?[0-9][-/月.][0-3]?[0-9]日?[ \t]+[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?)[ \t]*(?=\r?\n|$)/g;

/**
 * Every recipient of a paste, in order. A blank line, a new set of labels, a second phone with a second region, or a second name with a
 * second place begins another one. Who has no phone stays a recipient of his own: joined to the next he would be sent the wrong parcel.
 */
export function parseAddresses(text: string, divisions: Divisions): ParsedRecipient[] {
  const parts = text
    .replace(betweenRecipients, '\n\n')
    .split(/\r?\n[ \t\u3000]*(?:[-=_*—]{3,}[ \t]*)?\r?\n|\r?\n[-=_*—]{3,}[ \t]*(?=\r?\n|$)/)
    .flatMap((block) => splitBlock(block, divisions))
    .map((part) => part.trim())
    .filter((part) => /[\p{L}\p{N}]/u.test(part));
  return joinFragments(parts, divisions).map((part) => ({ text: part, address: parseAddress(part, divisions) }));
}

function splitBlock(block: string, divisions: Divisions): string[] {
  const lines = block
    .split(/\r?\n/)
    .flatMap((line) => splitLine(line, divisions))
    .filter((line) => line.trim() !== '')
    .map((line) => factsOf(line, divisions));
  const groups: LineFacts[][] = [];
  lines.forEach((line, index) => {
    const group = groups.at(-1);
    if (group === undefined || startsNext(group, line, lines.slice(index + 1, index + 3))) groups.push([line]);
    else group.push(line);
  });
  return groups.map((group) => group.map((line) => line.text).join('\n'));
}

function startsNext(group: readonly LineFacts[], line: LineFacts, following: readonly LineFacts[]): boolean {
  const has = (pick: (facts: LineFacts) => boolean): boolean => group.some(pick);
  const complete = has((one) => one.phones > 0) && has((one) => one.region);
  if (line.nameLabel && has((one) => one.nameLabel)) return true;
  if (namesAnother(group, line) && has((one) => one.place) && (line.place || following.some((one) => one.place))) return true;
  if (!complete || line.detailLabel) return false;
  if (line.region) return true;
  const more = following.some((one) => one.region);
  if (line.phones > 0) return more;
  return (line.nameOnly || line.nameLabel) && more && following.some((one) => one.phones > 0);
}

/** Both name somebody, and not the same person. */
function namesAnother(group: readonly LineFacts[], next: LineFacts): boolean {
  return next.name !== '' && group.some((one) => one.name !== '') && group.every((one) => one.name !== next.name);
}

/** One line with several recipients between semicolons (or stops): each part has a region of its own, and a phone or a name and a street. */
function splitLine(line: string, divisions: Divisions): string[] {
  for (const separator of [/[;；]/, /[。|]/, /\t/]) {
    const parts = line.split(separator).filter((part) => /[\p{L}\p{N}]/u.test(part));
    if (parts.length < 2) continue;
    const facts = parts.map((part) => factsOf(part, divisions));
    if (facts.every((one) => isWhole(one) || (one.name !== '' && one.place))) return parts;
  }
  const cuts = cutsOfLine(line, divisions);
  const parts = cuts.map((start, index) => line.slice(start, cuts[index + 1]));
  return parts.length > 1 && parts.every((part) => isSure(part, divisions)) ? parts : [line];
}

/** Read alone it is somebody, somewhere, with a number, and leaves nothing open. */
function isSure(part: string, divisions: Divisions): boolean {
  const read = parseAddress(part, divisions);
  return read.name !== '' && read.phone !== '' && read.phone2 === undefined && read.city !== '' && hasInformation(read.detail) && read.ambiguities.length === 0 && read.confidence >= 0.6;
}

function isWhole(facts: LineFacts): boolean {
  return facts.phones > 0 && facts.region;
}

function factsOf(line: string, divisions: Divisions): LineFacts {
  const cut = cutText(line);
  const labels = findLabels(foldText(line));
  const region = findChains(cut.work, divisions).some((chain) => chain.score >= 3);
  const read = parseAddress(line, divisions);
  // An open question (鼓楼区 of which city) is a region too.
  const placed = region || read.ambiguities.some((one) => one.field !== 'phone');
  const bare = cut.pieces.length === 1 ? cut.work.slice(cut.pieces[0]?.start, cut.pieces[0]?.end).trim() : '';
  const nameLabel = labels.some((label) => label.role === 'name');
  const nameOnly = cut.phones.length === 0 && !region && bare !== '' && nameScore(bare) >= 2.5;
  // Latin words beside a place are as often a street (Huaihai Middle Road).
  const certain = nameScore(read.name) >= 2.5 && (nameLabel || nameOnly || /\p{Script=Han}/u.test(read.name));
  return {
    text: line,
    phones: cut.phones.length,
    region,
    nameLabel,
    detailLabel: labels.some((label) => label.role === 'detail' || label.role === 'town'),
    nameOnly,
    name: certain ? read.name : '',
    place: placed && hasInformation(read.detail),
  };
}

/**
 * Blank lines also stand inside one recipient (name, blank, phone, blank, address): parts that are no whole recipient are joined, but
 * never two that each name somebody else or each have a place of their own.
 */
function joinFragments(parts: readonly string[], divisions: Divisions): string[] {
  const facts = parts.map((part) => factsOf(part, divisions));
  if (facts.every(isWhole) || parts.length < 2) return [...parts];
  const joined: LineFacts[][] = [];
  facts.forEach((one, index) => {
    const group = joined.at(-1);
    const whole = group !== undefined && group.some((part) => part.phones > 0) && group.some((part) => part.region);
    const rest = facts.slice(index);
    const another = rest.some((part) => part.phones > 0) && rest.some((part) => part.region);
    const distinct = group !== undefined && (namesAnother(group, one) || (one.place && group.some((part) => part.place)));
    if (group === undefined || (whole && another) || distinct) joined.push([one]);
    else group.push(one);
  });
  return joined.map((group) => group.map((part) => part.text).join('\n'));
}
