/**
 * Code 128 by explicit subsets. The label engine has already chosen start code and switches; a printer that chose for itself could
 * come out at another width, so its command is spelled from the same symbol values.
 */
import type { LinearOp } from './plan.ts';

const codeC = 99;
const codeB = 100;
const fnc1 = 102;
const startB = 104;
const startC = 105;

export type Code128Step =
  | { readonly kind: 'start'; readonly subset: 'B' | 'C' }
  | { readonly kind: 'switch'; readonly subset: 'B' | 'C' }
  | { readonly kind: 'fnc1' }
  | { readonly kind: 'text'; readonly text: string };

/**
 * The symbol as steps in subsets B and C, or undefined when it uses anything else (subset A, shifts, other functions) or when the
 * values do not account for the modules.
 */
export function code128Steps(op: LinearOp): readonly Code128Step[] | undefined {
  const values = op.codewords;
  if (op.symbology !== 'code128' || values === undefined || values.length < 2) return undefined;
  if (op.modules.length !== 11 * (values.length + 1) + 13) return undefined;
  let subset: 'B' | 'C';
  if (values[0] === startB) subset = 'B';
  else if (values[0] === startC) subset = 'C';
  else return undefined;
  const steps: Code128Step[] = [{ kind: 'start', subset }];
  let text = '';
  const flush = (): void => {
    if (text !== '') steps.push({ kind: 'text', text });
    text = '';
  };
  for (let i = 1; i < values.length; i++) {
    const value = values[i]!;
    if (value === fnc1) {
      flush();
      steps.push({ kind: 'fnc1' });
    } else if (subset === 'B') {
      if (value === codeC) {
        flush();
        subset = 'C';
        steps.push({ kind: 'switch', subset });
      } else if (value >= 0 && value < 95) text += String.fromCharCode(value + 32);
      else return undefined;
    } else if (value === codeB) {
      flush();
      subset = 'B';
      steps.push({ kind: 'switch', subset });
    } else if (value >= 0 && value < 100) text += String(value).padStart(2, '0');
    else return undefined;
  }
  flush();
  return steps;
}

/**
 * True when the standard's procedure for choosing subsets (ISO/IEC 15417 annex E: start in C for four digits or a number of two, go to
 * C for four digits or more at the even position, back to B when fewer than two are left) gives exactly the symbol values of the label.
 * Only for printable text that needs neither A nor functions.
 */
export function automaticValuesAgree(op: LinearOp): boolean {
  const values = op.codewords;
  if (values === undefined || !/^[\x20-\x7e]+$/.test(op.text)) return false;
  const wanted = automaticValues(op.text);
  return wanted.length === values.length && wanted.every((value, at) => value === values[at]);
}

function automaticValues(text: string): number[] {
  const digitsFrom = (start: number): number => {
    let end = start;
    while (end < text.length && text.charCodeAt(end) >= 48 && text.charCodeAt(end) <= 57) end++;
    return end - start;
  };
  const leading = digitsFrom(0);
  let inC = leading >= 4 || (leading === 2 && text.length === 2);
  const values = [inC ? startC : startB];
  let at = 0;
  while (at < text.length) {
    const digits = digitsFrom(at);
    if (inC) {
      if (digits < 2) {
        values.push(codeB);
        inC = false;
        continue;
      }
      values.push(Number(text.slice(at, at + 2)));
      at += 2;
    } else if (digits >= 4 && digits % 2 === 0) {
      values.push(codeC);
      inC = true;
    } else {
      values.push(text.charCodeAt(at) - 32);
      at++;
    }
  }
  return values;
}
