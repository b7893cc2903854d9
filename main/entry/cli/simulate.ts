import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { findRule, rules } from '../../simulation/rules.ts';
import type { Rule } from '../../simulation/rules.ts';
import { guarded, printJson } from './io.ts';
import type { CliIo } from './io.ts';

interface SimulateOptions {
  readonly seeds?: number;
  readonly steps: number;
  readonly seed?: number;
  readonly without?: Rule;
  readonly json?: boolean;
}

/** `packbench simulate`: the real allocator and journal over a simulated disk, network, clock and printer, with faults. */
export function register(program: Command, io: CliIo): void {
  const names = Object.keys(rules) as Rule[];
  program
    .command('simulate')
    .description('Try the allocator and the attempt journal against crashes, power cuts, copies, lost answers and bad printers.')
    .option('--seeds <n>', 'how many runs (default 100, or 1 with --seed)', whole)
    .option('--steps <n>', 'steps in each run', whole, 100)
    .option('--seed <s>', 'first seed; with it alone one failing run is replayed', whole)
    .option('--without <rule>', 'break one safety rule (see below): the run must then find violations', ruleOf)
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
Rules for --without:
${names.map((name) => `  ${name.padEnd(20)} ${rules[name]}`).join('\n')}

Exit code: 0 no violation; 1 violations were found (with --without that is what must happen); 2 --without found none.

Examples:
  packbench simulate --seeds 200 --steps 100 --json
  packbench simulate --seed 26 --steps 80 --without witness
`,
    )
    .action((options: SimulateOptions) =>
      guarded(io, options.json === true, async () => {
        const { simulate } = await import('../../simulation/run.ts');
        const result = await simulate({ seeds: options.seeds ?? (options.seed === undefined ? 100 : 1), steps: options.steps, firstSeed: options.seed, without: options.without });
        if (options.json === true) printJson(io, result);
        else {
          io.stdout(
            `${result.seeds} runs of ${result.steps} steps: ${result.operations} operations, ${result.labels} labels on paper, ${result.duplicates} duplicates, ${result.lost} lost, ${result.violations} violations (${result.milliseconds} ms)\n`,
          );
          io.stdout(`faults: ${Object.entries(result.faults).map(([fault, n]) => `${fault} ${n}`).join(', ')}\n`);
          for (const one of result.failing) {
            io.stdout(`seed ${one.seed}:\n${one.violations.map((violation) => `  ${violation.invariant}: ${violation.what}`).join('\n')}\n`);
            io.stdout(`  replay: packbench simulate --seed ${one.seed} --steps ${result.steps}${result.without === null ? '' : ` --without ${result.without}`}\n`);
          }
        }
        if (result.violations > 0) io.fail(1);
        else if (options.without !== undefined) {
          io.stderr(`without ${options.without} nothing was found: the simulator does not test that rule in these runs\n`);
          io.fail(2);
        }
      }),
    );
}

function ruleOf(text: string): Rule {
  const rule = findRule(text);
  if (rule === undefined) throw new InvalidArgumentError(`rules are ${Object.keys(rules).join(', ')}`);
  return rule;
}

function whole(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError('must be a whole number');
  return value;
}
