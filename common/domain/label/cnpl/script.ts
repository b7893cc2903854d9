/**
 * The scripts of a Cainiao-language template, looked at and never run. Understood are values (fields, words and fields joined, the usual
 * cuts of a text), conditions on fields, the logo switches, print time and page number, loops over a list and names given to any of these. What is
 * not understood is said.
 */
import type { Condition } from '../conditions.ts';
import type { ContentPart } from '../content.ts';
import { findField } from '../fields.ts';
import { fieldPart as readyPart } from '../field-part.ts';
import { Cursor, tokensOf } from './expression.ts';
import type { Expression } from './expression.ts';
import { fieldOfPath, fieldOfRow } from './names.ts';
import { placeReader } from './places.ts';
import type { Place } from './places.ts';
import { printTime } from './print-time.ts';

type FieldPart = Extract<ContentPart, { field: string }>;

export interface Value {
  readonly parts: readonly ContentPart[];
  /** Paths of theirs that no field of ours carries. */
  readonly unknown: readonly string[];
  /** What of it is not taken over. */
  readonly partly?: string;
}

export interface Test {
  readonly condition?: Condition;
  readonly logo?: 'upper' | 'lower';
  readonly unknown: readonly string[];
}

/** What a block of script does to what stands around it. */
export type Step =
  /** Without a test it could not be understood. */
  | { readonly kind: 'if'; readonly test: Test | undefined }
  | { readonly kind: 'else' }
  | { readonly kind: 'else-if'; readonly test: Test | undefined }
  | { readonly kind: 'loop'; readonly list: string }
  | { readonly kind: 'end' }
  /** `opens`: how many blocks it leaves open; below zero, how many it closes. */
  | { readonly kind: 'refused'; readonly why: 'include' | 'script'; readonly opens: number };

export type ScriptReader = ReturnType<typeof createScriptReader>;

/** Platforms count the flags that sellers put on orders. */
const flags: Readonly<Record<string, string>> = { '0': '', '1': 'red', '2': 'yellow', '3': 'green', '4': 'blue', '5': 'purple' };
const nothing: Value = { parts: [], unknown: [] };

