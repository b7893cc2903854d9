import { useQuery } from '@tanstack/react-query';
import { App, AutoComplete, Button, Form, Input, Modal, Select, Space } from 'antd';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { AddressInput, SenderAddress } from '../../../common/contract/addresses.ts';
import { api, appError, client } from '../../client/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { Guess } from './Guess.tsx';
import type { ParsedRecipient } from './Guess.tsx';
import { useAddressesTexts } from './texts.ts';

const blank: AddressInput = { label: '', contact: '', company: '', phone: '', extension: '', privacyPhone: '', province: '', city: '', district: '', town: '', detail: '', postcode: '', note: '' };
/** Fields of the form that a reading speaks about, under the names it uses. */
const formField: Readonly<Record<string, keyof AddressInput>> = { name: 'contact', phone: 'phone', province: 'province', city: 'city', district: 'district', town: 'town', detail: 'detail', note: 'note', postcode: 'postcode' };

/** An address, typed or read from a pasted text; what the reading is not sure of is marked until somebody changed or kept it. */
export function AddressDialog({ address, onClose }: { address: SenderAddress | undefined; onClose: () => void }) {
  const t = useAddressesTexts();
  const failure = useFailure();
  const { message } = App.useApp();
  const [values, setValues] = useState<AddressInput>(address === undefined ? blank : { ...blank, ...address });
  const [guess, setGuess] = useState<ParsedRecipient['address']>();
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [problems, setProblems] = useState<ReadonlyMap<string, string>>(new Map());
  const [busy, setBusy] = useState(false);

  function set(change: Partial<AddressInput>): void {
    setValues((before) => ({ ...before, ...change }));
    setTouched((before) => new Set([...before, ...Object.keys(change)]));
    setProblems((before) => new Map([...before].filter(([field]) => !(field in change))));
  }
  function take({ address: read }: ParsedRecipient): void {
    setGuess(read);
    setTouched(new Set());
    setProblems(new Map());
    setValues((before) => ({ ...before, contact: read.name, phone: read.phone, extension: read.extension, province: read.province, city: read.city, district: read.district, town: read.town, detail: read.detail, postcode: read.postcode ?? '', note: read.note || before.note }));
  }
  /** `province/city/district`, or a phone, chosen among candidates. */
  function choose(path: string, reason: string): void {
    if (reason === 'phone-run') return set({ phone: path });
    const [province = '', city = '', district = ''] = path.split('/');
    set({ province, city, district });
  }
  async function save(): Promise<void> {
    setBusy(true);
    try {
      await (address === undefined ? client.addresses.create(values) : client.addresses.update({ ...values, id: address.id }));
      void message.success(t('saved'));
      onClose();
    } catch (thrown) {
      const error = appError(thrown);
      if (error?.code === 'ADDRESS_INVALID') setProblems(new Map(error.data.problems.map((one) => [one.field, t(`problem_${one.problem}`)])));
      else failure(thrown);
    } finally {
      setBusy(false);
    }
  }

  const doubtOf = (field: keyof AddressInput): string | undefined => {
    if (touched.has(field)) return undefined;
    // An open question marks every level it leaves empty; its answers are above the form.
    const levels: readonly string[] = ['province', 'city', 'district'];
    const asked = guess?.ambiguities.some((one) => formField[one.field] === field || (one.reason !== 'phone-run' && levels.includes(field))) === true;
    if (asked && values[field] === '' && !levels.some((level) => touched.has(level))) return t('doubt_open');
    const doubt = guess?.doubts.find((one) => formField[one.field] === field);
    return doubt && t(`doubt_${doubt.reason}`, { text: doubt.text });
  };
  const item = (field: keyof AddressInput, control: ReactNode, width: number | string = '100%') => {
    const problem = problems.get(field);
    const doubt = doubtOf(field);
    const help = problem ?? doubt;
    return (
      <Form.Item label={t(field)} htmlFor={`address-${field}`} style={{ width, marginBottom: 12 }} {...(problem !== undefined ? { validateStatus: 'error' as const } : doubt !== undefined ? { validateStatus: 'warning' as const } : {})} {...(help !== undefined && { help, extra: undefined })}>
        {control}
      </Form.Item>
    );
  };
  const input = (field: keyof AddressInput, maxLength: number) => <Input id={`address-${field}`} value={values[field]} maxLength={maxLength} onChange={(event) => set({ [field]: event.target.value })} />;

  return (
    <Modal
      open
      width={820}
      title={t(address === undefined ? 'add' : 'edit')}
      onCancel={onClose}
      footer={[
        <Button key="cancel" onClick={onClose}>{t('cancel')}</Button>,
        <Button key="save" type="primary" loading={busy} onClick={() => void save()}>{t('save')}</Button>,
      ]}
    >
      <Guess guess={guess} touched={touched} onTake={take} onChoose={choose} />
      <Form layout="vertical" style={{ marginTop: 12 }} data-testid="address-form">
        <Space wrap align="start" size={[12, 0]}>
          {item('label', input('label', 40), 180)}
          {item('contact', input('contact', 40), 180)}
          {item('company', input('company', 60), 220)}
        </Space>
        <Space wrap align="start" size={[12, 0]}>
          {item('phone', input('phone', 24), 180)}
          {item('extension', input('extension', 6), 90)}
          {item('privacyPhone', input('privacyPhone', 24), 300)}
        </Space>
        <Space wrap align="start" size={[12, 0]}>
          {item('province', <Place id="address-province" path="" value={values.province} onChange={(province) => set({ province, city: '', district: '', town: '' })} />, 170)}
          {item('city', <Place id="address-city" path={values.province} value={values.city} onChange={(city) => set({ city, district: '', town: '' })} />, 180)}
          {item('district', <Place id="address-district" path={values.city === '' ? '' : `${values.province}/${values.city}`} value={values.district} onChange={(district) => set({ district, town: '' })} optional />, 180)}
          {item('town', <Town values={values} onChange={(town) => set({ town })} />, 180)}
        </Space>
        {item('detail', input('detail', 120))}
        <Space wrap align="start" size={[12, 0]}>
          {item('postcode', input('postcode', 6), 110)}
          {item('note', input('note', 200), 420)}
        </Space>
      </Form>
    </Modal>
  );
}

