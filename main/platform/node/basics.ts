/** Clock, ids and log of a plain Node process; the utility process of Electron uses the same. */
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { monotonicFactory } from 'ulid';
import type { Clock, Ids, Log } from '../../ports/index.ts';

export const systemClock: Clock = { now: () => new Date().toISOString() };

/** Ids that sort by the time they were made, unguessable, with a readable prefix. */
export function createIds(): Ids {
  const next = monotonicFactory();
  return { next: (prefix) => `${prefix}_${next()}` };
}

const largestLogBytes = 5_000_000;

/**
 * JSON lines to `folder/packbench.log` (one older file is kept) and, when asked, to a second place such as stderr.
 * The file system refusing the log must never stop a label: such a failure is dropped.
 */
export function createLog(options: { folder?: string; also?: (line: string) => void; clock: Clock }): Log {
  const file = options.folder === undefined ? undefined : join(options.folder, 'packbench.log');
  if (options.folder !== undefined) mkdirSync(options.folder, { recursive: true });

  function write(level: string, event: string, facts: Readonly<Record<string, unknown>> = {}): void {
    const line = `${JSON.stringify({ at: options.clock.now(), level, event, ...facts })}\n`;
    options.also?.(line);
    if (file === undefined) return;
    try {
      if (sizeOf(file) > largestLogBytes) renameSync(file, `${file}.1`);
      appendFileSync(file, line);
    } catch {
      // a full disk is reported by the database, not by its log
    }
  }

  return {
    info: (event, facts) => write('info', event, facts),
    warn: (event, facts) => write('warn', event, facts),
    error: (event, facts) => write('error', event, facts),
  };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
