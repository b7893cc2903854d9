import { Button, Space } from 'antd';
import type { ParsedRecipient } from './Guess.tsx';
import { useAddressesTexts } from './texts.ts';

type Question = ParsedRecipient['address']['ambiguities'][number];

const places = ['province', 'city', 'district', 'town'];

/** What a text left open and nobody has answered since: one level of a place corrected answers all of them. */
export function openQuestions(address: ParsedRecipient['address'], touched: ReadonlySet<string>): Question[] {
  const placed = ['province', 'city', 'district'].some((level) => touched.has(level));
  return address.ambiguities.filter(({ field }) => !touched.has(field) && !(placed && places.includes(field)));
}

/** Open questions with their answers as buttons: `province/city/district`, or for the reason `phone-run` a number. */
export function Questions({ questions, onChoose }: { questions: readonly Question[]; onChoose: (candidate: string, reason: string) => void }) {
  const t = useAddressesTexts();
  return questions.map(({ reason, text, candidates }) => (
    <Space key={`${reason} ${text}`} className="open-question" size={6} wrap>
      {t(`ambiguity_${reason}`, { text })}
      {candidates.map((candidate) => (
        <Button key={candidate} size="small" onClick={() => onChoose(candidate, reason)}>
          {candidate.split('/').filter((part, place, all) => part !== all[place - 1]).join(' ')}
        </Button>
      ))}
    </Space>
  ));
}
