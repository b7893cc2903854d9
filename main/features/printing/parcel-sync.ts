import type { Log } from '../../ports/index.ts';
import type { ParcelFacts } from '../waybills/parcel-facts.ts';

export interface ParcelSyncDeps {
  readonly facts: {
    of(parcelIds: readonly string[]): Promise<ParcelFacts[]>;
    parcelsOfAttempts(attemptIds: readonly string[]): Promise<string[]>;
    changedSince(at: string): Promise<string[]>;
  };
  readonly parcels: {
    markNumbered(drawn: readonly { parcelId: string; waybill: string; carrierCode: string }[]): Promise<void>;
    markUnprinted(parcelIds: readonly string[]): Promise<unknown>;
    markPrinted(parcelIds: readonly string[]): Promise<unknown>;
    markHanded(parcelIds: readonly string[]): Promise<unknown>;
    markVoided(parcelIds: readonly string[]): Promise<unknown>;
  };
  readonly log: Log;
  readonly gatherMs?: number;
  /** How long after a write that failed it is tried again. */
  readonly retryMs?: number;
}

export type ParcelSync = ReturnType<typeof createParcelSync>;

/** A restart looks this far back for what the last run did not get to write down. */
const lookBackMs = 48 * 3_600_000;

/**
 * Keeps the parcels' copy of number and state in step with the ledger and the journal, which alone are the truth. Changes are
 * gathered for a moment and written together; what a crash cuts off is made good at the next start.
 */
export function createParcelSync({ facts, parcels, log, gatherMs = 150, retryMs = 2_000 }: ParcelSyncDeps) {
  const attemptIds = new Set<string>();
  const parcelIds = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let retry: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  async function write(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const known = await facts.of(ids);
    const inState = (...states: ParcelFacts['state'][]): string[] => known.filter((fact) => states.includes(fact.state)).map((fact) => fact.parcelId);
    await parcels.markVoided(inState('void'));
    await parcels.markNumbered(known.filter((fact) => fact.state !== 'void').map((fact) => ({ parcelId: fact.parcelId, waybill: fact.number, carrierCode: fact.carrierCode })));
    await parcels.markUnprinted(inState('numbered'));
    await parcels.markPrinted(inState('printed'));
    await parcels.markHanded(inState('handed'));
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    running = running.then(async () => {
      const attempts = [...attemptIds];
      const parcels = [...parcelIds];
      attemptIds.clear();
      parcelIds.clear();
      try {
        await write([...new Set([...parcels, ...(await facts.parcelsOfAttempts(attempts))])]);
      } catch (thrown) {
        log.error('parcels.sync', { error: thrown instanceof Error ? thrown.message : String(thrown) });
        // A copy left behind would let a printed parcel be printed, merged or sent away again: they go with the next ones.
        for (const id of attempts) attemptIds.add(id);
        for (const id of parcels) parcelIds.add(id);
        retry ??= setTimeout(again, retryMs);
      }
    });
    return running;
  }

  function again(): void {
    retry = undefined;
    void flush();
  }

  function soon(): void {
    timer ??= setTimeout(() => void flush(), gatherMs);
  }

  return {
    attemptChanged(attemptId: string): void {
      attemptIds.add(attemptId);
      soon();
    },
    parcelChanged(parcelId: string): void {
      parcelIds.add(parcelId);
      soon();
    },
    flush,
    /** Writes what waits; what cannot be written is made good at the next start. */
    async close(): Promise<void> {
      await flush();
      clearTimeout(retry);
    },
    /** At start: everything that changed lately is compared again. */
    async recover(now: string): Promise<void> {
      await write(await facts.changedSince(new Date(Date.parse(now) - lookBackMs).toISOString()));
    },
  };
}
