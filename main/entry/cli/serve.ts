import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import { startServer } from '../server.ts';
import { dataFolder, guarded } from './io.ts';
import type { CliIo } from './io.ts';

/** `packbench serve`: the app for a browser on this PC. Runs until it is told to stop. */
export function register(program: Command, io: CliIo): void {
  program
    .command('serve')
    .description('serve the app on 127.0.0.1 until Ctrl+C')
    .option('--data <folder>', 'data folder (default: the user’s own)')
    .option('--port <number>', 'port, 0 takes a free one', portNumber, 0)
    .option('--json', 'first line of output is JSON with url, port, token and pid')
    .addHelpText('after', '\nExample: npm run -s packbench -- serve --data ./shop --port 8787 --json')
    .action((options: { data?: string; port: number; json?: boolean }) =>
      guarded(io, options.json === true, async () => {
        const databaseUrl = io.env['PACKBENCH_DATABASE_URL'];
        const server = await startServer({
          dataFolder: dataFolder(options.data),
          port: options.port,
          ...(databaseUrl !== undefined && { databaseUrl }),
        });
        const { url, port, token } = server.host;
        io.stdout(options.json ? `${JSON.stringify({ url, port, token, pid: process.pid })}\n` : `Packbench 打包台 ${url}\n`);
        await untilStopped();
        await server.close();
      }),
    );
}

function portNumber(value: string): number {
  const port = Number(value);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError('a whole number from 0 to 65535');
  return port;
}

/** Resolves on Ctrl+C, on a polite kill, or when a parent that holds our input goes away. */
function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
}
