import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { bytesOf, createKeptReads } from './kept-reads.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const kept = () => createKeptReads<string>({ files: 3, bytes: 100, milliseconds: 60_000 });

it('gives back what was read in this way, and nothing read in another', () => {
  const reads = kept();
  reads.keep('a', 'plain', 'one', 10);
  expect(reads.find('a', 'plain')).toBe('one');
  expect(reads.find('a', 'mapped')).toBeUndefined();
  reads.keep('a', 'mapped', 'two', 10);
  expect([reads.find('a', 'plain'), reads.find('a', 'mapped')]).toEqual([undefined, 'two']);
  reads.drop('a');
  expect(reads.find('a', 'mapped')).toBeUndefined();
});

it('lets go after the minutes, counted from the last use', () => {
  const reads = kept();
  reads.keep('a', '', 'one', 10);
  reads.keep('b', '', 'two', 10);
  vi.advanceTimersByTime(45_000);
  expect(reads.find('a', '')).toBe('one');
  vi.advanceTimersByTime(45_000);
  expect([reads.find('a', ''), reads.find('b', '')]).toEqual(['one', undefined]);
});

it('holds no more bytes and no more files than it may: the longest unused goes first, one too large is not kept', () => {
  const reads = kept();
  const held = (): string[] => ['a', 'b', 'c', 'd', 'e'].filter((id) => reads.find(id, '') !== undefined);
  reads.keep('a', '', 'x', 40);
  reads.keep('b', '', 'x', 40);
  reads.find('a', '');
  reads.keep('c', '', 'x', 40);
  expect(held()).toEqual(['a', 'c']);
  reads.keep('d', '', 'x', 101);
  expect(held()).toEqual(['a', 'c']);
  reads.keep('d', '', 'x', 1);
  reads.keep('e', '', 'x', 1);
  expect(held()).toEqual(['c', 'd', 'e']);
});

it('counts what a list takes from a part of it', () => {
  const order = { number: '250316-700', lines: [{ title: '棉袜', quantity: 2 }], extra: [] };
  const one = bytesOf([order]);
  expect(one).toBeGreaterThan(JSON.stringify(order).length);
  expect(bytesOf(Array.from({ length: 10_000 }, () => order))).toBe(one * 10_000);
  expect(bytesOf([])).toBe(0);
});
