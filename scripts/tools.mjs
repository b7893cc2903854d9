/** The programs of the system that tests use for real. On Debian they are installed; elsewhere we say what to install. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Command that must exist → Debian package that has it. */
const wanted = {
  '/usr/bin/chromium': 'chromium',
  '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc': 'fonts-noto-cjk',
  '/usr/sbin/cupsd': 'cups',
  '/usr/bin/lp': 'cups-client',
  '/usr/bin/zbarimg': 'zbar-tools',
  '/usr/bin/strace': 'strace',
  '/usr/bin/eatmydata': 'eatmydata',
  '/usr/bin/pdftoppm': 'poppler-utils',
  '/usr/bin/wine': 'wine',
  '/usr/lib/wine/wine64': 'wine64',
  '/usr/lib/postgresql/15/bin/postgres': 'postgresql-15',
};

/** Installs what is missing (Debian, as root or with password-less sudo); elsewhere lists it and goes on. */
export function ensureTools() {
  const missing = Object.entries(wanted).filter(([file]) => !existsSync(file)).map(([, name]) => name);
  if (missing.length === 0) return;
  if (!existsSync('/etc/debian_version')) {
    process.stderr.write(`Packbench: tests with real parts want these programs, which this system lacks: ${missing.join(', ')}. Tests that need them say so and are skipped.\n`);
    return;
  }
  const isRoot = process.getuid?.() === 0;
  const prefix = isRoot ? [] : ['sudo', '-n'];
  const apt = (...args) => {
    const [program, ...rest] = [...prefix, 'apt-get', ...args];
    return spawnSync(program, rest, { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status;
  };
  process.stderr.write(`Packbench: installing ${missing.join(' ')} …\n`);
  apt('update', '-qq');
  if (apt('install', '-y', '-qq', ...missing) !== 0) {
    process.stderr.write(`Packbench: these could not be installed; please run: apt-get install ${missing.join(' ')}\n`);
    process.exit(1);
  }
}
