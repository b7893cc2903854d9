import { expect, it } from 'vitest';
import { errorText } from '../../../common/error-texts.ts';
import { printerStops } from '../../../common/errors.ts';
import { TransportFailure, transportReasons } from '../transports/failure.ts';
import { Stop, stopFor, stopWord } from './stop.ts';

it('a transport failure becomes a reason the screen has words for, or keeps its own message', () => {
  const word = (reason: (typeof transportReasons)[number]) => stopWord(stopFor(new TransportFailure(reason, 'm', 0)));
  expect(Object.fromEntries(transportReasons.map((reason) => [reason, word(reason)]))).toEqual({
    refused: 'off_line', unreachable: 'off_line', timeout: 'off_line', reset: 'connection', peer_closed: 'connection', io: 'connection', cancelled: 'cancelled', queue_stopped: 'paused',
    not_found: undefined, not_permitted: undefined, job_failed: undefined, job_cancelled: undefined, job_lost: undefined, busy: undefined, unsupported: undefined,
  });
  expect(stopWord(stopFor(new Stop({ kind: 'printer', condition: 'out_of_paper', message: '' })))).toBe('out_of_paper');
  expect(stopWord(stopFor(new Stop({ kind: 'no_evidence', condition: 'silent', message: '' })))).toBe('silent');
  expect(stopWord(stopFor(new Stop({ kind: 'no_evidence', condition: 'ready', message: '' })))).toBe('no_evidence');
});

it('every word says what to do in both languages', () => {
  const texts = printerStops.map((what) => [errorText({ code: 'PRINTER_STOPPED', data: { reason: 'R', what } }, 'zh-CN'), errorText({ code: 'PRINTER_STOPPED', data: { reason: 'R', what } }, 'en')]);
  for (const [zh, en] of texts) {
    expect(zh).toMatch(/[\u4e00-\u9fff]/);
    expect(zh).not.toContain('R。');
    expect(en).not.toMatch(/[\u4e00-\u9fff]/);
  }
  expect(new Set(texts.map(([zh]) => zh)).size).toBe(printerStops.length);
});
