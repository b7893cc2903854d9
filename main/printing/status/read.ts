import type { PrinterProfile } from '../types.ts';
import { decodeRealTime, matchRealTime, realTimeQuery } from './escpos.ts';
import type { FrameReader } from './frames.ts';
import { matchTsplByte, matchTsplFrame, tsplFrameQuery, tsplStatusQuery } from './tspl.ts';
import { gravest, type Decoded } from './vocabulary.ts';
import { matchErrorQuery, matchHostStatus, matchSgd, odometerKey, readOdometer, sgdQuery, zplErrorQuery, zplHostStatusQuery } from './zpl.ts';

export type StatusMethod = PrinterProfile['dialect']['statusMethod'];

/** What one round of questions brought. */
export interface StatusAnswer extends Decoded {
  /** ZPL only: the printer's queue is empty and nothing is wrong. */
  readonly bufferEmpty?: boolean;
  /** Concluded from bytes that are not taken, not said by the printer: it proves neither that it answers nor that it prints. */
  readonly inferred?: true;
}

/** The printer does not even take the question: its buffer is full, which is work and not silence. */
export const notTakingBytes: StatusAnswer = { condition: 'busy', detail: 'the printer is not taking bytes', inferred: true };

/** Asks once, between labels only. A printer that does not answer is `silent`: neither off line nor wrong, not known. */
export async function readStatus(reader: FrameReader, method: StatusMethod, timeoutMs: number): Promise<StatusAnswer> {
  switch (method) {
    case 'none':
      return { condition: 'ready', detail: 'status not asked' };
    case 'tspl-esc':
      return (await reader.ask(tsplStatusQuery, matchTsplByte, timeoutMs)) ?? silent;
    case 'tspl-frame':
      return (await reader.ask(tsplFrameQuery, matchTsplFrame, timeoutMs)) ?? silent;
    case 'zpl-hs':
      return readZpl(reader, timeoutMs);
    case 'escpos-dle':
      return readEscpos(reader, timeoutMs);
  }
}

const silent: StatusAnswer = { condition: 'silent' };

/**
 * `~HS` knows nothing of a jam, and Zebra's page says that it is not answered in some error states: so `~HQES` is asked too.
 * A printer that does not know `~HQES` is asked once in vain and then only when `~HS` is silent.
 */
async function readZpl(reader: FrameReader, timeoutMs: number): Promise<StatusAnswer> {
  const status = await reader.ask(zplHostStatusQuery, matchHostStatus, timeoutMs);
  if (status === undefined) return (await reader.ask(zplErrorQuery, matchErrorQuery, timeoutMs)) ?? silent;
  const errors = reader.unanswered(matchErrorQuery) ? undefined : await reader.ask(zplErrorQuery, matchErrorQuery, timeoutMs);
  const condition = gravest([status.condition, errors?.condition ?? 'ready']);
  const detail = [status.detail, errors?.detail].filter((word) => word !== undefined).join(', ');
  return { condition, ...(detail === '' ? {} : { detail }), bufferEmpty: status.idle && condition === 'ready' };
}

async function readEscpos(reader: FrameReader, timeoutMs: number): Promise<StatusAnswer> {
  const answers: [number?, number?, number?, number?] = [];
  for (const n of [1, 2, 3, 4] as const) {
    const answer = await reader.ask(realTimeQuery(n), matchRealTime, timeoutMs);
    // The first question unanswered: the rest would only cost three more time-outs.
    if (answer === undefined) return n === 1 ? silent : decodeRealTime(answers);
    answers[n - 1] = answer;
  }
  return decodeRealTime(answers);
}

/** Labels printed in the printer's life, or undefined where it does not say. */
export async function readZplOdometer(reader: FrameReader, timeoutMs: number): Promise<number | undefined> {
  const answer = await reader.ask(sgdQuery(odometerKey), matchSgd, timeoutMs);
  return answer === undefined ? undefined : readOdometer(answer);
}
