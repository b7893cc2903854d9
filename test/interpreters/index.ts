/** The four judges by language. */
import type { Interpreter, InterpreterOptions, Printout } from './types.ts';
import { collect } from './types.ts';
import { createTsplInterpreter } from './tspl.ts';
import { createZplInterpreter } from './zpl.ts';
import { createCpclInterpreter } from './cpcl.ts';
import { createEscposInterpreter } from './escpos.ts';

export type JudgedLanguage = 'tspl' | 'zpl' | 'cpcl' | 'escpos';

const makers = { tspl: createTsplInterpreter, zpl: createZplInterpreter, cpcl: createCpclInterpreter, escpos: createEscposInterpreter } as const satisfies Record<JudgedLanguage, (options: InterpreterOptions) => Interpreter>;

export function createInterpreter(language: JudgedLanguage, options: InterpreterOptions): Interpreter {
  return makers[language](options);
}

/** What comes out of a printer of this language that gets exactly these bytes and then nothing more. */
export function interpret(language: JudgedLanguage, bytes: Uint8Array, options: InterpreterOptions): Printout {
  return collect(createInterpreter(language, options), bytes);
}
