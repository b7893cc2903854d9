/** Short names by rule: a title that contains some words, or matches a pattern, gets a text. First rule that fits wins. */

export const ruleKinds = ['contains', 'regex'] as const;
export type RuleKind = (typeof ruleKinds)[number];

export interface ShortNameRule {
  readonly kind: RuleKind;
  /** contains: words that must all occur, separated by spaces; regex: a pattern. */
  readonly pattern: string;
  /** What the item is called; a regex may put its groups in with $1 … $9. */
  readonly text: string;
}

/** Why a rule cannot be used. too-long: over 200 characters; syntax: no pattern; slow: could take seconds on a hostile title. */
export type RuleProblem = 'empty' | 'too-long' | 'syntax' | 'slow';

export const longestPattern = 200;
/** Titles are read to this length by patterns. */
const longestSubject = 300;

/** Checks a rule without running it; undefined when it is fine. */
export function ruleProblem(rule: Pick<ShortNameRule, 'kind' | 'pattern'>): RuleProblem | undefined {
  if (rule.pattern.trim() === '') return 'empty';
  if (rule.pattern.length > longestPattern) return 'too-long';
  if (rule.kind === 'contains') return undefined;
  try {
    void new RegExp(rule.pattern, 'iu');
  } catch {
    return 'syntax';
  }
  return couldBeSlow(rule.pattern) ? 'slow' : undefined;
}

/**
 * The name a rule gives, or undefined when it does not fit or may not run. Case, full-width forms and blanks do not matter for
 * `contains`.
 */
export function applyRule(rule: ShortNameRule, title: string): string | undefined {
  if (rule.kind === 'contains') {
    const subject = folded(title);
    const words = rule.pattern.split(/\s+/).map(folded).filter((word) => word !== '');
    return words.length > 0 && words.every((word) => subject.includes(word)) ? rule.text : undefined;
  }
  if (ruleProblem(rule) !== undefined) return undefined;
  const match = new RegExp(rule.pattern, 'iu').exec(title.slice(0, longestSubject));
  if (match === null) return undefined;
  return rule.text.replace(/\$([1-9])/g, (_, group: string) => match[Number(group)] ?? '').trim() || undefined;
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');
}

/**
 * Patterns whose matching time can explode: a repeated group that itself repeats or chooses, a back reference, look-around, or many
 * open-ended repeats in a row. Stricter than needed; a refused pattern can be written as several rules.
 */
function couldBeSlow(pattern: string): boolean {
  const groups: { risky: boolean }[] = [];
  let openRepeats = 0;
  let inClass = false;
  for (let at = 0; at < pattern.length; at += 1) {
    const unit = pattern.charAt(at);
    if (unit === '\\') {
      if (/[1-9k]/.test(pattern.charAt(at + 1))) return true;
      at += 1;
    } else if (inClass) inClass = unit !== ']';
    else if (unit === '[') inClass = true;
    else if (unit === '(') {
      if (/^\(\?(?:[=!]|<[=!])/.test(pattern.slice(at, at + 4))) return true;
      groups.push({ risky: false });
      if (pattern.startsWith('(?', at)) at += 1;
    } else if (unit === ')') {
      const group = groups.pop();
      const repeated = /^(?:[*+]|\{\d+,?\d*\})/.test(pattern.slice(at + 1));
      if (repeated && group?.risky === true) return true;
      const outer = groups.at(-1);
      if (outer !== undefined && (group?.risky === true || repeated)) outer.risky = true;
    } else if (unit === '|' || unit === '*' || unit === '+' || (unit === '?' && groups.length > 0) || /^\{\d+,?\d*\}/.test(pattern.slice(at))) {
      const group = groups.at(-1);
      if (group !== undefined) group.risky = true;
      const repeat = /^\{\d+,(\d*)\}/.exec(pattern.slice(at));
      if (unit === '*' || unit === '+' || (repeat !== null && (repeat[1] === '' || Number(repeat[1]) > 50))) openRepeats += 1;
    }
  }
  return openRepeats > 3;
}
