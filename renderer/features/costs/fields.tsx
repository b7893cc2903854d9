import { InputNumber } from 'antd';
import { useId } from 'react';

interface FieldProps {
  readonly label: string;
  readonly value: number | undefined;
  readonly onChange: (value: number) => void;
  /** Whole units in one shown unit: 100 for yuan from fen or percent from basis points, 10000 for yuan from E4. */
  readonly scale?: number;
  readonly min?: number;
  readonly max?: number;
  readonly width?: number;
}

/** A whole number of small units, typed in the unit people use. Rounds to the unit once, when the field changes. */
export function NumberField({ label, value, onChange, scale = 1, min = 0, max = 100_000_000, width }: FieldProps) {
  const id = useId();
  const decimals = Math.round(Math.log10(scale));
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      <InputNumber
        id={id}
        style={{ width: width ?? '100%' }}
        min={min}
        max={max}
        precision={decimals}
        step={scale === 1 ? 1 : 0.1}
        value={value === undefined ? null : value / scale}
        formatter={(shown) => (shown === undefined ? '' : String(shown).replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, ''))}
        parser={(typed) => Number((typed ?? '').replace(/[^\d.-]/g, ''))}
        onChange={(typed) => onChange(Math.round((typed ?? 0) * scale))}
      />
    </div>
  );
}
