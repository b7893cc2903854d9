/** A CUPS scheduler of our own: own configuration, spool and port in a temporary folder; the system's is never touched. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCupsClient, type CupsClient } from '../../main/printing/transports/cups/client.ts';

const cupsd = '/usr/sbin/cupsd';
export const cupsMissing = existsSync(cupsd) ? undefined : 'this system has no cupsd';

export interface PrivateCups {
  readonly host: string;
  readonly port: number;
  readonly client: CupsClient;
  /** Adds a raw queue to a device; options are given to lpadmin as they are. */
  addQueue(name: string, deviceUri: string, options?: readonly string[]): void;
  run(program: string, ...args: string[]): string;
  errorLog(): Promise<string>;
  stop(): Promise<void>;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const address = server.address();
  await new Promise((resolve) => { server.close(resolve); });
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

export async function startCups(): Promise<PrivateCups> {
  const folder = await mkdtemp(join(tmpdir(), 'packbench-cups-'));
  // The back ends run as the user lp, who must be able to walk in.
  await chmod(folder, 0o755);
  for (const name of ['etc', 'spool', 'tmp', 'cache', 'state', 'log']) await mkdir(join(folder, name));
  const port = await freePort();
  await writeFile(join(folder, 'etc', 'cupsd.conf'), [
    `Listen 127.0.0.1:${port}`, 'Browsing Off', 'WebInterface No', 'DefaultAuthType None', 'LogLevel warn', 'MaxLogSize 0',
    'ErrorPolicy abort-job', 'JobRetryInterval 1', 'JobKillDelay 1', 'PreserveJobHistory Yes',
    '<Location />', 'Order allow,deny', 'Allow from 127.0.0.1', '</Location>',
    '<Location /admin>', 'Order allow,deny', 'Allow from 127.0.0.1', '</Location>',
    '<Policy default>', 'JobPrivateAccess all', 'JobPrivateValues none', '<Limit All>', 'Order deny,allow', 'Allow from 127.0.0.1', '</Limit>', '</Policy>', '',
  ].join('\n'));
  await writeFile(join(folder, 'etc', 'cups-files.conf'), [
    `ServerRoot ${folder}/etc`, `RequestRoot ${folder}/spool`, `TempDir ${folder}/tmp`, `CacheDir ${folder}/cache`, `StateDir ${folder}/state`,
    `AccessLog ${folder}/log/access`, `ErrorLog ${folder}/log/error`, `PageLog ${folder}/log/page`, 'LogFileGroup root', 'SystemGroup root', 'User lp', 'Group lp', '',
  ].join('\n'));
  const server: ChildProcess = spawn(cupsd, ['-f', '-c', join(folder, 'etc', 'cupsd.conf'), '-s', join(folder, 'etc', 'cups-files.conf')], { stdio: 'ignore' });
  const client = createCupsClient({ host: '127.0.0.1', port }, { timeoutMs: 5_000 });
  const errorLog = (): Promise<string> => readFile(join(folder, 'log', 'error'), 'utf8').catch(() => '');
  for (let attempt = 0; ; attempt += 1) {
    try {
      await client.printers();
      break;
    } catch (thrown) {
      if (attempt >= 100 || server.exitCode !== null) throw new Error(`cupsd did not start: ${await errorLog()}`, { cause: thrown });
      await new Promise((resolve) => { setTimeout(resolve, 100); });
    }
  }
  const run = (program: string, ...args: string[]): string => {
    const done = spawnSync(program, args, { encoding: 'utf8', timeout: 20_000, env: { ...process.env, CUPS_SERVER: `127.0.0.1:${port}`, LC_ALL: 'C' } });
    if (done.status !== 0) throw new Error(`${program} ${args.join(' ')}: ${done.stderr}`);
    return done.stdout;
  };
  return {
    host: '127.0.0.1',
    port,
    client,
    run,
    addQueue(name, deviceUri, options = []) {
      run('/usr/sbin/lpadmin', '-p', name, '-E', '-v', deviceUri, '-m', 'raw', ...options);
    },
    errorLog,
    async stop() {
      const gone = new Promise((resolve) => { server.once('exit', resolve); });
      server.kill('SIGTERM');
      const timer = setTimeout(() => server.kill('SIGKILL'), 5_000);
      await gone;
      clearTimeout(timer);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
