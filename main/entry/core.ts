/** The core in Electron's utility process: opens the data folder and serves every port it is handed. */
import type { MessagePortMain } from 'electron';
import { defaultDataFolder } from '../platform/node/folders.ts';
import { servePort } from '../transport/port.ts';
import { createCore } from './compose.ts';
import { warmLater } from './warm.ts';

/** The port to the process that started us; Electron puts it on `process`. */
interface ParentPort {
  on(event: 'message', listener: (message: { data: unknown; ports: MessagePortMain[] }) => void): void;
}

/** Serves ports from `parent` until the process ends. Exported for the test that plays the parent. */
export async function serveParent(parent: ParentPort, dataFolder: string): Promise<{ close(): Promise<void> }> {
  const opening = createCore({ dataFolder });
  parent.on('message', ({ ports }) => {
    const [port] = ports;
    if (port === undefined) return;
    void opening.then((core) => {
      servePort(core.router, port, core.contextFor({ id: 'host', name: 'host' }, 'owner', '', 'window'));
      port.start();
    });
  });
  // A core that did not open says so to whoever asks it first.
  void opening.then(warmLater, () => undefined);
  return opening;
}

const parentPort = (process as unknown as { parentPort?: ParentPort }).parentPort;
if (parentPort !== undefined) {
  // An unhandled rejection only warns here since Electron 37; a core in an unknown state must not go on issuing numbers.
  process.on('unhandledRejection', () => process.exit(1));
  const given = process.argv.indexOf('--data');
  await serveParent(parentPort, given > 0 ? (process.argv[given + 1] ?? defaultDataFolder()) : defaultDataFolder());
}
