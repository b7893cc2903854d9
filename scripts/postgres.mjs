/** A throw-away PostgreSQL for the repository suites: own folder, own port on the loopback address, gone afterwards. */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const home = '/usr/lib/postgresql/15/bin';

/** Starts it and resolves to its address and a stop function, or to undefined where PostgreSQL 15 is not installed. */
export async function startPostgres() {
  if (!existsSync(join(home, 'postgres'))) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'packbench-pg-'));
  const identity = postgresIdentity();
  chmodSync(folder, 0o700);
  if (identity.uid !== undefined) chownSync(folder, identity.uid, identity.gid);
  const options = { ...identity, cwd: folder, env: { ...process.env, HOME: folder } };
  const data = join(folder, 'data');
  const made = spawnSync(join(home, 'initdb'), ['-D', data, '-U', 'packbench', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8'], { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);
  const port = await freePort();
  const server = spawn(join(home, 'postgres'), ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder, '-c', 'max_connections=60'], { ...options, stdio: 'ignore' });
  const url = `postgres://packbench@127.0.0.1:${port}/postgres`;
  for (let attempt = 0; spawnSync(join(home, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(port), '-q']).status !== 0; attempt += 1) {
    if (attempt > 100) throw new Error('PostgreSQL did not start');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    url,
    stop: async () => {
      const gone = new Promise((resolve) => server.on('exit', resolve));
      server.kill('SIGINT');
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root; Debian's package made a user for it. */
function postgresIdentity() {
  if (process.getuid?.() !== 0) return {};
  const id = (flag) => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout);
  return { uid: id('-u'), gid: id('-g') };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
