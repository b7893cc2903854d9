/** `packbench bench`: measured numbers of this machine, as JSON or as a table. */
import { arch, cpus, platform } from 'node:os';
import type { Command } from 'commander';
import { failure } from '../../../common/errors.ts';
import { benchCases } from '../../bench/cases.ts';
import type { BenchValue } from '../../bench/harness.ts';
import type { Core } from '../compose.ts';
import { guarded, printJson } from './io.ts';
import type { CliIo } from './io.ts';

interface Options {
  readonly json?: boolean;
  readonly quick?: boolean;
}

/** Adds the command. */
export function register(program: Command, io: CliIo): void {
  program
    .command('bench')
    .description('measure speed and size on this machine')
    .argument('[cases...]', `what to measure: ${Object.keys(benchCases).join(', ')}; all when none is named`)
    .option('--json', 'print one JSON document')
    .option('--quick', 'fewer rounds')
    .addHelpText('after', '\nExample:\n  packbench bench labels wire --json')
    .action(async (names: readonly string[], options: Options) => {
      await guarded(io, options.json === true, async () => {
        const results: Record<string, BenchValue> = {};
        for (const name of wanted(names)) {
          const load = benchCases[name];
          if (load === undefined) throw failure('NOT_FOUND', { what: 'bench', id: name });
          const { bench } = await load();
          io.stderr(`${name}: ${bench.about}\n`);
          results[name] = await bench.run({ quick: options.quick === true, note: (text) => io.stderr(`  ${text}\n`), openCore });
        }
        const machine = { node: process.version, platform: `${platform()} ${arch()}`, cores: cpus().length };
        if (options.json === true) printJson(io, { machine, ...results });
        else io.stdout(`${lines({ machine, ...results }, '').join('\n')}\n`);
      });
    });
}

/** Loaded only by a case that needs it. */
async function openCore(options: { readonly dataFolder: string; readonly witnessFolder: string }): Promise<Core> {
  const { createCore } = await import('../compose.ts');
  return createCore(options);
}

function wanted(names: readonly string[]): readonly string[] {
  const unknown = names.filter((name) => !Object.hasOwn(benchCases, name));
  if (unknown.length > 0) throw failure('BAD_INPUT', { issues: [{ path: unknown.join(', '), message: `is nothing to measure; there are ${Object.keys(benchCases).join(', ')}` }] });
  return names.length > 0 ? names : Object.keys(benchCases);
}

function lines(value: { readonly [name: string]: BenchValue }, indent: string): string[] {
  return Object.entries(value).flatMap(([name, inner]) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? [`${indent}${name}`, ...lines(inner as { readonly [name: string]: BenchValue }, `${indent}  `)]
      : [`${indent}${name}  ${Array.isArray(inner) ? JSON.stringify(inner) : String(inner)}`],
  );
}
