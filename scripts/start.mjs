/**
 * npm start: installs what is missing, builds, runs the app. The desktop window where Electron's runtime is there or can be
 * fetched within 20 s; otherwise the same app in the default browser, and one sentence saying so.
 * Flags after `--`: --electron or --browser forces either; --data DIR; --port N; --no-open.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bin, ensurePackages, ensurePage, projectNode, root, run } from './lib.mjs';

const args = process.argv.slice(2);
const has = (flag) => args.includes(flag);
const valueOf = (flag) => (args.includes(flag) ? args[args.indexOf(flag) + 1] : undefined);
if (has('--help')) {
  process.stdout.write('npm start -- [--electron | --browser] [--data DIR] [--port N] [--no-open]\n');
  process.exit(0);
}

ensurePackages();
const electron = has('--browser') ? undefined : electronRuntime();
if (electron !== undefined) await startWindow(electron);
else if (has('--electron')) {
  process.stderr.write('Packbench: Electron’s runtime is not here and could not be fetched; the desktop window cannot open. Without --electron the app opens in the browser.\n');
  process.exitCode = 1;
} else await startBrowser();

/** Path of Electron's executable, fetched if need be within 20 s, or undefined. */
function electronRuntime() {
  const home = join(root, 'node_modules', 'electron');
  const there = () => {
    const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
    const name = join(home, 'path.txt');
    const file = override ? join(override, process.platform === 'win32' ? 'electron.exe' : 'electron') : existsSync(name) ? join(home, 'dist', readFileSync(name, 'utf8')) : '';
    return file !== '' && existsSync(file) ? file : undefined;
  };
  if (there() || !existsSync(join(home, 'install.js'))) return there();
  process.stderr.write('Packbench: looking for Electron’s runtime (20 s at most) …\n');
  spawnSync(projectNode(), [join(home, 'install.js')], { cwd: root, stdio: 'ignore', timeout: 20_000, killSignal: 'SIGKILL' });
  return there();
}

async function startWindow(executable) {
  const code = await run(projectNode(), [bin('electron-vite'), 'build', '--logLevel', 'warn'], { stdio: ['ignore', 2, 2] });
  if (code !== 0) process.exit(code);
  process.stdout.write('Packbench 打包台: the desktop window is opening.\n');
  const data = valueOf('--data');
  process.exitCode = await run(executable, ['.', ...(data ? ['--data', data] : [])]);
}

async function startBrowser() {
  await ensurePage();
  const data = valueOf('--data');
  const child = spawn(
    projectNode(),
    ['main/entry/cli.ts', 'serve', '--json', '--port', valueOf('--port') ?? '0', ...(data ? ['--data', data] : [])],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  let first = '';
  child.stdout.on('data', (bytes) => {
    const before = first.includes('\n');
    first += bytes;
    if (before || !first.includes('\n')) return;
    let url;
    try {
      ({ url } = JSON.parse(first.slice(0, first.indexOf('\n'))));
    } catch {
      return;
    }
    if (url === undefined) return;
    const reason = has('--browser') ? 'as you asked' : 'because Electron’s runtime is not here and could not be fetched';
    const opened = !has('--no-open') && openInBrowser(url);
    process.stdout.write(`Packbench 打包台 runs in ${opened ? 'your browser' : 'the browser'} (${reason}): ${url}\nPress Ctrl+C to stop.\n`);
  });
  process.exitCode = await new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 0)));
}

/** Asks the system for the default browser; false where there is no screen to open it on. */
function openInBrowser(url) {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return false;
  const [program, ...rest] =
    process.platform === 'win32' ? ['rundll32', 'url.dll,FileProtocolHandler', url] : process.platform === 'darwin' ? ['open', url] : ['xdg-open', url];
  const opener = spawn(program, rest, { stdio: 'ignore', detached: true });
  opener.on('error', () => process.stdout.write(`Open this address yourself: ${url}\n`));
  opener.unref();
  return true;
}