/** Reads the scripts of one file in their order: names that one gives are known to the next. */
export function createScriptReader() {
  const known = (path: string): boolean => findField(path) !== undefined;
  const places = placeReader();

  function fieldOf(place: Place): { readonly field: string; readonly unknown: readonly string[] } {
    const theirs = place.path.join('.');
    const { field, known: found } = place.list === undefined ? fieldOfPath(theirs, known) : fieldOfRow(place.list, theirs, known);
    return { field, unknown: found ? [] : [place.list === undefined ? theirs : `${place.list}[].${theirs}`] };
  }

  function valueOf(given: Expression): Value | undefined {
    const expression = places.meant(given);
    if (places.isRowNumber(expression)) return { parts: [plain('row.number')], unknown: [] };
    const place = places.of(expression);
    if (place !== undefined && place.path.length > 0) {
      if (place.path.at(-1) === 'length') return { parts: [plain(place.path.length === 2 ? 'items.count' : 'row.number')], unknown: [] };
      const { field, unknown } = fieldOf(place);
      const part = readyPart(field);
      // Their amounts come as bare figures, with the sign written beside them.
      return { parts: [{ ...part, format: part.format.map((one) => (one.kind === 'money' ? { ...one, symbol: '' } : one)) }], unknown };
    }
    switch (expression.kind) {
      case 'text':
        return expression.value === '' ? nothing : { parts: [{ text: expression.value }], unknown: [] };
      case 'number':
        return { parts: [{ text: String(expression.value) }], unknown: [] };
      case 'binary': {
        const { sign, left, right } = expression;
        if (sign === '||') return otherwise(valueOf(left), valueOf(right));
        const both = sign === '+' && (left.kind !== 'number' || right.kind !== 'number') ? [valueOf(left), valueOf(right)] : [];
        const [one, two] = both;
        return one === undefined || two === undefined ? undefined : joined(one, two);
      }
      case 'choice':
        return chosen(testOf(expression.test), valueOf(expression.yes), valueOf(expression.no));
      case 'call':
        return called(expression);
      case 'index':
        return expression.at.kind === 'number' && expression.at.value === 0 && expression.of.kind === 'call' ? firstPiece(expression.of) : undefined;
      default:
        return undefined;
    }
  }

  /** Calls that only cut or write a value, or tell the time. */
  function called({ of, with: given }: Extract<Expression, { kind: 'call' }>): Value | undefined {
    const [first] = given;
    if (of.kind === 'name') return ['parseFloat', 'parseInt', 'Number', 'String', 'decodeURIComponent'].includes(of.name) && first !== undefined ? valueOf(first) : undefined;
    if (of.kind !== 'member') return undefined;
    if (of.of.kind === 'name' && of.of.name === '_context') {
      // A document is a parcel of the task: the i of N of sellers, not the page of a long label.
      if (of.name === 'documentNumber') return { parts: [plain('job.sequence')], unknown: [] };
      if (of.name === 'documentCount') return { parts: [plain('job.total')], unknown: [] };
      return of.name === 'formatStartTime' && first?.kind === 'text' ? printTime(first.value) : undefined;
    }
    const value = valueOf(of.of);
    const [part] = value?.parts ?? [];
    if (value === undefined || value.parts.length !== 1 || part === undefined || !('field' in part)) return undefined;
    const numbers = given.map((one) => (one.kind === 'number' ? one.value : Number.NaN));
    const [from = 0, to] = numbers;
    const also = (format: FieldPart['format'][number]): Value => ({ ...value, parts: [{ ...part, format: [...part.format, format] }] });
    const isPlain = part.format.every((one) => one.kind === 'mask');
    switch (of.name) {
      case 'toString': case 'trim': case 'toFixed':
        return value;
      case 'toUpperCase':
        return also({ kind: 'upper' });
      case 'toLowerCase':
        return also({ kind: 'lower' });
      case 'substring': case 'slice': case 'substr':
        if (!isPlain || numbers.some(Number.isNaN) || given.length === 0 || (of.name === 'substring' && from < 0)) return undefined;
        return also({ kind: 'slice', from, ...(to === undefined ? {} : { to: of.name === 'substr' ? from + to : to }) });
      case 'join':
        return first?.kind === 'text' && part.format.some((one) => one.kind === 'join') ? { ...value, parts: [{ ...part, format: part.format.map((one) => (one.kind === 'join' ? { ...one, separator: first.value } : one)) }] } : undefined;
      default:
        return undefined;
    }
  }

  /** The day of a date, as `split(' ')[0]` cuts it out. */
  function firstPiece({ of, with: given }: Extract<Expression, { kind: 'call' }>): Value | undefined {
    if (of.kind !== 'member' || of.name !== 'split' || given[0]?.kind !== 'text' || !/^[ T]$/.test(given[0].value)) return undefined;
    const value = valueOf(of.of);
    const [part] = value?.parts ?? [];
    if (value === undefined || part === undefined || !('field' in part) || !part.format.some((one) => one.kind === 'date')) return undefined;
    return { ...value, parts: [{ ...part, format: [{ kind: 'date', pattern: 'YYYY-MM-DD' }] }] };
  }

  function testOf(given: Expression): Test | undefined {
    const expression = places.meant(given);
    if (expression.kind === 'not') {
      const inner = testOf(expression.of);
      if (inner?.condition === undefined || inner.logo !== undefined) return undefined;
      const { condition } = inner;
      return { ...inner, condition: condition.op === 'filled' ? { op: 'empty', field: condition.field } : { op: 'not', of: condition } };
    }
    if (expression.kind === 'binary' && (expression.sign === '&&' || expression.sign === '||')) return both(expression.sign, testOf(expression.left), testOf(expression.right));
    if (expression.kind === 'binary') return compared(expression.sign, expression.left, expression.right);
    if (expression.kind === 'member' && expression.of.kind === 'name' && expression.of.name === '_config') {
      const part = /^need(Top|Bottom)Logo$/.exec(expression.name)?.[1];
      return part === undefined ? undefined : { logo: part === 'Top' ? 'upper' : 'lower', unknown: [] };
    }
    const place = places.of(expression);
    if (place === undefined || place.path.length === 0) return undefined;
    const bare = place.path.at(-1) === 'length' ? { ...place, path: place.path.slice(0, -1) } : place;
    const { field, unknown } = fieldOf(bare);
    return { condition: { op: 'filled', field }, unknown };
  }

  function compared(sign: string, left: Expression, right: Expression): Test | undefined {
    const found = places.contained(left);
    if (found !== undefined && right.kind === 'number') {
      const { field, unknown } = fieldOf(found.place);
      const condition: Condition = { op: 'contains', field, value: found.value };
      const absent = (right.value === -1 && /^={2,3}$/.test(sign)) || (right.value === 0 && sign === '<');
      const present = (right.value === -1 && /^(>|!==?)$/.test(sign)) || (right.value === 0 && sign === '>=');
      return absent ? { condition: { op: 'not', of: condition }, unknown } : present ? { condition, unknown } : undefined;
    }
    const whole = testOf(left);
    const isIt = /^={2,3}$/.test(sign);
    if (!isIt && !/^!==?$/.test(sign)) return ordered(sign, left, right);
    // Nothing, no and yes ask whether there is something.
    const yes = right.kind === 'constant' ? right.value === 'true' : right.kind === 'text' && right.value === '' ? false : undefined;
    if (whole === undefined) return undefined;
    if (yes !== undefined) return yes === isIt ? whole : whole.condition === undefined ? undefined : testOf({ kind: 'not', of: left });
    if (whole.condition?.op !== 'filled' || (right.kind !== 'text' && right.kind !== 'number')) return undefined;
    const { field } = whole.condition;
    if (lengthOf(left)) return right.value === 0 ? { ...whole, condition: { op: isIt ? 'empty' : 'filled', field } } : countOf(field) === undefined ? undefined : { ...whole, condition: { op: isIt ? 'is' : 'is_not', field: countOf(field) ?? '', value: Number(right.value) } };
    const value = field === 'order.flag' ? (flags[String(right.value)] ?? String(right.value)) : String(right.value);
    return { ...whole, condition: value === '' ? { op: isIt ? 'empty' : 'filled', field } : { op: isIt ? 'is' : 'is_not', field, value } };
  }

  /** More or less than a number: how many lines of goods, or the figure of a field. */
  function ordered(sign: string, left: Expression, right: Expression): Test | undefined {
    const whole = testOf(left);
    if (whole?.condition?.op !== 'filled' || right.kind !== 'number') return undefined;
    const least = sign === '>' ? right.value : sign === '>=' ? right.value - 1 : undefined;
    const most = sign === '<' ? right.value : sign === '<=' ? right.value + 1 : undefined;
    if (lengthOf(left) && least === 0) return whole;
    const field = lengthOf(left) ? countOf(whole.condition.field) : whole.condition.field;
    if (field === undefined) return undefined;
    if (field === 'order.flag') {
      const holds = (flag: number): boolean => (least === undefined ? flag < (most ?? 0) : flag > least);
      return { ...whole, condition: { op: 'in', field, values: Object.keys(flags).filter((flag) => holds(Number(flag))).map((flag) => flags[flag] ?? '') } };
    }
    // An amount of theirs is in yuan, ours in fen; half steps do not occur in counts.
    const scale = findField(field)?.kind === 'money' ? 100 : 1;
    if (scale === 100 && (sign === '>=' || sign === '<=')) return { ...whole, condition: { op: 'not', of: sign === '>=' ? { op: 'under', field, value: right.value * scale } : { op: 'over', field, value: right.value * scale } } };
    if (least !== undefined) return { ...whole, condition: { op: 'over', field, value: least * scale } };
    return most === undefined ? undefined : { ...whole, condition: { op: 'under', field, value: most * scale } };
  }

  /** `total += row.num` and `names = names + row.title` in a loop: sellers' way to count the pieces and to list the goods. */
  function gathering(cursor: Cursor): boolean {
    const from = cursor.at;
    const name = cursor.name();
    const more = name !== undefined && (cursor.takes('+=') || cursor.takes('=', name, '+')) ? cursor.expression() : undefined;
    const fields = (more === undefined ? undefined : valueOf(more))?.parts.flatMap((part) => ('field' in part ? [part.field] : [])) ?? [];
    const sum = fields.length === 1 && fields[0] === 'item.quantity' ? '_pieces' : fields.some((field) => field === 'item.title' || field === 'item.shortName') ? 'items' : undefined;
    if (name !== undefined && sum !== undefined && places.gathers(name, sum)) return true;
    cursor.at = from;
    return false;
  }

  return {
    /** What `<%=…%>` writes; undefined where it is not understood. */
    value(source: string): Value | undefined {
      const expression = written(source);
      return expression && valueOf(expression);
    },

    /** The figure `<%=…%>` writes in a row of a loop; undefined where it is none. */
    figure(source: string, row: number): number | undefined {
      const expression = written(source);
      return expression && places.figure(expression, row);
    },

    /** What a block without a value does, in its order. */
    steps(source: string): Step[] {
      if (source.trim().startsWith('@')) return [{ kind: 'refused', why: 'include', opens: 0 }];
      const tokens = tokensOf(source);
      if (tokens === undefined) return [{ kind: 'refused', why: 'script', opens: count(source, '{') - count(source, '}') }];
      const cursor = new Cursor(tokens);
      const steps: Step[] = [];
      const tested = (): Test | undefined => {
        const expression = cursor.bracketed();
        return expression && testOf(expression);
      };
      while (!cursor.over) {
        if (cursor.takes(';')) continue;
        if (cursor.takes('}')) {
          if (cursor.takes('else', 'if')) {
            const test = tested();
            if (cursor.takes('{')) {
              steps.push({ kind: 'else-if', test });
              continue;
            }
          } else if (cursor.takes('else', '{')) {
            steps.push({ kind: 'else' });
            continue;
          } else if (cursor.peek() !== 'else') {
            cursor.takes(')');
            steps.push({ kind: 'end' });
            continue;
          }
        } else if (cursor.takes('if')) {
          const test = tested();
          if (cursor.takes('{')) {
            steps.push({ kind: 'if', test });
            continue;
          }
        } else {
          const list = places.loop(cursor);
          if (list !== undefined) {
            steps.push({ kind: 'loop', list });
            continue;
          }
          if (places.naming(cursor) || gathering(cursor)) continue;
        }
        const rest = tokens.slice(cursor.at).filter((token) => token.kind === 'sign');
        places.forget(tokens.slice(cursor.at));
        return [...steps, { kind: 'refused', why: 'script', opens: rest.filter((token) => token.text === '{').length - rest.filter((token) => token.text === '}').length }];
      }
      return steps;
    },
  };
}

