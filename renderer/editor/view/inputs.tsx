/** Small inputs of the property panel. */
import { InputNumber } from 'antd';
import type { ReactNode } from 'react';
import { toDots } from '../../../common/domain/label/units.ts';
import { useSession } from './session.ts';
import { useDesignerTexts } from './texts.ts';

/** A label and its control in one row. */
export function Property({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="property">
      <label>{label}</label>
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
      step={step}
      min={min}
      disabled={disabled}
      title={t('dotsOf', { count: toDots(value, settings.dpi) })}
      suffix={<small className="muted">{toDots(value, settings.dpi)}</small>}
      onChange={(next) => {
        if (next !== null) onChange(Math.round(next * 1_000));
      }}
    />
  );
}
