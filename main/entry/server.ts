/** The core behind HTTP and WebSocket on this PC: for a browser where Electron's runtime cannot be had, and for scripts. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from '../../common/errors.ts';
import { programFolder } from '../platform/node/folders.ts';
import { startHost } from '../transport/host.ts';
import type { Host } from '../transport/host.ts';
import type { Role } from '../transport/implement.ts';
import { createStaticFiles } from '../transport/static.ts';
import { createCore } from './compose.ts';
import { warmLater } from './warm.ts';
import type { Core } from './compose.ts';

export interface ServerOptions {
  readonly dataFolder: string;
  readonly port: number;
  readonly databaseUrl?: string;
  readonly token?: string;
  /** Folder of the built page; the program’s own unless given. */
  readonly pageFolder?: string;
  /** What whoever opens the page may do; the owner's PC unless said otherwise. */
  readonly role?: Role;
  readonly alsoLog?: (line: string) => void;
}

export interface RunningServer {
  readonly core: Core;
  readonly host: Host;
  close(): Promise<void>;
}

/** Opens the data folder and serves it on 127.0.0.1. The page must have been built (`npm run build:renderer`). */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const root = options.pageFolder ?? join(programFolder(), 'out', 'renderer');
  if (!existsSync(join(root, 'index.html'))) fail('BAD_INPUT', { issues: [{ path: root, message: 'the page is not built; run: npm run build:renderer' }] });
  const core = await createCore(options);
  const host = await startHost({
    port: options.port,
    router: core.router,
    context: (page) => core.contextFor({ id: 'host', name: 'host' }, options.role ?? 'owner', '', page),
    files: createStaticFiles(root, core.fontFiles),
    version: core.version,
    ...(options.token !== undefined && { token: options.token }),
  });
  core.log.info('host.started', { port: host.port });
  const callOffWarming = warmLater(core);
  return {
    core,
    host,
    close: async () => {
      callOffWarming();
      await host.close();
      await core.close();
    },
  };
}
