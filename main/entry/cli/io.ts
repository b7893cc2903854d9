/** What a command of the command line may touch: so that commands are tested without a process. */
import { errorText } from '../../../common/error-texts.ts';
import { failure, isFailure } from '../../../common/errors.ts';
import { defaultDataFolder } from '../../platform/node/folders.ts';

export interface CliIo {
  stdout(text: string): void;
  stderr(text: string): void;
  /** All of standard input, line by line. */
  lines(): AsyncIterable<string>;
  /** Marks the run as failed; the command may go on and report the rest. */
  fail(code?: number): void;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Prints one JSON document, ready for a program to read. */
export function printJson(io: CliIo, value: unknown): void {
  io.stdout(`${JSON.stringify(value, undefined, 2)}\n`);
}

/**
 * Runs a command's work. An expected failure is said in plain words on standard error (with --json also as
 * `{error:{code,data,message}}` on standard output) and the exit code is 1; anything else is a fault of ours and is shown whole.
 */
export async function guarded(io: CliIo, json: boolean, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (caught) {
    const thrown = isSystemError(caught) ? failure('PATH_UNUSABLE', { path: caught.path, reason: caught.code }) : caught;
    io.fail();
    if (!isFailure(thrown)) {
      io.stderr(`${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}\n`);
      return;
    }
    const locale = /^zh/i.test(io.env['LC_ALL'] ?? io.env['LANG'] ?? '') ? 'zh-CN' : 'en';
    const message = errorText(thrown.error, locale);
    if (json) printJson(io, { error: { ...thrown.error, message } });
    io.stderr(`${message} (${thrown.error.code})\n`);
  }
}

/** A path the system refused; its stack says nothing to whoever typed the path. */
function isSystemError(thrown: unknown): thrown is { readonly code: string; readonly path: string } {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' && /^E[A-Z]+$/.test(thrown.code) && 'path' in thrown && typeof thrown.path === 'string';
}

/** The data folder of `--data`, or the user's own. */
export function dataFolder(given: string | undefined): string {
  return given ?? defaultDataFolder();
}
