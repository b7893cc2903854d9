/** Small inputs of the property panel. */
import { Input, InputNumber } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { toDots } from '../../../common/domain/label/units.ts';
import { useSession } from './session.ts';
import { useDesignerTexts } from './texts.ts';

/** A label and its control in one row. */
export function Property({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="property">
      <span>{label}</span>
      <div>{children}</div>
    </div>
  );
}

/** A length: typed in millimetres, told in dots. The value is in micrometres. */
export function Length({ value, onChange, label, step = 0.125, min, disabled = false }: { value: number; onChange: (micrometres: number) => void; label: string; step?: number; min?: number; disabled?: boolean }) {
  const { settings } = useSession();
  const t = useDesignerTexts();
  return (
    <InputNumber
      aria-label={label}
      size="small"
      style={{ width: '100%' }}
      value={Number((value / 1_000).toFixed(3))}
      formatter={(shown, { userTyping, input }) => (userTyping ? input : String(Number(shown)))}
      step={step}
      min={min}
      disabled={disabled}
      title={t('dotsOf', { count: toDots(value, settings.dpi) })}
      suffix={<small className="muted">{t('dotsOf', { count: toDots(value, settings.dpi) })}</small>}
      onChange={(next) => {
        if (next !== null) onChange(Math.round(next * 1_000));
      }}
    />
  );
}

/**
 * Text typed by hand. What is typed stands in the input at once; the document follows, and shows here again when the hand leaves.
 * `onChange` leaves out what the document cannot hold.
 */
export function TextInput({ value, onChange, label, longest = 400, placeholder, lines = false }: { value: string; onChange: (text: string) => void; label: string; longest?: number; placeholder?: string; lines?: boolean }) {
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const common = {
    size: 'small', 'aria-label': label, placeholder, maxLength: longest, value: typed ?? value, onBlur: () => setTyped(undefined),
    onChange: (event: { target: { value: string } }) => {
      setTyped(event.target.value);
      onChange(event.target.value);
    },
  } as const;
  return lines ? <Input.TextArea autoSize {...common} /> : <Input {...common} />;
}
