import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { isFailure } from '../../../common/errors.ts';
import type { OpenDatabase } from '../../database/open.ts';
import { forEachDialect } from '../../database/testing.ts';
import { orderFor, packer, seedPool, worldOver } from '../waybills/testing.ts';
import type { World } from '../waybills/testing.ts';

const bytes = { sha256: 'f'.repeat(64), byteCount: 1000 };

forEachDialect('print attempts', (open) => {
  let opened: OpenDatabase;
  let world: World;
  let shopId: string;
  let n = 0;
  let job = '';
  beforeAll(async () => {
    opened = await open();
    world = worldOver(opened);
    await world.incarnation.start();
    ({ shopId } = await seedPool(world, { count: 2000, settlement: 'monthly' }));
  });
  afterAll(() => opened.close());
  beforeEach(() => {
    job = `job_${(n += 1)}`;
  });

  async function drawn(count: number): Promise<{ attemptId: string; number: string; parcelId: string; mark: number }[]> {
    const results = await world.draw(orderFor(shopId, Array.from({ length: count }, (_, i) => `p${n}-${i + 1}`), { jobId: job }));
    return results.map((result) => {
      if (!result.ok) throw new Error(result.error.code);
      return result;
    });
  }
  async function send(id: string, end?: 'sent' | 'acked' | 'uncertain'): Promise<void> {
    const { sink } = world.attempts;
    await sink.sending(id, bytes);
    if (end === 'uncertain') return sink.uncertain(id, 'cable');
    if (end !== undefined) await sink.sent(id, [{ kind: 'transport' }]);
    if (end === 'acked') await sink.acked(id, [{ kind: 'process_id', id: '1' }]);
  }
  const stateOf = async (id: string) => (await world.attempts.get(id)).state;
  const numberState = async (number: string) => (await world.repository.number(number))?.state;
  const codeOf = (work: Promise<unknown>) => work.then(() => 'ok', (thrown: unknown) => (isFailure(thrown) ? thrown.error.code : String(thrown)));

  it('goes from intent to confirmed with its evidence; repeating a step is nothing', async () => {
    const [label] = await drawn(1);
    const id = label?.attemptId ?? '';
    await send(id, 'acked');
    await world.attempts.sink.acked(id, []);
    await world.attempts.settle({ id, outcome: 'confirmed', note: '' }, packer);
    const attempt = await world.attempts.get(id);
    expect(attempt).toMatchObject({ state: 'confirmed', sha256: bytes.sha256, settledBy: '张工' });
    expect(attempt.evidence.map((one) => one.kind)).toEqual(['transport', 'process_id']);
    expect(attempt.steps.map((step) => step.to)).toEqual(['sending', 'sent', 'acked', 'confirmed']);
    expect(await numberState(label?.number ?? '')).toBe('printed');
  });

  it('refuses to send what was sent, and to send again what may be on paper', async () => {
    const [one, two] = await drawn(2);
    await send(one?.attemptId ?? '', 'sent');
    expect(await codeOf(world.attempts.sink.sending(one?.attemptId ?? '', bytes))).toBe('ATTEMPT_STATE');
    await send(two?.attemptId ?? '', 'uncertain');
    expect(await codeOf(world.attempts.sink.sending(two?.attemptId ?? '', bytes))).toBe('ATTEMPT_STATE');
    const again = await world.draw(orderFor(shopId, [one?.parcelId ?? '', two?.parcelId ?? ''], { jobId: `${job}-again` }));
    expect(again.map((result) => (result.ok ? 'ok' : result.error.code))).toEqual(['LABEL_PRINTED', 'LABEL_UNCERTAIN']);
  });

  it('after a crash: intent is not sent, sending is uncertain, queued documents are adopted', async () => {
    const [one, two, three] = await drawn(3);
    await send(two?.attemptId ?? '');
    await send(three?.attemptId ?? '');
    const report = await world.attempts.recover(new Set([three?.attemptId ?? '']));
    expect(report).toMatchObject({ notSent: 1, uncertain: 1, adopted: 1 });
    expect([await stateOf(one?.attemptId ?? ''), await stateOf(two?.attemptId ?? ''), await stateOf(three?.attemptId ?? '')]).toEqual(['not_sent', 'uncertain', 'sending']);
    expect([await numberState(one?.number ?? ''), await numberState(two?.number ?? '')]).toEqual(['assigned', 'unknown']);
    // Not sent goes again by itself, without a mark; the same number.
    const [again] = await world.draw(orderFor(shopId, [one?.parcelId ?? ''], { jobId: `${job}-b` }));
    expect(again).toMatchObject({ ok: true, number: one?.number, mark: 0, again: true });
    await world.attempts.sink.uncertain(three?.attemptId ?? '', 'job vanished');
  });

  it('one scan of the last good label settles its batch', async () => {
    const labels = await drawn(6);
    for (const label of labels.slice(0, 2)) await send(label.attemptId, 'sent');
    for (const label of labels.slice(2, 5)) await send(label.attemptId, 'uncertain');
    const doubt = (await world.attempts.uncertain()).find((one) => one.job.id === job);
    expect(doubt?.lastGood?.id).toBe(labels[1]?.attemptId);
    expect(doubt?.doubtful.map((one) => one.position)).toEqual([3, 4, 5]);
    expect(doubt?.notSent).toBe(1);
    expect(await world.attempts.settleByLast({ number: `${labels[3]?.number ?? ''}@1` }, packer)).toEqual({ jobId: job, confirmed: 4, notPrinted: 1, left: 0 });
    expect(await Promise.all(labels.map((label) => stateOf(label.attemptId)))).toEqual(['confirmed', 'confirmed', 'confirmed', 'confirmed', 'not_printed', 'intent']);
    // What did not come out goes again with a mark, because that is a person's word.
    const [again] = await world.draw(orderFor(shopId, [labels[4]?.parcelId ?? ''], { jobId: `${job}-b` }));
    expect(again).toMatchObject({ ok: true, mark: 1, number: labels[4]?.number });
    expect(await codeOf(world.attempts.settleByLast({ number: labels[5]?.number ?? '' }, packer))).toBe('ATTEMPT_STATE');
    expect(await codeOf(world.attempts.settleByLast({ number: 'YT0000000000000' }, packer))).toBe('NUMBER_UNKNOWN');
  });

  it('a scan at packing confirms once and raises the alarm the second time', async () => {
    const [one, two] = await drawn(2);
    await send(one?.attemptId ?? '', 'uncertain');
    expect(await world.attempts.scan({ number: one?.number ?? '', parcelId: one?.parcelId }, packer)).toMatchObject({ outcome: 'confirmed' });
    expect(await world.attempts.scan({ number: one?.number ?? '' }, packer)).toMatchObject({ outcome: 'seen_before' });
    expect(await world.attempts.scan({ number: one?.number ?? '', parcelId: 'other' }, packer)).toMatchObject({ outcome: 'other_parcel', parcelId: one?.parcelId });
    expect(await world.attempts.scan({ number: two?.number ?? '' }, packer)).toMatchObject({ outcome: 'not_printed_here' });
    expect(await world.attempts.scan({ number: 'YT0000000000000' }, packer)).toMatchObject({ outcome: 'unknown_number' });
    await world.life.void({ number: two?.number ?? '', reason: 'x' }, packer);
    expect(await world.attempts.scan({ number: two?.number ?? '' }, packer)).toMatchObject({ outcome: 'void' });
  });

  it('a reprint has a mark, a reason, and the right the lead gives', async () => {
    const [one] = await drawn(1);
    await send(one?.attemptId ?? '', 'sent');
    const request = { attemptId: one?.attemptId ?? '', reason: '', jobId: `${job}-r` };
    expect(await codeOf(world.attempts.openReprint(request, packer))).toBe('REASON_NEEDED');
    const first = await world.attempts.openReprint({ ...request, reason: '破损' }, packer);
    expect(first).toMatchObject({ number: one?.number, mark: 1 });
    expect(await codeOf(world.attempts.openReprint({ ...request, reason: '破损', jobId: `${job}-s` }, packer))).toBe('LABEL_UNDER_WAY');
    await world.attempts.release([first.attemptId], 'stopped');
    expect(await codeOf(world.attempts.rights.set({ reprint: 'pin' }))).toBe('PIN_NEEDED');
    await world.attempts.rights.set({ reprint: 'pin', pin: '4711' });
    expect(await codeOf(world.attempts.openReprint({ ...request, reason: 'x' }, packer))).toBe('PIN_NEEDED');
    for (const left of [4, 3, 2, 1, 0]) {
      await expect(world.attempts.openReprint({ ...request, reason: 'x', pin: '0000' }, packer)).rejects.toMatchObject({ error: { code: 'PIN_WRONG', data: { triesLeft: left } } });
    }
    await expect(world.attempts.openReprint({ ...request, reason: 'x', pin: '4711' }, packer)).rejects.toMatchObject({ error: { code: 'PIN_WRONG', data: { triesLeft: 0 } } });
    world.clock.advance(10 * 60_000);
    const second = await world.attempts.openReprint({ ...request, reason: 'x', pin: '4711', jobId: `${job}-t` }, packer);
    // A label released before its first byte is not on paper, so it does not count.
    expect(second.mark).toBe(1);
    expect(await world.attempts.get(second.attemptId)).toMatchObject({ approvedBy: 'lead', reprintOf: one?.attemptId, reason: 'x' });
    await world.attempts.rights.set({ reprint: 'reason' });
    await world.attempts.release([second.attemptId], 'done');
  });

  it('a void number takes its labels with it, but not one that is being sent', async () => {
    const [one, two] = await drawn(2);
    await send(one?.attemptId ?? '');
    expect(await codeOf(world.life.void({ number: one?.number ?? '', reason: 'x' }, packer))).toBe('LABEL_UNDER_WAY');
    await world.life.void({ number: two?.number ?? '', reason: 'x' }, packer);
    expect(await stateOf(two?.attemptId ?? '')).toBe('void');
    expect(await codeOf(world.attempts.openReprint({ attemptId: two?.attemptId ?? '', reason: 'x', jobId: 'j' }, packer))).toBe('NUMBER_STATE');
    await world.attempts.sink.notSent(one?.attemptId ?? '', 'no byte was offered');
    expect(await stateOf(one?.attemptId ?? '')).toBe('not_sent');
  });

  it('facts about paper are recorded even while issuing is stopped', async () => {
    const [one] = await drawn(1);
    await send(one?.attemptId ?? '');
    world.gate.stop('person', 'test', world.clock.now());
    await world.attempts.sink.sent(one?.attemptId ?? '', [{ kind: 'transport' }]);
    expect(await stateOf(one?.attemptId ?? '')).toBe('sent');
    expect(await codeOf(world.draw(orderFor(shopId, ['stopped'], { jobId: 'x' })))).toBe('ISSUING_STOPPED');
    world.gate.open();
  });
});
