/**
 * Labels that are not of a parcel: test labels and media measuring. They go through the printer's own actor, so that nothing is ever
 * sent between the bytes of a waybill, but have no place in the journal.
 */
import type { AttemptSink } from '../../printing/types.ts';

const prefix = 'test_';

/** An attempt id of a label without a parcel. */
export function testAttemptId(id: string): string {
  return prefix + id;
}

/** The journal, except that labels without a parcel are not written into it. */
export function besidesTestLabels(sink: AttemptSink): AttemptSink {
  const isTest = (attemptId: string): boolean => attemptId.startsWith(prefix);
  return {
    ...sink,
    async sending(attemptId, facts) {
      if (!isTest(attemptId)) await sink.sending(attemptId, facts);
    },
    async sent(attemptId, evidence) {
      if (!isTest(attemptId)) await sink.sent(attemptId, evidence);
    },
    async acked(attemptId, evidence) {
      if (!isTest(attemptId)) await sink.acked(attemptId, evidence);
    },
    async noted(attemptId, evidence) {
      if (!isTest(attemptId)) await sink.noted?.(attemptId, evidence);
    },
    async uncertain(attemptId, reason) {
      if (!isTest(attemptId)) await sink.uncertain(attemptId, reason);
    },
    async notSent(attemptId, reason) {
      if (!isTest(attemptId)) await sink.notSent(attemptId, reason);
    },
  };
}