/** A level of the official tables; what the field holds stays visible even if the tables lack it. */
function Place({ id, path, value, onChange, optional = false }: { id: string; path: string; value: string; onChange: (value: string) => void; optional?: boolean }) {
  const top = id === 'address-province';
  const { data } = useQuery({ ...api.addresses.places.queryOptions({ input: { path } }), enabled: top || path !== '', staleTime: Infinity });
  const names = (data ?? []).map((one) => one.name);
  const options = [...(value !== '' && !names.includes(value) ? [value] : []), ...names].map((name) => ({ value: name, label: name }));
  // Without districts (东莞) the list holds towns: then there is nothing to choose here.
  const towns = optional && (data ?? []).length > 0 && (data ?? []).every((one) => !one.more);
  return <Select id={id} style={{ width: '100%' }} showSearch allowClear={optional} value={value === '' ? undefined : value} disabled={towns || (!top && path === '')} options={towns ? [] : options} onChange={(next?: string) => onChange(next ?? '')} />;
}

function Town({ values, onChange }: { values: AddressInput; onChange: (value: string) => void }) {
  const path = [values.province, values.city, values.district].filter((part) => part !== '').join('/');
  const { data } = useQuery({ ...api.addresses.places.queryOptions({ input: { path } }), enabled: values.city !== '', staleTime: Infinity });
  const towns = (data ?? []).filter((one) => !one.more).map((one) => ({ value: one.name }));
  return <AutoComplete id="address-town" style={{ width: '100%' }} value={values.town} options={towns} showSearch={{ filterOption: (typed, option) => (option?.value ?? '').includes(typed) }} onChange={(next?: string) => onChange(next ?? '')} />;
}
