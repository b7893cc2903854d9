/**
 * Power cuts, from recorded system calls: a program runs every kind of transaction under strace; then the power goes at every one of its
 * writes, with the unsynced writes lost, kept, half kept or torn, and each such disk must open, be whole, and keep every promise that was
 * spoken before the cut.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseRecording, straceOptions } from './recording.ts';
import type { Call } from './recording.ts';
import { replay } from './replay.ts';

const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
const home = mkdtempSync(join(memory, 'packbench-power-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Runs the worker under strace and returns its calls. */
function record(name: string, options: { rounds: number; synchronous?: string; eatmydata?: boolean }): { calls: Call[]; database: string } {
  const folder = join(home, name);
  mkdirSync(folder);
  const trace = join(folder, 'trace');
  const worker = [process.execPath, join(import.meta.dirname, 'power-worker.ts'), join(folder, 'f'), String(options.rounds), options.synchronous ?? 'FULL'];
  const command = options.eatmydata === true ? ['eatmydata', ...worker] : worker;
  const said = execFileSync('strace', [...straceOptions, '-o', trace, ...command], { encoding: 'utf8', maxBuffer: 1 << 26 });
  expect(said).toContain('DONE');
  const calls = parseRecording(readFileSync(trace, 'latin1'), join(folder, 'f'));
  rmSync(trace);
  return { calls, database: join(folder, 'f', 'data', 'packbench.db') };
}

// Ten thousand images take half a minute on a quiet machine; the limit is for a busy one.
describe('power cuts', () => {
  it('loses nothing that was answered, on any of 10,000 disks', { timeout: 600_000 }, () => {
    const { images, cuts, wrong } = replay(record('full', { rounds: 4 }), { perCut: ['kept', 'subset', 'subset', 'torn'] });
    expect(wrong.slice(0, 5)).toEqual([]);
    expect(cuts).toBeGreaterThan(2000);
    expect(images).toBeGreaterThanOrEqual(10_000);
  });

  it('control: with synchronous=NORMAL answered draws are lost, and nothing is broken', { timeout: 120_000 }, () => {
    const { wrong } = replay(record('normal', { rounds: 2, synchronous: 'NORMAL' }), { perCut: ['subset'] });
    expect(wrong.filter((one) => one.includes('lost:')).length).toBeGreaterThan(0);
    expect(wrong.filter((one) => one.includes('check:') || one.includes('does not open'))).toEqual([]);
  });

  it('control: with eatmydata (a disk that ignores syncs) answered draws are lost', { timeout: 120_000 }, () => {
    const { wrong } = replay(record('eatmydata', { rounds: 1, eatmydata: true }), { perCut: ['subset'], enough: 20 });
    expect(wrong.length).toBeGreaterThan(0);
  });
});