/** The one expression of `<%=…%>`. */
function written(source: string): Expression | undefined {
  const tokens = tokensOf(source.trim().replace(/^=/, '').replace(/;\s*$/, ''));
  if (tokens === undefined) return undefined;
  const cursor = new Cursor(tokens);
  const expression = cursor.expression();
  return cursor.over ? expression : undefined;
}

const count = (text: string, letter: string): number => text.split(letter).length - 1;
const plain = (field: string): FieldPart => ({ field, format: [], before: '', after: '', fallback: '' });
const lengthOf = (expression: Expression): boolean => expression.kind === 'member' && expression.name === 'length';
/** How many there are of a list. */
const countOf = (field: string): string | undefined => (field === 'items' ? 'items.count' : undefined);

function joined(one: Value, two: Value): Value {
  return { parts: [...one.parts, ...two.parts], unknown: [...one.unknown, ...two.unknown], ...((one.partly ?? two.partly) === undefined ? {} : { partly: one.partly ?? two.partly }) };
}

/** `a || b`: the second where the first is empty. Two names of theirs may be one of ours. */
function otherwise(one: Value | undefined, two: Value | undefined): Value | undefined {
  const [part] = one?.parts ?? [];
  if (one === undefined || two === undefined || one.parts.length !== 1 || part === undefined || !('field' in part)) return undefined;
  const [other] = two.parts;
  if (two.parts.length > 1) return undefined;
  if (other === undefined) return one;
  if ('text' in other) return { ...one, parts: [{ ...part, fallback: other.text }] };
  // Ours gives the title by itself where an item has no short name.
  return other.field === part.field || (part.field === 'item.shortName' && other.field === 'item.title') ? one : undefined;
}

