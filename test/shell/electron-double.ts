/** A double of the part of Electron the shell uses: it does what Electron would, and records what was asked of it. */
import { EventEmitter } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import type * as Electron from 'electron';

export interface Recorded {
  sandboxed: boolean;
  schemes: { scheme: string; privileges?: Record<string, boolean> }[];
  windows: { options: Electron.BrowserWindowConstructorOptions; loaded: string[] }[];
  forks: { file: string; args: string[]; messages: { data: unknown; ports: unknown[] }[] }[];
  permission: { request?: (contents: unknown, permission: string, callback: (granted: boolean) => void) => void; check?: () => boolean; device?: () => boolean };
  handler?: (request: Request) => Promise<Response>;
  posted: { channel: string; ports: unknown[] }[];
  quits: number;
}

export function electronDouble(options: { second?: boolean } = {}) {
  const recorded: Recorded = { sandboxed: false, schemes: [], windows: [], forks: [], permission: {}, posted: [], quits: 0 };
  const app = Object.assign(new EventEmitter(), {
    enableSandbox: () => void (recorded.sandboxed = true),
    requestSingleInstanceLock: () => options.second !== true,
    whenReady: async () => {},
    quit: () => void (recorded.quits += 1),
  });

  class WebContents extends EventEmitter {
    openHandler: (() => { action: string }) | undefined;
    reloads = 0;
    setWindowOpenHandler(handler: () => { action: string }): void {
      this.openHandler = handler;
    }
    postMessage(channel: string, _message: unknown, ports: unknown[]): void {
      recorded.posted.push({ channel, ports });
    }
    reload(): void {
      this.reloads += 1;
      this.emit('did-finish-load');
    }
  }

  class BrowserWindow extends EventEmitter {
    readonly webContents = new WebContents();
    readonly record: Recorded['windows'][number];
    constructor(given: Electron.BrowserWindowConstructorOptions) {
      super();
      this.record = { options: given, loaded: [] };
      recorded.windows.push(this.record);
      app.emit('web-contents-created', {}, this.webContents);
    }
    async loadURL(url: string): Promise<void> {
      this.record.loaded.push(url);
      this.webContents.emit('did-finish-load');
    }
    show(): void {}
    focus(): void {}
    restore(): void {}
    isMinimized = () => false;
    isDestroyed = () => false;
  }

  const children: EventEmitter[] = [];
  const electron = {
    app,
    BrowserWindow,
    Menu: { setApplicationMenu: () => {} },
    MessageChannelMain: MessageChannel,
    protocol: {
      registerSchemesAsPrivileged: (schemes: Recorded['schemes']) => void (recorded.schemes = schemes),
      handle: (_scheme: string, handler: (request: Request) => Promise<Response>) => void (recorded.handler = handler),
    },
    session: {
      defaultSession: {
        setPermissionRequestHandler: (handler: NonNullable<Recorded['permission']['request']>) => void (recorded.permission.request = handler),
        setPermissionCheckHandler: (handler: () => boolean) => void (recorded.permission.check = handler),
        setDevicePermissionHandler: (handler: () => boolean) => void (recorded.permission.device = handler),
      },
    },
    utilityProcess: {
      fork: (file: string, args: string[]) => {
        const fork: Recorded['forks'][number] = { file, args, messages: [] };
        recorded.forks.push(fork);
        const child = Object.assign(new EventEmitter(), {
          postMessage: (data: unknown, ports: unknown[]) => void fork.messages.push({ data, ports }),
          kill: () => true,
        });
        children.push(child);
        return child;
      },
    },
  };
  return { electron: electron as unknown as typeof Electron, recorded, children, app };
}
