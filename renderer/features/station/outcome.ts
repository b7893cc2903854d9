/** Picture and sound of every answer: one table, so that none is forgotten. */
import type { AnswerKind } from '../../../common/contract/stations.ts';
import type { Sound } from './sounds.ts';

export type Tone = 'good' | 'wrong' | 'warn' | 'calm';
export interface Outcome {
  readonly tone: Tone;
  readonly sound: Sound | undefined;
  /** Beside the colour, for those who do not see it. */
  readonly shape: string;
}

export const outcomes: Readonly<Record<AnswerKind, Outcome>> = {
  packed: { tone: 'good', sound: 'good', shape: '✓' },
  counted: { tone: 'calm', sound: 'tick', shape: '＋' },
  opened: { tone: 'calm', sound: 'tick', shape: '▢' },
  basket: { tone: 'calm', sound: 'tick', shape: '＋' },
  alarm: { tone: 'wrong', sound: 'wrong', shape: '✕' },
  held: { tone: 'wrong', sound: 'wrong', shape: '✕' },
  wrong_goods: { tone: 'wrong', sound: 'wrong', shape: '✕' },
  unfinished: { tone: 'wrong', sound: 'wrong', shape: '✕' },
  void: { tone: 'wrong', sound: 'wrong', shape: '⦸' },
  duplicate: { tone: 'warn', sound: 'twice', shape: '2' },
  elsewhere: { tone: 'warn', sound: 'twice', shape: '!' },
  not_printed: { tone: 'warn', sound: 'unknown', shape: '?' },
  no_parcel: { tone: 'warn', sound: 'unknown', shape: '?' },
  unknown: { tone: 'warn', sound: 'unknown', shape: '?' },
  order: { tone: 'warn', sound: 'unknown', shape: '!' },
  set_aside: { tone: 'calm', sound: 'tick', shape: '▣' },
  undone: { tone: 'calm', sound: 'tick', shape: '↶' },
  cannot_undo: { tone: 'warn', sound: 'unknown', shape: '!' },
  put_down: { tone: 'calm', sound: undefined, shape: '○' },
  repeated: { tone: 'calm', sound: undefined, shape: '' },
};
