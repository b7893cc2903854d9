import { expect, it } from 'vitest';
import type { Channel } from '../types.ts';
import { createFrameReader, type FrameMatcher } from './frames.ts';
import { matchGprinterResponse, matchTsplByte } from './tspl.ts';

/** A channel whose other end is the test. */
function fakeChannel() {
  const written: string[] = [];
  let say: (bytes: Uint8Array) => void = () => undefined;
  let onWrite: () => void | Promise<void> = () => undefined;
  const channel: Channel = {
    duplex: true,
    async write(bytes) {
      written.push(Buffer.from(bytes).toString('latin1'));
      await onWrite();
    },
    onData(listener) {
      say = listener;
      return () => { say = () => undefined; };
    },
    close: () => Promise.resolve('quiet'),
  };
  return { channel, written, say: (text: string) => say(Buffer.from(text, 'latin1')), answer: (work: () => void | Promise<void>) => { onWrite = work; } };
}
const line: FrameMatcher<string> = (bytes) => {
  const at = bytes.indexOf(0x0a);
  return at < 0 ? undefined : { value: Buffer.from(bytes.subarray(0, at)).toString(), end: at + 1 };
};

it('an answer of an earlier question is not taken for this one', async () => {
  const printer = fakeChannel();
  const reader = createFrameReader(printer.channel);
  printer.say('stale\n');
  printer.answer(() => printer.say('fresh\n'));
  expect(await reader.ask(Buffer.from('?'), line, 200)).toBe('fresh');
});

it('an answer may come in single bytes; a late one is silence, and is not the next answer', async () => {
  const printer = fakeChannel();
  const reader = createFrameReader(printer.channel);
  printer.answer(() => { for (const one of 'yes\n') setTimeout(() => printer.say(one), 5); });
  expect(await reader.ask(Buffer.from('?'), line, 300)).toBe('yes');
  printer.answer(() => { setTimeout(() => printer.say('late\n'), 60); });
  expect(await reader.ask(Buffer.from('?'), line, 20)).toBeUndefined();
  await new Promise((resolve) => { setTimeout(resolve, 80); });
  printer.answer(() => printer.say('second\n'));
  expect(await reader.ask(Buffer.from('?'), line, 200)).toBe('second');
});

it('a printer that does not even take the question is silent in time', async () => {
  const printer = fakeChannel();
  const reader = createFrameReader(printer.channel);
  printer.answer(() => new Promise(() => undefined));
  const started = Date.now();
  expect(await reader.ask(Buffer.from('?'), line, 50)).toBeUndefined();
  expect(Date.now() - started).toBeLessThan(1_000);
  printer.answer(() => Promise.reject(new Error('reset')));
  expect(await reader.ask(Buffer.from('?'), line, 50)).toBeUndefined();
});

it('messages that come unasked are taken out of the stream and never cut by a question', async () => {
  const printer = fakeChannel();
  const reader = createFrameReader(printer.channel);
  const seen: string[] = [];
  reader.listen(matchGprinterResponse, (response) => seen.push(response.text));
  // The completion message is half here when the status is asked; the answer arrives glued to its end.
  printer.say('{00,0');
  printer.answer(() => printer.say('\u0020'));
  setTimeout(() => printer.say('0001}'), 10);
  expect(await reader.ask(Buffer.from('?'), matchTsplByte, 300)).toMatchObject({ condition: 'busy' });
  expect(seen).toEqual(['00,00001']);
  printer.answer(() => printer.say('\u0000{00,00002}'));
  expect(await reader.ask(Buffer.from('?'), matchTsplByte, 300)).toMatchObject({ condition: 'ready' });
  expect(seen).toEqual(['00,00001', '00,00002']);
});

it('a babbling printer does not fill memory', async () => {
  const printer = fakeChannel();
  const reader = createFrameReader(printer.channel);
  for (let round = 0; round < 200; round += 1) printer.say('x'.repeat(10_000));
  printer.say('end\n');
  const found = await reader.wait(line, 100);
  expect(found?.endsWith('end')).toBe(true);
  expect(found?.length).toBeLessThan(70_000);
});
