import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The page: one build for the window and for the browser. */
export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [react()],
  build: {
    outDir: '../out/renderer',
    emptyOutDir: true,
    target: 'chrome128',
    chunkSizeWarningLimit: 4000,
    modulePreload: { polyfill: false },
  },
});
