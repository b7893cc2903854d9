/** Expressions of the scripts in Cainiao-language templates, as a tree to be looked at. Nothing here is ever evaluated. */

export type Expression =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'constant'; readonly value: 'true' | 'false' | 'null' | 'undefined' }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'member'; readonly of: Expression; readonly name: string }
  | { readonly kind: 'index'; readonly of: Expression; readonly at: Expression }
  | { readonly kind: 'call'; readonly of: Expression; readonly with: readonly Expression[] }
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'binary'; readonly sign: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'choice'; readonly test: Expression; readonly yes: Expression; readonly no: Expression };

export interface Token {
  readonly kind: 'name' | 'number' | 'text' | 'sign';
  readonly text: string;
}

const tokenForm = /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|([A-Za-z_$][\w$]*)|(\d+(?:\.\d+)?)|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(===|!==|==|!=|<=|>=|&&|\|\||\+\+|--|\+=|-=|[-+*/%!<>=?:;,.()[\]{}])/y;

/** The words and signs of a script, comments left out; undefined where something is none of them. */
export function tokensOf(source: string): Token[] | undefined {
  const tokens: Token[] = [];
  tokenForm.lastIndex = 0;
  while (tokenForm.lastIndex < source.length) {
    const match = tokenForm.exec(source);
    if (match === null) return undefined;
    const [, name, number, text, sign] = match;
    if (name !== undefined) tokens.push({ kind: 'name', text: name });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (text !== undefined) tokens.push({ kind: 'text', text: text.slice(1, -1).replace(/\\(.)/g, (_, letter: string) => ({ n: '\n', t: '\t', r: '' })[letter] ?? letter) });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
  }
  return tokens;
}

/** Deeper ones are nobody's label. */
const deepest = 60;
const strength: Readonly<Record<string, number>> = { '||': 1, '&&': 2, '==': 3, '!=': 3, '===': 3, '!==': 3, '<': 4, '>': 4, '<=': 4, '>=': 4, '+': 5, '-': 5, '*': 6, '/': 6, '%': 6 };

/** A place in the words of a script, and how to read on from it. */
export class Cursor {
  at = 0;
  #depth = 0;
  readonly #tokens: readonly Token[];
  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get over(): boolean {
    return this.at >= this.#tokens.length;
  }
  peek(ahead = 0): string | undefined {
    const token = this.#tokens[this.at + ahead];
    return token?.kind === 'text' ? undefined : token?.text;
  }
  /** Goes on when these words and signs come next, one after the other. */
  takes(...words: readonly string[]): boolean {
    if (!words.every((word, ahead) => this.peek(ahead) === word)) return false;
    this.at += words.length;
    return true;
  }
  name(): string | undefined {
    const token = this.#tokens[this.at];
    if (token?.kind !== 'name') return undefined;
    this.at++;
    return token.text;
  }

  /** The expression that comes next; undefined where it is none that is understood. */
  expression(): Expression | undefined {
    if (++this.#depth > deepest) return undefined;
    const test = this.#joined(0);
    let whole = test;
    if (test !== undefined && this.takes('?')) {
      const yes = this.expression();
      const no = this.takes(':') ? this.expression() : undefined;
      whole = yes === undefined || no === undefined ? undefined : { kind: 'choice', test, yes, no };
    }
    this.#depth--;
    return whole;
  }

  /** The expression in the round brackets that come next. Stands behind them in any case. */
  bracketed(): Expression | undefined {
    const from = this.at;
    if (!this.takes('(')) return undefined;
    const inner = this.expression();
    if (inner !== undefined && this.takes(')')) return inner;
    this.at = from;
    let open = 0;
    do {
      if (this.peek() === '(') open++;
      if (this.peek() === ')') open--;
      this.at++;
    } while (open > 0 && !this.over);
    return undefined;
  }

  #joined(least: number): Expression | undefined {
    let left = this.#unary();
    for (let sign = this.peek(); left !== undefined && sign !== undefined; sign = this.peek()) {
      const own = strength[sign] ?? 0;
      if (own <= least) break;
      this.at++;
      const right = this.#joined(own);
      left = right === undefined ? undefined : { kind: 'binary', sign, left, right };
    }
    return left;
  }

  #unary(): Expression | undefined {
    if (this.takes('!')) {
      if (++this.#depth > deepest) return undefined;
      const of = this.#unary();
      this.#depth--;
      return of && { kind: 'not', of };
    }
    if (this.peek() === '-' && this.#tokens[this.at + 1]?.kind === 'number') {
      this.at += 2;
      return { kind: 'number', value: -Number(this.#tokens[this.at - 1]?.text) };
    }
    return this.#postfix();
  }

  #postfix(): Expression | undefined {
    let of = this.#primary();
    while (of !== undefined) {
      if (this.takes('.')) {
        const name = this.name();
        of = name === undefined ? undefined : { kind: 'member', of, name };
      } else if (this.takes('[')) {
        const at = this.expression();
        of = at === undefined || !this.takes(']') ? undefined : at.kind === 'text' ? { kind: 'member', of, name: at.value } : { kind: 'index', of, at };
      } else if (this.takes('(')) {
        const given: Expression[] = [];
        while (!this.takes(')')) {
          const one = this.expression();
          if (one === undefined || !(this.takes(',') || this.peek() === ')')) return undefined;
          given.push(one);
        }
        of = { kind: 'call', of, with: given };
      } else break;
    }
    return of;
  }

  #primary(): Expression | undefined {
    const token = this.#tokens[this.at];
    if (token === undefined) return undefined;
    if (token.kind === 'sign') return token.text === '(' ? this.bracketed() : undefined;
    this.at++;
    if (token.kind === 'text') return { kind: 'text', value: token.text };
    if (token.kind === 'number') return { kind: 'number', value: Number(token.text) };
    const { text } = token;
    if (text === 'true' || text === 'false' || text === 'null' || text === 'undefined') return { kind: 'constant', value: text };
    return { kind: 'name', name: text };
  }
}
