/** A private PostgreSQL 15 for tests: its own folder and socket, loopback only, killed as hard as a test likes. */
import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const programs = ['/usr/lib/postgresql/15/bin', '/usr/lib/postgresql/16/bin', '/usr/lib/postgresql/17/bin'].find((folder) => existsSync(join(folder, 'postgres')));

export interface PostgresServer {
  readonly url: string;
  /** Stops every process of the server at once, as a power cut would, and starts it again. */
  killHard(): Promise<void>;
  stop(): Promise<void>;
}

/** The server refuses to run as root, so as root it runs as the user `postgres`. */
function identity(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const line = readFileSync('/etc/passwd', 'utf8').split('\n').find((entry) => entry.startsWith('postgres:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  if (uid === undefined || gid === undefined) throw new Error('PostgreSQL cannot run as root and there is no user postgres');
  return { uid: Number(uid), gid: Number(gid) };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

export async function startPostgres(): Promise<PostgresServer> {
  if (programs === undefined) throw new Error('PostgreSQL 15 is not installed (Debian: apt-get install postgresql-15)');
  const user = identity();
  const home = mkdtempSync('/tmp/packbench-pg-');
  if (user) chownSync(home, user.uid, user.gid);
  chmodSync(home, 0o700);
  const data = join(home, 'data');
  execFileSync(join(programs, 'initdb'), ['-D', data, '-U', 'packbench', '--auth=trust', '--no-sync', '-E', 'UTF8', '--locale=C'], { ...user, stdio: 'pipe', cwd: home });
  const port = await freePort();
  const url = `postgres://packbench@127.0.0.1:${port}/postgres`;
  let child: ChildProcess | undefined;

  async function up(): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      let said = '';
      const started = spawn(join(programs as string, 'postgres'), ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', home, '-c', 'max_connections=60'], { ...user, cwd: home, stdio: ['ignore', 'ignore', 'pipe'] });
      const ready = await new Promise<boolean>((resolve) => {
        started.stderr?.on('data', (bytes: Buffer) => {
          said += bytes.toString();
          if (said.includes('ready to accept connections')) resolve(true);
        });
        started.on('exit', () => resolve(false));
      });
      if (ready) {
        child = started;
        return;
      }
      // An orphan of the killed server may hold the shared memory for a moment.
      if (tries > 40) throw new Error(`PostgreSQL does not start: ${said}`);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }

  function processes(): number[] {
    if (child?.pid === undefined) return [];
    const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(child.pid)], { encoding: 'utf8' }).trim().split(/\s+/).filter(Boolean).map(Number);
    return [child.pid, ...children];
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    const ended = new Promise<void>((resolve) => child?.on('exit', () => resolve()));
    if (signal === 'SIGKILL' && child?.pid !== undefined) {
      // Frozen first, so that nobody restarts or cleans up while the others die.
      process.kill(child.pid, 'SIGSTOP');
      for (const pid of processes().reverse()) {
        try {
          process.kill(pid, 'SIGKILL');
        } catch {
          // a back end that ended by itself
        }
      }
    } else child?.kill(signal);
    await ended;
  }

  await up();
  return {
    url,
    async killHard() {
      await end('SIGKILL');
      await up();
    },
    async stop() {
      await end('SIGINT');
      rmSync(home, { recursive: true, force: true });
    },
  };
}
