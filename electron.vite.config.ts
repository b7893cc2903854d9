import { defineConfig } from 'electron-vite';
import react from '@vitejs/plugin-react';

/** The desktop build: main and core for Node, one CommonJS preload (a sandboxed one cannot be a module), and the page. */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      externalizeDeps: true,
      rollupOptions: {
        input: { electron: 'main/entry/electron.ts', core: 'main/entry/core.ts', 'order-reader': 'main/features/orders/files/worker.ts' },
        output: { format: 'es' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      rollupOptions: { input: { index: 'preload/index.ts' }, output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: 'renderer',
    base: './',
    plugins: [react()],
    build: { outDir: 'out/renderer', target: 'chrome128', rollupOptions: { input: 'renderer/index.html' } },
  },
});
