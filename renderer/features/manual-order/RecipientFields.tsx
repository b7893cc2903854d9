import { Input } from 'antd';
import type { ReactNode } from 'react';
import type { ReceiverView } from '../../../common/contract/orders.ts';
import { Places } from './Places.tsx';
import type { RecipientField } from './draft.ts';
import { useManualTexts } from './texts.ts';

interface Props {
  /** Makes the ids of the fields different from those of other cards. */
  readonly prefix: string;
  readonly receiver: ReceiverView;
  readonly onChange: (change: Partial<ReceiverView>) => void;
  /** What to say beside a field: something missing, or a doubt of the reader. */
  readonly hints: ReadonlyMap<RecipientField, string>;
}

/** Name, phone and every level of the address; what is doubtful is marked with the reason beneath. */
export function RecipientFields({ prefix, receiver, onChange, hints }: Props) {
  const t = useManualTexts();
  const id = (field: RecipientField): string => `${prefix}-${field}`;
  const status = (field: RecipientField) => (hints.has(field) ? { status: 'warning' as const } : {});
  const field = (name: RecipientField, control: ReactNode) => (
    <div className={`manual-field manual-${name}`}>
      <label htmlFor={id(name)}>{t(name)}</label>
      {control}
      {hints.has(name) && <small className="manual-hint">{hints.get(name)}</small>}
    </div>
  );
  const text = (name: RecipientField, most: number) => field(name, <Input id={id(name)} value={receiver[name]} maxLength={most} autoComplete="off" {...status(name)} onChange={(event) => onChange({ [name]: event.target.value })} />);
  const place = (name: 'province' | 'city' | 'district' | 'town', path: string | null, cleared: Partial<ReceiverView>) =>
    field(name, <Places id={id(name)} label={t(name)} path={path} value={receiver[name]} doubtful={hints.has(name)} onChange={(value) => onChange(value === receiver[name] ? {} : { [name]: value, ...cleared })} />);
  const path = [receiver.province, receiver.city, receiver.district].filter((part) => part !== '');
  return (
    <div className="manual-recipient">
      {text('name', 60)}
      {text('phone', 30)}
      {place('province', '', { city: '', district: '', town: '' })}
      {place('city', receiver.province || null, { district: '', town: '' })}
      {place('district', receiver.city === '' ? null : path.slice(0, 2).join('/'), { town: '' })}
      {place('town', receiver.city === '' ? null : path.join('/'), {})}
      {text('detail', 200)}
    </div>
  );
}
