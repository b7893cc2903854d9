/** Where an expression points in the data of a label: into `_data`, or into one row of a list. Names given to places are followed. */
import type { Cursor, Expression, Token } from './expression.ts';

export interface Place {
  /** The list a row is of; none for a field of the data itself. */
  readonly list?: string;
  readonly path: readonly string[];
}

export function placeReader() {
  const names = new Map<string, Expression>();
  /** Names that count the rows of a loop, and names of a row itself. */
  const counters = new Set<string>();
  const rows = new Map<string, string>();

  /** The expression behind a name. */
  function meant(expression: Expression): Expression {
    let now = expression;
    for (let hops = 0; hops < 8 && now.kind === 'name' && names.has(now.name); hops++) now = names.get(now.name) ?? now;
    return now;
  }

  function of(given: Expression): Place | undefined {
    const expression = meant(given);
    if (expression.kind === 'name') {
      const list = rows.get(expression.name);
      return list !== undefined ? { list, path: [] } : expression.name === '_data' ? { path: [] } : undefined;
    }
    if (expression.kind === 'member') {
      const owner = of(expression.of);
      return owner && { ...owner, path: [...owner.path, expression.name] };
    }
    if (expression.kind !== 'index') return undefined;
    const list = of(expression.of);
    const { at } = expression;
    const isRow = (at.kind === 'number' && at.value === 0) || (at.kind === 'name' && counters.has(at.name));
    return list === undefined || list.list !== undefined || list.path.length === 0 || !isRow ? undefined : { list: list.path.join('.'), path: [] };
  }

  function listOf(expression: Expression | undefined): string | undefined {
    const place = expression && of(expression);
    return place === undefined || place.list !== undefined || place.path.length === 0 ? undefined : place.path.join('.');
  }

  return {
    meant,
    of,

    /** `i + 1` of a loop. */
    isRowNumber: (expression: Expression): boolean => expression.kind === 'binary' && expression.sign === '+' && expression.left.kind === 'name' && counters.has(expression.left.name) && expression.right.kind === 'number' && expression.right.value === 1,

    /** A figure that is counted with the row of a loop, as places of repeated elements are. */
    figure(given: Expression, row: number): number | undefined {
      const expression = meant(given);
      if (expression.kind === 'number') return expression.value;
      if (expression.kind === 'name') return counters.has(expression.name) ? row : undefined;
      if (expression.kind !== 'binary') return undefined;
      const [left, right] = [this.figure(expression.left, row), this.figure(expression.right, row)];
      if (left === undefined || right === undefined) return undefined;
      return expression.sign === '+' ? left + right : expression.sign === '-' ? left - right : expression.sign === '*' ? left * right : undefined;
    },

    /** `a.indexOf("x")`: where it looks and for what. */
    contained(expression: Expression): { readonly place: Place; readonly value: string } | undefined {
      if (expression.kind !== 'call' || expression.of.kind !== 'member' || expression.of.name !== 'indexOf') return undefined;
      const [wanted] = expression.with;
      const place = of(expression.of.of);
      return place === undefined || place.path.length === 0 || wanted?.kind !== 'text' || wanted.value === '' ? undefined : { place, value: wanted.value };
    },

    /** The head of a loop over a list, up to its opening brace; the list it is of. Anything else is left as it stands. */
    loop(cursor: Cursor): string | undefined {
      const from = cursor.at;
      const list = countingLoop(cursor) ?? namingLoop(cursor, from);
      if (list === undefined) cursor.at = from;
      return list;
    },

    /** `var a = …`, also several. What stands for no place makes the name stand for nothing. */
    naming(cursor: Cursor): boolean {
      const from = cursor.at;
      if (!cursor.takes('var')) return false;
      do {
        const name = cursor.name();
        const value = name === undefined ? undefined : cursor.takes('=') ? cursor.expression() : ({ kind: 'text', value: '' } as const);
        if (name === undefined || value === undefined) {
          cursor.at = from;
          return false;
        }
        counters.delete(name);
        rows.delete(name);
        names.set(name, value);
      } while (cursor.takes(','));
      return true;
    },

    /** A name that began as nothing now stands for this part of the data. */
    gathers(name: string, path: string): boolean {
      const began = names.get(name);
      const again = began !== undefined && of(began)?.path.join('.') === path;
      if (!again && !(began?.kind === 'number' && began.value === 0) && !(began?.kind === 'text' && began.value === '')) return false;
      names.set(name, { kind: 'member', of: { kind: 'name', name: '_data' }, name: path });
      return true;
    },

    /** Names that a script which is not understood may have changed stand for nothing from here on. */
    forget(tokens: readonly Token[]): void {
      for (const [index, { kind, text }] of tokens.entries()) {
        if (kind !== 'name' || !['=', '+=', '-=', '++', '--'].includes(tokens[index + 1]?.text ?? '')) continue;
        names.delete(text);
        rows.delete(text);
      }
    },
  };

  /** `for (var i = 0; i < list.length; i++) {` and `for (var i in list) {`. */
  function countingLoop(cursor: Cursor): string | undefined {
    if (!cursor.takes('for', '(')) return undefined;
    cursor.takes('var');
    const index = cursor.name();
    if (index === undefined) return undefined;
    const loose = cursor.takes('in');
    if (!loose && !cursor.takes('=', '0')) return undefined;
    // `i = 0, n = list.length` counts to n.
    if (!loose && cursor.takes(',')) {
      const name = cursor.name();
      const value = name !== undefined && cursor.takes('=') ? cursor.expression() : undefined;
      if (name === undefined || value === undefined) return undefined;
      names.set(name, value);
    }
    if (!loose && !cursor.takes(';', index, '<')) return undefined;
    const over = cursor.expression();
    const end = over && meant(over);
    const list = loose ? listOf(over) : end?.kind === 'member' && end.name === 'length' ? listOf(end.of) : undefined;
    if (!loose && !(cursor.takes(';', index, '++') || cursor.takes(';', '++', index) || cursor.takes(';', index, '+=', '1'))) return undefined;
    if (list === undefined || !cursor.takes(')', '{')) return undefined;
    names.delete(index);
    counters.add(index);
    return list;
  }

  /** `list.forEach(function (row, i) {`. */
  function namingLoop(cursor: Cursor, from: number): string | undefined {
    cursor.at = from;
    const path: string[] = [];
    for (let name = cursor.name(); name !== undefined && name !== 'forEach'; name = cursor.takes('.') ? cursor.name() : undefined) path.push(name);
    const [first, ...rest] = path;
    if (first === undefined || !cursor.takes('(', 'function', '(')) return undefined;
    const row = cursor.name();
    const index = cursor.takes(',') ? cursor.name() : undefined;
    const list = listOf(rest.reduce<Expression>((owner, name) => ({ kind: 'member', of: owner, name }), { kind: 'name', name: first }));
    if (row === undefined || list === undefined || !cursor.takes(')', '{')) return undefined;
    names.delete(row);
    rows.set(row, list);
    if (index !== undefined) {
      names.delete(index);
      counters.add(index);
    }
    return list;
  }
}
