import { Button, Input, Progress, Space } from 'antd';
import { useState } from 'react';
import { client } from '../../client/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { Questions, openQuestions } from './Questions.tsx';
import { useAddressesTexts } from './texts.ts';

export type ParsedRecipient = Awaited<ReturnType<typeof client.addresses.parse>>['recipients'][number];

interface Props {
  readonly guess: ParsedRecipient['address'] | undefined;
  /** Fields somebody has corrected since. */
  readonly touched: ReadonlySet<string>;
  readonly onTake: (read: ParsedRecipient) => void;
  readonly autoFocus?: boolean;
  /** A candidate was chosen: `province/city/district`, or for the reason `phone-run` a number. */
  readonly onChoose: (candidate: string, reason: string) => void;
}

/** A paste box, and what was read from it: how sure it is, and the open questions with their answers as buttons. */
export function Guess({ guess, touched, autoFocus = false, onTake, onChoose }: Props) {
  const t = useAddressesTexts();
  const failure = useFailure();
  const [text, setText] = useState('');
  const [found, setFound] = useState<readonly ParsedRecipient[]>([]);

  async function read(from: string): Promise<void> {
    if (from.trim() === '') return;
    try {
      const { recipients } = await client.addresses.parse({ text: from });
      setFound(recipients);
      const first = recipients[0];
      if (first !== undefined) onTake(first);
    } catch (thrown) {
      failure(thrown);
    }
  }
  const open = guess === undefined ? [] : openQuestions(guess, touched);
  const percent = guess === undefined ? 0 : Math.round(guess.confidence * 100);
  return (
    <div style={{ background: 'var(--paper)', border: '1px solid var(--hair)', borderRadius: 4, padding: 10 }}>
      <Space.Compact block>
        <Input.TextArea
          autoFocus={autoFocus}
          aria-label={t('paste')}
          placeholder={`${t('paste')} · ${t('pasteHint')}`}
          autoSize={{ minRows: 2, maxRows: 8 }}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onPaste={(event) => {
            const pasted = event.clipboardData.getData('text');
            if (text.trim() !== '' || pasted === '') return;
            event.preventDefault();
            setText(pasted);
            void read(pasted);
          }}
        />
        <Button type="default" style={{ height: 'auto' }} onClick={() => void read(text)}>
          {t('pasteRead')}
        </Button>
      </Space.Compact>
      {found.length > 1 && (
        <div style={{ marginTop: 8 }}>
          <span className="muted">{t('several', { count: found.length })}</span>
          <div style={{ maxHeight: 140, overflow: 'auto' }}>
            {found.map((one, index) => (
              // Two parts of a paste may read the same; their place tells them apart.
              // eslint-disable-next-line react/no-array-index-key
              <Button key={`${index} ${one.text}`} size="small" type={one.address === guess ? 'primary' : 'text'} onClick={() => onTake(one)}>
                {one.address.name || '—'} {one.address.city} {one.address.district}
              </Button>
            ))}
          </div>
        </div>
      )}
      {guess !== undefined && (
        <div style={{ marginTop: 8 }} aria-live="polite">
          <Space>
            <Progress type="circle" size={28} percent={percent} {...(percent < 60 ? { strokeColor: 'var(--state-unknown)' } : {})} format={() => ''} />
            <span>{t('confidence', { percent })}</span>
            {open.length === 0 && guess.doubts.length === 0 && <span className="muted">{t('sure')}</span>}
          </Space>
          <div style={{ display: 'grid', gap: 6, marginTop: open.length === 0 ? 0 : 6 }}>
            <Questions questions={open} onChoose={onChoose} />
          </div>
        </div>
      )}
    </div>
  );
}