/** `test ? a : b`, where it says the same as a field with words around it, or a word for yes and one for no. */
function chosen(test: Test | undefined, yes: Value | undefined, no: Value | undefined): Value | undefined {
  if (test?.condition?.op === 'empty') return chosen({ ...test, condition: { op: 'filled', field: test.condition.field } }, no, yes);
  if (test?.condition?.op !== 'filled' || yes === undefined || no === undefined) return undefined;
  const { field } = test.condition;
  const words = (value: Value): string | undefined => (value.parts.every((part) => 'text' in part) ? value.parts.map((part) => ('text' in part ? part.text : '')).join('') : undefined);
  const [worded, instead] = [words(yes), words(no)];
  if (instead === undefined) return undefined;
  if (worded !== undefined) return { parts: [{ ...plain(field), format: [{ kind: 'when', yes: worded.slice(0, 100), no: instead.slice(0, 100) }] }], unknown: test.unknown };
  const around = filledPart(yes.parts, field);
  return around && { ...yes, parts: [{ ...around, fallback: instead }] };
}

/** A field with the words around it that are printed only when it is filled; undefined where it is not just that. */
export function filledPart(parts: readonly ContentPart[], field: string): FieldPart | undefined {
  const at = parts.findIndex((part) => 'field' in part);
  const part = parts[at];
  if (part === undefined || !('field' in part) || part.field !== field || parts.some((one, index) => index !== at && 'field' in one)) return undefined;
  const words = (some: readonly ContentPart[]): string => some.map((one) => ('text' in one ? one.text : '')).join('');
  return { ...part, before: words(parts.slice(0, at)) + part.before, after: part.after + words(parts.slice(at + 1)) };
}

/** Both tests, or either. A logo switch stands for itself and joins no choice. */
function both(sign: '&&' | '||', one: Test | undefined, two: Test | undefined): Test | undefined {
  if (one === undefined || two === undefined) return undefined;
  const unknown = [...new Set([...one.unknown, ...two.unknown])];
  const logo = one.logo ?? two.logo;
  const conditions = [one.condition, two.condition].filter((condition) => condition !== undefined);
  if (sign === '||' && logo !== undefined) return undefined;
  const op = sign === '&&' ? ('all' as const) : ('any' as const);
  // `a && a.length` and `a != null && a != ""` say one thing.
  const distinct = conditions.flatMap((condition) => (condition.op === op ? condition.of : [condition])).filter((condition, index, all) => all.findIndex((other) => JSON.stringify(other) === JSON.stringify(condition)) === index);
  const [only] = distinct;
  const condition: Condition | undefined = distinct.length <= 1 ? only : { op, of: distinct };
  return { unknown, ...(condition === undefined ? {} : { condition }), ...(logo === undefined ? {} : { logo }) };
}
