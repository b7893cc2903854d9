/**
 * The desktop window: as thin as it can be. It makes one locked window, starts the core in a utility process, and hands the
 * page one end of a channel to it. Takes Electron as a value, so that a double can record what was asked of it.
 */
import type * as Electron from 'electron';
import { securityHeaders } from '../../transport/headers.ts';
import type { StaticFiles } from '../../transport/static.ts';

export const scheme = 'packbench';
export const origin = `${scheme}://app`;

export interface ShellOptions {
  readonly electron: typeof Electron;
  readonly files: StaticFiles;
  readonly preloadFile: string;
  readonly coreFile: string;
  readonly dataFolder: string;
  /** Waits before the core is started again after a crash; grows with every crash in a row. */
  readonly restartDelayMs?: number;
}

/** What must be asked before Electron is ready. Returns false when another Packbench of this user already runs. */
export function prepareShell(electron: typeof Electron): boolean {
  electron.app.enableSandbox();
  electron.protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }]);
  return electron.app.requestSingleInstanceLock();
}

/** Everything after `app.whenReady()`. */
export function startShell(options: ShellOptions): { readonly window: Electron.BrowserWindow } {
  const { electron } = options;
  serveScheme(options);
  denyPermissions(electron.session.defaultSession);
  electron.app.on('web-contents-created', (_event, contents) => lockNavigation(contents));
  electron.Menu.setApplicationMenu(null);

  const window = new electron.BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    backgroundColor: '#faf9f6',
    title: 'Packbench 打包台',
    webPreferences: {
      preload: options.preloadFile,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  electron.app.on('second-instance', () => {
    if (window.isMinimized()) window.restore();
    window.focus();
  });

  const core = keepCore(options, () => {
    if (!window.isDestroyed()) window.webContents.reload();
  });
  window.webContents.on('did-finish-load', () => {
    // A fresh channel for every load: the port of a page that is gone is dropped with it.
    const { port1, port2 } = new electron.MessageChannelMain();
    core.connect(port1);
    window.webContents.postMessage('packbench:port', null, [port2]);
  });
  electron.app.on('window-all-closed', () => electron.app.quit());
  electron.app.on('will-quit', () => core.stop());
  void window.loadURL(`${origin}/index.html`);
  return { window };
}

/** The page comes from our own scheme with the same headers as over HTTP; `file:` is never used. */
function serveScheme({ electron, files }: ShellOptions): void {
  electron.protocol.handle(scheme, async (request) => {
    const url = new URL(request.url);
    const file = url.host === 'app' && request.method === 'GET' ? await files.read(url.pathname) : undefined;
    if (file === undefined) return new Response('no such page', { status: 404, headers: securityHeaders([]) });
    return new Response(new Uint8Array(file.body), { status: 200, headers: { ...securityHeaders([]), 'content-type': file.type } });
  });
}

/** Electron grants what nobody refuses; this product needs no permission of the browser. */
function denyPermissions(session: Electron.Session): void {
  session.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}

/** No page but ours, no second window, no webview. */
function lockNavigation(contents: Electron.WebContents): void {
  const stay = (event: { preventDefault(): void }, url: string): void => {
    if (!isOwn(url)) event.preventDefault();
  };
  contents.on('will-navigate', (event) => stay(event, event.url));
  contents.on('will-frame-navigate', (event) => stay(event, event.url));
  contents.on('will-redirect', (event) => stay(event, event.url));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

function isOwn(url: string): boolean {
  try {
    const parsed = new URL(url);
    return parsed.protocol === `${scheme}:` && parsed.host === 'app';
  } catch {
    return false;
  }
}

/** Keeps the core running: after a crash it is started again, later each time, and the page is loaded anew. */
function keepCore({ electron, coreFile, dataFolder, restartDelayMs = 1_000 }: ShellOptions, onRestart: () => void) {
  let crashes = 0;
  let stopped = false;
  let child = start();

  function start(): Electron.UtilityProcess {
    const next = electron.utilityProcess.fork(coreFile, ['--data', dataFolder], { serviceName: 'Packbench core' });
    next.once('spawn', () => setTimeout(() => (crashes = 0), 60_000).unref());
    next.on('exit', () => {
      if (stopped) return;
      crashes += 1;
      setTimeout(() => {
        if (stopped) return;
        child = start();
        onRestart();
      }, restartDelayMs * Math.min(crashes, 10)).unref();
    });
    return next;
  }

  return {
    connect(port: Electron.MessagePortMain): void {
      child.postMessage({ kind: 'connect' }, [port]);
    },
    stop(): void {
      stopped = true;
      child.kill();
    },
  };
}
