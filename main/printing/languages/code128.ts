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
