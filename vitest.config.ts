import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{common,main,preload,renderer,scripts,test}/**/*.test.{ts,tsx}'],
    exclude: ['node_modules/**', 'out/**'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 90_000,
    hookTimeout: 120_000,
    // A busy machine answers late; nothing here is about time.
    expect: { poll: { timeout: 25_000 } },
  },
});
