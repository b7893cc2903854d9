import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Desk } from '../../../common/contract/stations.ts';
import { api, client, isAnswer, queryClient } from '../../client/index.ts';
import { outcomes } from './outcome.ts';
import type { Tone } from './outcome.ts';
import { createScanQueue } from './queue.ts';
import type { QueueState, ScanQueue, WaitingScan } from './queue.ts';
import { play } from './sounds.ts';

const flashMs = 400;
const keptKey = 'packbench.station.waiting';

const failures = new Set<(thrown: unknown) => void>();

/** Told of scans and keys the core refused; returns a function that stops it. */
export function onScanFailure(listener: (thrown: unknown) => void): () => void {
  failures.add(listener);
  return () => failures.delete(listener);
}

/** The one queue of this window: scans go on while other pages are open. */
export const scans: ScanQueue = createScanQueue({
  scan: (scan) => client.stations.scan(scan),
  isAnswer,
  onReply({ answer, desk }) {
    queryClient.setQueryData(api.stations.desk.queryKey(), desk);
    const { sound } = outcomes[answer.kind];
    if (sound !== undefined) play(sound);
  },
  onFailure(thrown) {
    for (const listener of failures) listener(thrown);
  },
  onLate: () => play('unknown'),
  kept: {
    read: () => JSON.parse(sessionStorage.getItem(keptKey) ?? '[]') as WaitingScan[],
    write: (waiting) => sessionStorage.setItem(keptKey, JSON.stringify(waiting)),
  },
  newId: () => crypto.randomUUID(),
});

export interface Station extends QueueState {
  readonly desk: Desk | undefined;
  /** The whole screen shows this colour for a moment. */
  readonly flash: Tone | undefined;
  readonly run: ScanQueue['run'];
}

/** The desk of this station and what its last scan was. */
export function useStation(): Station {
  const { data: desk } = useQuery(api.stations.desk.queryOptions());
  const state = useSyncExternalStore(scans.subscribe, scans.state);
  const [flash, setFlash] = useState<Tone>();
  useEffect(() => {
    const { answer } = scans.state();
    const tone = answer && outcomes[answer.kind].tone;
    if (tone === undefined || tone === 'calm') return setFlash(undefined);
    setFlash(tone);
    const over = setTimeout(() => setFlash(undefined), flashMs);
    return () => clearTimeout(over);
  }, [state.answers]);
  return { ...state, desk, flash, run: scans.run };
}
