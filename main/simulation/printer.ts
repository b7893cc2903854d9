/** A simulated label printer and its own log, which is the truth about paper. */
import type { Random } from './random.ts';

export interface Paper {
  readonly site: string;
  readonly attemptId: string;
  readonly number: string;
  readonly parcelId: string;
  readonly mark: number;
  readonly sha256: string;
  readonly era: number;
}

export type SendOutcome = 'taken' | 'acknowledged' | 'cut' | 'refused';

export interface SimPrinter {
  /** Sends one label. `cut`: the connection broke on the way, the paper may be there or not; `refused`: no byte was taken. */
  send(paper: Paper): SendOutcome;
  /** Paper is put in, the power is back: what the printer still had in its memory comes out. */
  refill(): void;
}

export function createPrinter(random: Random, log: Paper[], faults: Record<string, number>): SimPrinter {
  const memory: Paper[] = [];
  let empty = false;
  const count = (fault: string) => void (faults[fault] = (faults[fault] ?? 0) + 1);
  return {
    send(paper) {
      if (empty) {
        if (random.chance(0.5)) return 'refused';
        count('printer out of paper');
        memory.push(paper);
        return 'cut';
      }
      const roll = random.next();
      if (roll < 0.04) {
        count('printer refused');
        return 'refused';
      }
      if (roll < 0.09) {
        count('cable pulled');
        if (random.chance(0.5)) log.push(paper);
        return 'cut';
      }
      if (roll < 0.12) {
        count('printer out of paper');
        empty = true;
        if (random.chance(0.7)) memory.push(paper);
        return 'cut';
      }
      log.push(paper);
      return roll < 0.6 ? 'acknowledged' : 'taken';
    },
    refill() {
      empty = false;
      log.push(...memory.splice(0));
    },
  };
}
