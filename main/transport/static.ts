/** Files of the built page and the fonts, by an allow-list made at start: no path of a request ever reaches the disk. */
import { readdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.wasm': 'application/wasm',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
  '.wav': 'audio/wav',
  '.bin': 'application/octet-stream',
  '.txt': 'text/plain; charset=utf-8',
};

export interface StaticFile {
  readonly type: string;
  readonly body: Buffer;
  /** Built files carry a hash in their name and never change; the page itself does. */
  readonly immutable: boolean;
}

export interface StaticFiles {
  read(path: string): Promise<StaticFile | undefined>;
}

/** Serves the files below `root`, and `extra` paths (`/fonts/x.ttf` → file). */
export function createStaticFiles(root: string, extra: Readonly<Record<string, string>> = {}): StaticFiles {
  const files = new Map<string, string>(Object.entries(extra));
  for (const file of walk(root)) files.set(`/${relative(root, file).split(sep).join('/')}`, file);
  return {
    async read(path) {
      const file = files.get(path === '/' ? '/index.html' : path);
      if (file === undefined) return undefined;
      return {
        type: types[extname(file).toLowerCase()] ?? 'application/octet-stream',
        body: await readFile(file),
        immutable: path.startsWith('/assets/') || path.startsWith('/fonts/'),
      };
    },
  };
}

function* walk(folder: string): Generator<string> {
  if (statSync(folder, { throwIfNoEntry: false }) === undefined) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else yield path;
  }
}
