import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Answer, Desk, Reply } from '../../../common/contract/stations.ts';
import { api, appError, client, queryClient } from '../../client/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { outcomes } from './outcome.ts';
import type { Tone } from './outcome.ts';
import { play } from './sounds.ts';

const flashMs = 400;
const retryMs = 500;

export interface Station {
  readonly desk: Desk | undefined;
  readonly answer: Answer | undefined;
  /** The whole screen shows this colour for a moment. */
  readonly flash: Tone | undefined;
  /** Scans that wait for their answer; more than one only when the core is slow or gone. */
  readonly waiting: number;
  scan(code: string, capturedMs: number): void;
  /** A key of the packer: its answer is shown like that of a scan. */
  run(work: () => Promise<Reply>): void;
}

/**
 * The desk of this station and what its last scan was. Scans are answered one after the other, in the order they were made, and none is
 * lost: while the connection is down it is asked again with the same id, which the core takes as one scan.
 */
export function useStation(): Station {
  const failure = useFailure();
  const { data: desk } = useQuery(api.stations.desk.queryOptions());
  const [answer, setAnswer] = useState<Answer>();
  const [flash, setFlash] = useState<Tone>();
  const [waiting, setWaiting] = useState(0);
  const chain = useRef(Promise.resolve());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const left = useRef(false);
  useEffect(() => {
    left.current = false;
    return () => {
      left.current = true;
      clearTimeout(timer.current);
    };
  }, []);

  const show = useCallback((reply: Reply): void => {
    queryClient.setQueryData(api.stations.desk.queryKey(), reply.desk);
    if (reply.answer.kind === 'repeated') return;
    const { tone, sound } = outcomes[reply.answer.kind];
    setAnswer(reply.answer);
    if (sound !== undefined) play(sound);
    clearTimeout(timer.current);
    setFlash(tone === 'calm' ? undefined : tone);
    timer.current = setTimeout(() => setFlash(undefined), flashMs);
  }, []);

  function queue(work: () => Promise<Reply>, again: boolean): void {
    setWaiting((count) => count + 1);
    chain.current = chain.current
      .then(async () => {
        for (;;) {
          try {
            show(await work());
            return;
          } catch (thrown) {
            if (!again || left.current || appError(thrown) !== undefined) {
              failure(thrown);
              return;
            }
            await new Promise((resolve) => setTimeout(resolve, retryMs));
          }
        }
      })
      .finally(() => setWaiting((count) => count - 1));
  }

  return {
    desk,
    answer,
    flash,
    waiting,
    scan: (code, capturedMs) => {
      const scanId = crypto.randomUUID();
      queue(() => client.stations.scan({ scanId, code: code.slice(0, 500), capturedMs }), true);
    },
    run: (work) => queue(work, false),
  };
}
