import type { Attempt } from '../../common/contract/attempts.ts';
import type { LabelState } from './State.tsx';

/** What a screen says of an attempt's state in the journal. */
export function labelStateOf(state: Attempt['state']): LabelState {
  switch (state) {
    case 'ready':
    case 'intent':
      return 'waiting';
    case 'sending':
      return 'sending';
    case 'sent':
    case 'acked':
      return 'printed';
    case 'confirmed':
      return 'confirmed';
    case 'uncertain':
      return 'unknown';
    case 'void':
      return 'void';
    default:
      return 'failed';
  }
}
