import { expect, it, vi } from 'vitest';
import { quietLog } from '../waybills/testing.ts';
import { createParcelSync } from './parcel-sync.ts';

it('keeps what could not be written, and writes it with the next change or by itself', async () => {
  const numbered: string[][] = [];
  let broken = true;
  const nothing = async (): Promise<void> => {};
  const sync = createParcelSync({
    facts: {
      of: async (ids) => ids.map((parcelId) => ({ parcelId, number: `YT${parcelId}`, carrierCode: 'YTO', state: 'printed' })),
      parcelsOfAttempts: async (ids) => ids.map((id) => `of ${id}`),
      changedSince: async () => [],
    },
    parcels: {
      markNumbered: async (drawn) => {
        if (broken) throw new Error('disk full');
        numbered.push(drawn.map((one) => one.parcelId).sort());
      },
      markUnprinted: nothing, markPrinted: nothing, markHanded: nothing, markVoided: nothing,
    },
    log: quietLog,
    gatherMs: 1,
    retryMs: 20,
  });
  sync.parcelChanged('a');
  sync.attemptChanged('1');
  await sync.flush();
  expect(numbered).toEqual([]);
  broken = false;
  sync.parcelChanged('b');
  await sync.flush();
  expect(numbered.at(-1)).toEqual(['a', 'b', 'of 1']);
  broken = true;
  sync.parcelChanged('c');
  await sync.flush();
  broken = false;
  await vi.waitFor(() => expect(numbered.at(-1)).toEqual(['c']), { timeout: 25_000 });
  await sync.close();
});
