/**
 * The safety rules, each with a way to break it. A simulator that stays green without a rule proves nothing about it, so every one of
 * these must find violations; the test suite runs them. The rules are broken from outside (a printer that prints too early, a lead
 * who puts numbers back by SQL, a disk that does not sync): the product's code has no such switches.
 */
export const rules = {
  'commit-before-print': 'the label is printed with the next number before the draw is committed',
  'synchronous-full': 'the disk keeps commits in its cache (synchronous=NORMAL, or a drive that lies): a power cut loses some',
  witness: 'nothing outside the database remembers, so an old image is taken for the present',
  quarantine: 'a copy is recognised but its numbers are put back to free at once',
  'no-timeout': 'blocks of silent stations go back to the pool after a while',
  'write-off-burns': 'the numbers of a lost station are given to others',
  'durable-request-id': 'a station keeps the id of its question in memory only',
  'uncertain-stays': 'after a restart a label that was being sent counts as not sent and goes out again',
  'never-resend': 'when the printer comes back the last label is sent again by itself',
  'same-parcel': 'a retry takes a new number instead of the parcel’s own',
} as const;

export type Rule = keyof typeof rules;

/** Other words for some of them. */
const alsoCalled: Readonly<Record<string, Rule>> = {
  'print-before-commit': 'commit-before-print', 'synchronous-normal': 'synchronous-full', 'witness-off': 'witness', 'no-witness': 'witness', 'no-quarantine': 'quarantine',
  'time-out-reissue': 'no-timeout', 'timeout-reissue': 'no-timeout', 'write-off-reissue': 'write-off-burns', 'memory-request-id': 'durable-request-id', 'auto-resend': 'never-resend',
};

/** The rule of a name or one of its other names. */
export function findRule(text: string): Rule | undefined {
  const key = text.trim().toLowerCase().replaceAll(/[\s_]+/g, '-');
  if (Object.hasOwn(rules, key)) return key as Rule;
  return Object.hasOwn(alsoCalled, key) ? alsoCalled[key] : undefined;
}
