import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { programFolder } from '../../platform/node/folders.ts';
import type { CliIo } from './io.ts';

/**
 * `packbench virtual-printer`: a label printer that is not there, to try things out. It lives with the tests and runs as a
 * process of its own, so that nothing of the program depends on it.
 */
export function register(program: Command, io: CliIo): void {
  program
    .command('virtual-printer')
    .description('a network printer on 127.0.0.1 that understands TSPL, ZPL, CPCL or ESC/POS and can go wrong in every way')
    .option('--language <name>', 'tspl, zpl, cpcl or escpos', 'tspl')
    .option('--port <number>', '0 takes a free one', '9100')
    .option('--out <folder>', 'paper.ndjson and a PNG of every label go there')
    .option('--dpi <number>', '203, 300 or 600', '203')
    .option('--head <dots>', 'dots of the print head')
    .option('--label-ms <number>', 'time one label takes', '800')
    .option('--completion <kind>', 'completion messages of TSPL clones: none, gprinter or hprt', 'none')
    .option('--fault <fault...>', 'what goes wrong, name or name=number; --faults lists all')
    .option('--faults', 'list the faults and stop')
    .option('--no-decode', 'do not read the codes off the paper')
    .option('--json', 'one JSON object a line; the first is {"event":"listening",…}')
    .addHelpText('after', '\nExample: npm run -s packbench -- virtual-printer --language tspl --port 9100 --out ./paper --fault paper-out-after=3\nWhile it runs it takes orders on standard input: load-paper, open-cover, close-cover, pause, resume, status, quit, …')
    .action(async (options: VirtualPrinterFlags) => {
      const script = join(programFolder(), 'test/virtual-printer/main.ts');
      if (!existsSync(script)) {
        io.stderr('virtual-printer: comes with the source code only, not with an installed program\n');
        io.fail();
        return;
      }
      const code = await run(script, flags(options), io);
      if (code !== 0) io.fail(code);
    });
}

interface VirtualPrinterFlags {
  language: string;
  port: string;
  out?: string;
  dpi: string;
  head?: string;
  labelMs: string;
  completion: string;
  fault?: string[];
  faults?: boolean;
  decode: boolean;
  json?: boolean;
}

function flags(options: VirtualPrinterFlags): string[] {
  if (options.faults) return ['--help'];
  return [
    '--language', options.language, '--port', options.port, '--dpi', options.dpi, '--label-ms', options.labelMs, '--completion', options.completion,
    ...(options.out === undefined ? [] : ['--out', options.out]),
    ...(options.head === undefined ? [] : ['--head', options.head]),
    ...(options.fault ?? []).flatMap((fault) => ['--fault', fault]),
    ...(options.decode ? [] : ['--no-decode']),
    ...(options.json ? ['--json'] : []),
  ];
}

/** Runs the script until it ends; a stop signal to this process is passed on. */
function run(script: string, args: readonly string[], io: CliIo): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...args], { stdio: ['inherit', 'pipe', 'pipe'] });
    child.stdout.setEncoding('utf8').on('data', (text: string) => io.stdout(text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => io.stderr(text));
    const stop = (): void => void child.kill('SIGTERM');
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
    child.once('error', (error) => {
      io.stderr(`virtual-printer: ${error.message}\n`);
      resolve(1);
    });
    child.once('close', (code) => {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
      resolve(code ?? 0);
    });
  });
}
