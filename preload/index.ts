/** Hands the page its one MessagePort, once per load. Nothing else of Electron is reachable from the page. */
import { ipcRenderer } from 'electron';

ipcRenderer.once('packbench:port', (event) => {
  window.postMessage({ kind: 'packbench:port' }, window.location.origin, event.ports);
});
