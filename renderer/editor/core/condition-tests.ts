/** A condition as a form can show it: a list of comparisons of which all or any must hold. */
import type { Condition } from '../../../common/domain/label/conditions.ts';

export type Test = Exclude<Condition, { op: 'all' | 'any' | 'not' }>;
export interface Tests {
  readonly join: 'all' | 'any';
  readonly tests: readonly Test[];
}

const isTest = (condition: Condition): condition is Test => condition.op !== 'all' && condition.op !== 'any' && condition.op !== 'not';

/** The comparisons of a condition; undefined for one that is nested deeper than a list. What is said by “not” is said the other way round. */
export function readTests(condition: Condition | undefined): Tests | undefined {
  if (condition === undefined) return { join: 'all', tests: [] };
  const plain = turned(condition, false);
  if (plain === undefined) return undefined;
  if (isTest(plain)) return { join: 'all', tests: [plain] };
  if (plain.op === 'not' || !plain.of.every(isTest)) return undefined;
  return { join: plain.op, tests: plain.of };
}

/** The condition without “not”, and without a list inside a list of the same kind; undefined where there are no words for the opposite. */
function turned(condition: Condition, opposite: boolean): Condition | undefined {
  switch (condition.op) {
    case 'not':
      return turned(condition.of, !opposite);
    case 'all':
    case 'any': {
      const op = opposite === (condition.op === 'all') ? 'any' : 'all';
      const of: Condition[] = [];
      for (const part of condition.of) {
        const plain = turned(part, opposite);
        if (plain === undefined) return undefined;
        if (plain.op === op) of.push(...plain.of);
        else of.push(plain);
      }
      const [only] = of;
      return of.length === 1 ? only : { op, of };
    }
    case 'filled':
    case 'empty':
      return opposite ? { ...condition, op: condition.op === 'filled' ? 'empty' : 'filled' } : condition;
    case 'is':
    case 'is_not':
      return opposite ? { ...condition, op: condition.op === 'is' ? 'is_not' : 'is' } : condition;
    default:
      return opposite ? undefined : condition;
  }
}
