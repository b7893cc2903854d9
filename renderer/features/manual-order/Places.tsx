import { useQuery } from '@tanstack/react-query';
import { AutoComplete } from 'antd';
import { api } from '../../client/index.ts';

interface Props {
  readonly id: string;
  readonly label: string;
  /** What lies in it is offered; empty: the provinces; null: nothing, as the level above is not known. */
  readonly path: string | null;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly doubtful?: boolean;
  readonly width?: number | string;
}

/** A level of the official tables to choose from, or any text: the tables lag behind what is renamed each year. */
export function Places({ id, label, path, value, onChange, doubtful = false, width = '100%' }: Props) {
  const { data } = useQuery({ ...api.addresses.places.queryOptions({ input: { path: path ?? '' } }), enabled: path !== null, staleTime: Number.POSITIVE_INFINITY });
  return (
    <AutoComplete
      id={id}
      aria-label={label}
      style={{ width }}
      value={value}
      {...(doubtful && { status: 'warning' as const })}
      options={(path === null ? [] : (data ?? [])).map((one) => ({ value: one.name }))}
      // What is chosen already does not hide the others.
      showSearch={{ filterOption: (typed, option) => typed === value || (option?.value ?? '').includes(typed) }}
      defaultActiveFirstOption
      onChange={(next?: string) => onChange(next ?? '')}
    />
  );
}
