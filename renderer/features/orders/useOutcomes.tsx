import { App } from 'antd';
import type { Outcome } from '../../../common/contract/orders.ts';
import { useLocale } from '../../i18n/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { failureText } from '../../ui/failureText.ts';
import { useActionTexts } from './actionTexts.ts';

/** The latest word takes the place of the one before: quick keys do not pile them up. */
export const outcomeKey = 'outcome';
/** Refusals named one by one; of more than these the first are enough to see why. */
const mostNamed = 8;

/** Runs work whose parts answer for themselves: one refusal is said in a line, several are listed, success in the words given. */
export function useOutcomes(): (work: Promise<readonly Pick<Outcome, 'ok' | 'failure'>[]>, done: (count: number) => string) => Promise<boolean> {
  const t = useActionTexts();
  const locale = useLocale();
  const failure = useFailure();
  const { message, modal } = App.useApp();
  return async (work, done) => {
    try {
      const outcomes = await work;
      const sentences = outcomes.flatMap((outcome) => (outcome.failure ? [failureText(outcome.failure, locale)] : []));
      if (sentences.length === 0) message.success({ key: outcomeKey, content: done(outcomes.length) });
      else if (outcomes.length === 1) message.warning({ key: outcomeKey, content: sentences[0] });
      else {
        message.destroy(outcomeKey);
        modal.warning({ title: t('refused', { done: outcomes.length - sentences.length, refused: sentences.length }), content: [...new Set(sentences)].slice(0, mostNamed).map((sentence) => <p key={sentence}>{sentence}</p>) });
      }
      return sentences.length === 0;
    } catch (thrown) {
      message.destroy(outcomeKey);
      failure(thrown);
      return false;
    }
  };
}
