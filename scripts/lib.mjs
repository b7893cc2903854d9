/** Shared by the commands of package.json. Runs on any Node from 20 on, before anything is installed. */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const stamp = join(modules, '.packbench-installed');

/** The Node of the project (24), whatever Node started us. */
export function projectNode() {
  const inside = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(inside) ? inside : process.execPath;
}

/** The script file of a package's command, run with the project's Node on every system alike. */
export function bin(packageName, command = packageName) {
  const folder = join(modules, packageName);
  const { bin: bins } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bins === 'string' ? bins : bins[command]);
}

/** Runs a program to its end; resolves to the exit code. Output goes where ours goes unless `quiet`. */
export function run(program, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', ...options });
    child.on('error', () => resolve(127));
    child.on('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0)));
  });
}

function wantedStamp() {
  const hash = createHash('sha256');
  for (const name of ['package.json', 'package-lock.json']) hash.update(readFileSync(join(root, name)));
  return hash.digest('hex');
}

/** Installs the npm packages when they are missing or another set than the lock file names. Talks on stderr only. */
export function ensurePackages() {
  const wanted = wantedStamp();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && existsSync(join(modules, 'node', 'bin'))) return;
  process.stderr.write('Packbench: installing packages (once, a minute or two) …\n');
  const npm = process.env.npm_execpath;
  const [program, args] = npm ? [process.execPath, [npm]] : [process.platform === 'win32' ? 'npm.cmd' : 'npm', []];
  // `install` changes only what differs and works on a tree that is there already; the lock file says what.
  const result = spawnSync(program, [...args, 'install', '--no-save', '--loglevel=error', '--no-fund', '--no-audit'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32' && !npm,
  });
  if (result.status !== 0) {
    process.stderr.write('Packbench: npm could not install the packages (see above). Check the network or the npm registry setting, then run the same command again.\n');
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
}

function newest(folder) {
  let latest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    latest = Math.max(latest, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs);
  }
  return latest;
}

/** True when the built page is older than a source it was made from, or missing. */
export function pageIsStale() {
  const page = join(root, 'out', 'renderer', 'index.html');
  if (!existsSync(page)) return true;
  const built = statSync(page).mtimeMs;
  if (['renderer', 'common'].some((folder) => newest(join(root, folder)) > built)) return true;
  return ['package-lock.json', 'vite.renderer.config.ts'].some((file) => statSync(join(root, file)).mtimeMs > built);
}

/** Builds the page if it is stale; ends the process when that fails. */
export async function ensurePage() {
  if (!pageIsStale()) return;
  process.stderr.write('Packbench: building the page …\n');
  const code = await run(projectNode(), [bin('vite'), 'build', '--config', 'vite.renderer.config.ts', '--logLevel', 'warn'], { stdio: ['ignore', 2, 2] });
  if (code !== 0) process.exit(code);
}

/** A folder for throw-away files of this checkout. */
export function scratch() {
  const folder = join(root, '.tmp');
  mkdirSync(folder, { recursive: true });
  return folder;
}
