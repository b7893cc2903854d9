/** The whole program killed while its label stands in a queue of the system: what the next start does with it. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCore } from '../../main/entry/compose.ts';
import * as faults from './fault-servers.ts';
import { cupsMissing, startCups, type PrivateCups } from './private-cups.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

describe.skipIf(cupsMissing !== undefined)(`a queue outlives the program${cupsMissing === undefined ? '' : ` (${cupsMissing})`}`, () => {
  let cups: PrivateCups;
  let folder: string;
  const before = process.env['CUPS_SERVER'];

  beforeAll(async () => {
    cups = await startCups();
    folder = await mkdtemp(join(tmpdir(), 'packbench-queue-'));
    process.env['CUPS_SERVER'] = `${cups.host}:${cups.port}`;
  });
  afterAll(async () => {
    if (before === undefined) delete process.env['CUPS_SERVER'];
    else process.env['CUPS_SERVER'] = before;
    await cups.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** Prints three orders in a process of its own and kills it as soon as a job of ours is in the queue. */
  async function killedRun(data: string, queue: string): Promise<string> {
    const child = spawn(process.execPath, [
      join(root, 'main', 'entry', 'cli.ts'), 'run', '--orders', join(root, 'test', 'fixtures', 'samples', 'pdd-orders-utf8bom.csv'), '--shop', 'queue', '--numbers', 'YT8800000000001+50',
      '--printer', `cups:${queue}`, '--data', data, '--limit', '3', '--json',
    ], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, PACKBENCH_WITNESS_DIR: join(data, 'witness') } });
    let said = '';
    child.stdout.on('data', (bytes: Buffer) => { said += bytes.toString(); });
    child.stderr.on('data', (bytes: Buffer) => { said += bytes.toString(); });
    const gone = new Promise((resolve) => { child.once('exit', resolve); });
    try {
      for (;;) {
        const ours = (await cups.client.jobs(queue)).find((job) => job.name.startsWith('att_'));
        if (ours !== undefined) return ours.name;
        if (child.exitCode !== null) throw new Error(`the program ended before a job was in the queue: ${said}`);
        await new Promise((resolve) => { setTimeout(resolve, 20); });
      }
    } finally {
      child.kill('SIGKILL');
      await gone;
    }
  }

  it('a label that waits behind another job is taken out; it was not sent, and nothing comes out by itself', async () => {
    let release: () => void = () => undefined;
    const server = await faults.startServer((socket) => {
      // The letter of another program holds the printer until we let it go.
      socket.on('end', () => { release = () => socket.end(); });
    });
    cups.addQueue('shared', `socket://${server.host}:${server.port}`);
    const letter = await cups.client.printRaw('shared', 'a letter', Buffer.from('dear customer'));
    await expect.poll(async () => (await cups.client.job(letter))?.state).toBe(5);
    const attemptId = await killedRun(join(folder, 'waiting'), 'shared');

    const core = await createCore({ dataFolder: join(folder, 'waiting'), witnessFolder: join(folder, 'waiting', 'witness') });
    await expect.poll(async () => (await core.services.attempts.get(attemptId)).state, { timeout: 20_000 }).toBe('not_sent');
    const states = (await core.services.attempts.list({ limit: 100 })).map((attempt) => attempt.state);
    expect(new Set(states)).toEqual(new Set(['not_sent']));
    expect((await cups.client.jobs('shared')).find((job) => job.name === attemptId)).toMatchObject({ state: 7, began: false });
    release();
    await expect.poll(async () => (await cups.client.job(letter))?.state).toBe(9);
    await new Promise((resolve) => { setTimeout(resolve, 500); });
    expect(server.connections.map(String)).toEqual(['dear customer']);
    await core.close();
    await server.close();
  }, 90_000);

  it('a label that is being printed is followed to its end; it was sent, and no other one goes out', async () => {
    let release: () => void = () => undefined;
    const server = await faults.startServer((socket) => socket.on('end', () => { release = () => socket.end(); }));
    cups.addQueue('own', `socket://${server.host}:${server.port}`);
    const attemptId = await killedRun(join(folder, 'printing'), 'own');
    await expect.poll(() => server.connections[0]?.length ?? 0, { timeout: 10_000 }).toBeGreaterThan(0);

    const core = await createCore({ dataFolder: join(folder, 'printing'), witnessFolder: join(folder, 'printing', 'witness') });
    expect((await core.services.attempts.get(attemptId)).state).toBe('sending');
    release();
    await expect.poll(async () => (await core.services.attempts.get(attemptId)).state, { timeout: 20_000 }).toBe('sent');
    expect(server.connections).toHaveLength(1);
    await core.close();
    await server.close();
  }, 90_000);
});
