import { describe, expect, it } from 'vitest';
import { contentHash, hashText } from './hash.ts';

describe('hashes', () => {
  it('are written as they always were: those kept with the orders of older versions must compare equal', () => {
    expect([hashText(''), hashText('陈青禾'), hashText('250313-1')]).toEqual(['', '陈青禾', '250313-1'].map((text) => contentHash(text).toString(36)));
    const different = Array.from({ length: 50_000 }, (_, index) => `${index}号${index * 7919}`).filter((text) => hashText(text) !== contentHash(text).toString(36));
    expect(different).toEqual([]);
  });
});
