/** Show/hide conditions of elements: data that is compared, never code that is run. */
import { z } from 'zod';
import { isFilled } from './content.ts';
import { readField, type FieldValue, type Scope } from './fields.ts';

const field = z.string().min(1).max(100);

const test = z.discriminatedUnion('op', [
  z.object({ op: z.literal('filled'), field }),
  z.object({ op: z.literal('empty'), field }),
  z.object({ op: z.literal('is'), field, value: z.union([z.string().max(400), z.number(), z.boolean()]) }),
  z.object({ op: z.literal('is_not'), field, value: z.union([z.string().max(400), z.number(), z.boolean()]) }),
  z.object({ op: z.literal('in'), field, values: z.array(z.string().max(400)).max(200) }),
  z.object({ op: z.literal('contains'), field, value: z.string().min(1).max(400) }),
  z.object({ op: z.literal('starts'), field, value: z.string().min(1).max(400) }),
  z.object({ op: z.literal('over'), field, value: z.number() }).describe('Greater than'),
  z.object({ op: z.literal('under'), field, value: z.number() }).describe('Less than'),
]);

export type Condition =
  | z.output<typeof test>
  | { readonly op: 'all'; readonly of: readonly Condition[] }
  | { readonly op: 'any'; readonly of: readonly Condition[] }
  | { readonly op: 'not'; readonly of: Condition };

export const conditionSchema: z.ZodType<Condition, Condition> = z.lazy(() =>
  z.union([
    test,
    z.object({ op: z.literal('all'), of: z.array(conditionSchema).max(50) }),
    z.object({ op: z.literal('any'), of: z.array(conditionSchema).max(50) }),
    z.object({ op: z.literal('not'), of: conditionSchema }),
  ]),
);

/** True when an element with this condition is shown. */
export function holds(condition: Condition | undefined, scope: Scope): boolean {
  if (!condition) return true;
  switch (condition.op) {
    case 'all':
      return condition.of.every((part) => holds(part, scope));
    case 'any':
      return condition.of.some((part) => holds(part, scope));
    case 'not':
      return !holds(condition.of, scope);
    case 'filled':
      return isFilled(readField(condition.field, scope));
    case 'empty':
      return !isFilled(readField(condition.field, scope));
    default:
      return compare(condition, readField(condition.field, scope));
  }
}

function compare(condition: Extract<Condition, { op: 'is' | 'is_not' | 'in' | 'contains' | 'starts' | 'over' | 'under' }>, value: FieldValue): boolean {
  const texts = (Array.isArray(value) ? value : [value]).map((one) => String(one ?? ''));
  const first = Array.isArray(value) ? value[0] : value;
  switch (condition.op) {
    case 'is':
      return texts.includes(String(condition.value));
    case 'is_not':
      return !texts.includes(String(condition.value));
    case 'in':
      return texts.some((text) => condition.values.includes(text));
    case 'contains':
      return texts.some((text) => text.includes(condition.value));
    case 'starts':
      return texts.some((text) => text.startsWith(condition.value));
    case 'over':
      return Number(first) > condition.value;
    case 'under':
      return first !== null && first !== '' && Number(first) < condition.value;
  }
}

/** Every field a condition reads, for the lint. */
export function fieldsOf(condition: Condition | undefined): string[] {
  if (!condition) return [];
  if (condition.op === 'all' || condition.op === 'any') return condition.of.flatMap(fieldsOf);
  return condition.op === 'not' ? fieldsOf(condition.of) : [condition.field];
}
