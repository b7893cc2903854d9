import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTestDatabase } from '../../database/testing.ts';
import { orderFor, seedPool, worldOver } from './testing.ts';
import { filePlace } from './witness.ts';
import type { WitnessRecord } from './witness.ts';

const record = (seq: number): WitnessRecord => ({ lineage: 'line', incarnation: 1, seq, hash: `h${seq}`, machineId: 'pc', place: '/data', writer: 'w', at: '2026-11-22T00:00:00.000Z' });

describe('the witness file', () => {
  it('remembers the latest record, also after a write that was cut', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'packbench-witness-')), 'deep', 'line.witness');
    const place = filePlace(() => path);
    expect(place.read('line')).toBeUndefined();
    for (const seq of [1, 2, 3]) place.write(record(seq), { sync: true });
    place.close();
    expect(filePlace(() => path).read('line')?.seq).toBe(3);
    // Half of the newest slot is gone: the record before it stays.
    const bytes = readFileSync(path);
    const newest = bytes.subarray(0, 1024).toString().includes('"seq":3') ? 0 : 1024;
    bytes.fill(0, newest + 40, newest + 200);
    writeFileSync(path, bytes);
    expect(filePlace(() => path).read('line')?.seq).toBe(2);
  });
});

describe('copies and old images', () => {
  async function start(options: Parameters<typeof worldOver>[1] = {}) {
    const opened = await openTestDatabase('sqlite');
    const memory = new Map<string, WitnessRecord>();
    const world = worldOver(opened, { memory, ...options });
    await world.incarnation.start();
    const { shopId, poolId, accountId } = await seedPool(world, { count: 10, settlement: 'monthly' });
    const [first] = await world.draw(orderFor(shopId, ['a1', 'a2']));
    return { opened, memory, world, shopId, poolId, accountId, first };
  }
  const again = (from: Awaited<ReturnType<typeof start>>, options: Parameters<typeof worldOver>[1] = {}) =>
    worldOver(from.opened, { memory: from.memory, clock: from.world.clock, ids: from.world.ids, ...options });

  it('an ordinary restart changes nothing', async () => {
    const was = await start();
    const world = again(was);
    expect(await world.incarnation.start()).toMatchObject({ incarnation: 1 });
    expect((await world.draw(orderFor(was.shopId, ['a3'], { jobId: 'j2' })))[0]).toMatchObject({ ok: true, number: 'YT8800000000003' });
    await was.opened.close();
  });

  it('data older than their witness: numbers not drawn are quarantined, labels not out become unknown', async () => {
    const was = await start();
    const [lineage, known] = [...was.memory][0] ?? ['', undefined];
    if (!known) throw new Error('no witness');
    was.memory.set(lineage, { ...known, seq: known.seq + 5, hash: 'of the future' });
    const world = again(was);
    expect(await world.incarnation.start()).toMatchObject({ incarnation: 2, copy: { reason: 'rolled_back', quarantined: 8, detail: '5' } });
    expect((await world.draw(orderFor(was.shopId, ['b1'], { jobId: 'j2' })))[0]).toMatchObject({ ok: false, error: { code: 'NO_NUMBERS_LEFT' } });
    expect(await world.attempts.countUncertain()).toBe(2);
    expect((await world.draw(orderFor(was.shopId, ['a1'], { jobId: 'j3' })))[0]).toMatchObject({ ok: false, error: { code: 'LABEL_UNCERTAIN' } });
    // The next start is an ordinary one.
    expect((await again(was).incarnation.start()).copy).toBeUndefined();
    await was.opened.close();
  });

  it('another PC, a copy whose original is still there, a history that differs', async () => {
    const moved = await start();
    expect((await again(moved, { witness: { machineId: 'pc-2' } }).incarnation.start()).copy?.reason).toBe('other_machine');
    await moved.opened.close();
    const copied = await start();
    expect((await again(copied, { witness: { place: '/copy', stillAt: () => true } }).incarnation.start()).copy).toMatchObject({ reason: 'copied', detail: '/data' });
    // The original's witness is untouched by its copy.
    expect([...copied.memory.values()].filter((one) => one.place === '/data')).toHaveLength(1);
    await copied.opened.close();
    const renamed = await start();
    expect((await again(renamed, { witness: { place: '/renamed', stillAt: () => false } }).incarnation.start()).copy).toBeUndefined();
    await renamed.opened.close();
    const forked = await start();
    const [lineage, known] = [...forked.memory][0] ?? ['', undefined];
    if (known) forked.memory.set(lineage, { ...known, hash: 'another history' });
    expect((await again(forked).incarnation.start()).copy?.reason).toBe('forked');
    await forked.opened.close();
  });

  it('a second program on a copy of the data stops the first', async () => {
    const was = await start();
    const [lineage, known] = [...was.memory][0] ?? ['', undefined];
    if (known) was.memory.set(lineage, { ...known, writer: 'somebody else', place: '/usb' });
    await expect(was.world.draw(orderFor(was.shopId, ['c1'], { jobId: 'j9' }))).rejects.toMatchObject({ error: { code: 'ISSUING_STOPPED', data: { reason: 'other_copy', detail: '/usb' } } });
    expect(was.world.gate.stopped()?.reason).toBe('other_copy');
    await was.opened.close();
  });
});
