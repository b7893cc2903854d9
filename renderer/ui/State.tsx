/** States of a label: colour and shape and word, never colour alone. */
import { defineTexts } from '../i18n/index.ts';

export type LabelState = 'waiting' | 'sending' | 'printed' | 'confirmed' | 'unknown' | 'failed' | 'void';

const shapes: Readonly<Record<LabelState, string>> = { waiting: '○', sending: '◔', printed: '●', confirmed: '✓', unknown: '?', failed: '✕', void: '⦸' };

const useTexts = defineTexts('state', {
  zh: { waiting: '待打印', sending: '发送中', printed: '已发送', confirmed: '已确认', unknown: '待确认', failed: '未打印', void: '已作废' },
  en: { waiting: 'waiting', sending: 'sending', printed: 'sent', confirmed: 'confirmed', unknown: 'unknown', failed: 'not printed', void: 'void' },
});

export function State({ state, text }: { state: LabelState; text?: string }) {
  const t = useTexts();
  return (
    <span className="state" data-state={state} style={{ color: `var(--state-${state})` }}>
      <span aria-hidden="true">{shapes[state]}</span>
      {text ?? t(state)}
    </span>
  );
}
