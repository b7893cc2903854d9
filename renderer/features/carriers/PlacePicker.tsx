import { useQuery } from '@tanstack/react-query';
import { Cascader } from 'antd';
import { useMemo } from 'react';
import type { RulePlace } from '../../../common/contract/orders.ts';
import { api } from '../../client/index.ts';
import { useCarrierTexts } from './texts.ts';

interface Option {
  readonly value: string;
  readonly label: string;
  readonly children?: Option[];
}

/** Provinces, cities and districts of the official tables, linked and searchable; a whole province is one choice. */
export function PlacePicker({ value, onChange, label, width }: { value: readonly RulePlace[]; onChange: (places: RulePlace[]) => void; label: string; width: number | string }) {
  const t = useCarrierTexts();
  const { data } = useQuery({ ...api.addresses.divisions.queryOptions(), staleTime: Infinity });
  const options = useMemo(() => (data ?? []).map(({ name, cities }): Option => option(name, cities.map((city) => option(city.name, city.districts.map((district) => option(district)))))), [data]);
  return (
    <Cascader
      multiple
      aria-label={label}
      placeholder={t('anywhere')}
      style={{ width }}
      options={options}
      maxTagCount={6}
      showCheckedStrategy={Cascader.SHOW_PARENT}
      showSearch={{ limit: 60, filter: (typed, path) => path.map((one) => one.label).join('').includes(typed.replace(/\s/g, '')) }}
      value={value.map(({ province, city, district }) => [province, city, district].filter((part) => part !== ''))}
      onChange={(paths: string[][]) => onChange(paths.map(([province = '', city = '', district = '']) => ({ province, city, district })))}
    />
  );
}

function option(name: string, children: Option[] = []): Option {
  return { value: name, label: name, ...(children.length > 0 && { children }) };
}
