/** The command line: a thin third door to the same core, for scripts, checks and try-outs. */
import { createInterface } from 'node:readline';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import type { CliIo } from './cli/io.ts';
import { programFolder } from '../platform/node/folders.ts';

type Register = (program: Command, io: CliIo) => void;

/** Loaded one by one, because a command should not wait for the code of the others. */
const commands: Readonly<Record<string, () => Promise<{ register: Register }>>> = {
  run: () => import('./cli/run.ts'),
  serve: () => import('./cli/serve.ts'),
  bench: () => import('./cli/bench.ts'),
  render: () => import('./cli/render.ts'),
  'virtual-printer': () => import('./cli/virtual-printer.ts'),
  import: () => import('./cli/import.ts'),
  cost: () => import('./cli/cost.ts'),
  simulate: () => import('./cli/simulate.ts'),
  'parse-address': () => import('./cli/parse-address.ts'),
};

/** Runs one command line; resolves to the exit code. */
export async function runCli(args: readonly string[], io: Omit<CliIo, 'fail'>): Promise<number> {
  let code = 0;
  const full: CliIo = { ...io, fail: (given = 1) => void (code = Math.max(code, given)) };
  const program = new Command('packbench')
    .description('Packbench 打包台: waybills from order files, offline.\nEach command has --help and --json.')
    .version(version())
    .configureOutput({ writeOut: io.stdout, writeErr: io.stderr })
    .exitOverride();
  const named = args.find((arg) => !arg.startsWith('-'));
  const wanted = named !== undefined && named in commands ? [named] : Object.keys(commands);
  for (const name of wanted) (await commands[name]?.())?.register(program, full);
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (thrown) {
    // commander has already said what is wrong with the words of the call
    if (isCommanderExit(thrown)) return thrown.exitCode;
    throw thrown;
  }
  return code;
}

function isCommanderExit(thrown: unknown): thrown is { exitCode: number } {
  return thrown instanceof Error && 'exitCode' in thrown && typeof thrown.exitCode === 'number' && thrown.name === 'CommanderError';
}

function version(): string {
  return (JSON.parse(readFileSync(join(programFolder(), 'package.json'), 'utf8')) as { version: string }).version;
}

if (import.meta.main) {
  // npm goes to the folder of the package; what somebody types is meant from where they stand.
  const { INIT_CWD: stoodIn, npm_lifecycle_event: script } = process.env;
  if (stoodIn !== undefined && (script === 'packbench' || script === 'bench') && existsSync(stoodIn)) process.chdir(stoodIn);
  delete process.env['INIT_CWD'];
  // A reader that closes the pipe (`| head`) ends the command quietly.
  process.stdout.on('error', () => process.exit(0));
  process.exitCode = await runCli(process.argv.slice(2), {
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    lines: () => createInterface({ input: process.stdin, crlfDelay: Infinity }),
    env: process.env,
  });
}
