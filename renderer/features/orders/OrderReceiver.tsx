import { useMutation } from '@tanstack/react-query';
import { Alert, App, Button, Checkbox, Input, Space } from 'antd';
import { useState } from 'react';
import type { OrderDetail, ReceiverView } from '../../../common/contract/orders.ts';
import { api, appError, client } from '../../client/index.ts';
import { Failure, useFailure } from '../../ui/Failure.tsx';
import { Guess } from '../addresses/Guess.tsx';
import type { ParsedRecipient } from '../addresses/Guess.tsx';
import { usePanelTexts } from './panelTexts.ts';

type Address = ParsedRecipient['address'];

interface Props {
  readonly order: OrderDetail;
  readonly mayEdit: boolean;
  readonly onEdit: () => void;
  readonly onReload: () => void;
}

/** Where it goes: masked, in the clear when asked for (recorded), corrected in place while no label exists. */
export function OrderReceiver({ order, mayEdit, onEdit, onReload }: Props) {
  const t = usePanelTexts();
  const failure = useFailure();
  const [editing, setEditing] = useState<{ readonly receiver: ReceiverView; readonly version: number; readonly guess: Address | undefined } | null>(null);
  const reveal = useMutation(api.orders.reveal.mutationOptions({ onError: failure }));
  const shown = reveal.data ?? order.receiver;
  const fixed = order.printed || order.waybill !== '';

  async function edit(version: number): Promise<void> {
    onEdit();
    try {
      const clear = await client.orders.reveal({ id: order.id });
      // Ciphertext has nothing to correct: one starts from what the platform leaves readable.
      const receiver = order.receiverState === 'encrypted' ? { ...clear, name: '', phone: '', detail: '' } : clear;
      const text = [receiver.name, receiver.phone, receiver.province, receiver.city === receiver.province ? '' : receiver.city, receiver.district, receiver.town, receiver.detail].filter((part) => part !== '').join(' ');
      const read = text === '' ? undefined : (await client.addresses.parse({ text })).recipients[0]?.address;
      setEditing({ receiver, version, guess: read });
    } catch (thrown) {
      failure(thrown);
    }
  }

  return (
    <section className="order-section">
      <h3>
        {t('receiver')}
        {editing === null && reveal.data === undefined && order.receiverState !== 'encrypted' && (
          <Button size="small" onClick={() => reveal.mutate({ id: order.id })}>
            {t('reveal')}
          </Button>
        )}
        {editing === null && !fixed && (
          <Button size="small" disabled={!mayEdit} onClick={() => void edit(order.version)}>
            {t('correct')}
          </Button>
        )}
      </h3>
      {order.receiverState !== 'full' && <Alert type="warning" showIcon style={{ marginBottom: 8 }} title={t(`why_${order.receiverState}`)} />}
      {editing === null && (
        <div>
          {shown.name} <span className="number">{shown.phone}</span>
          <br />
          {[shown.province, shown.city, shown.district, shown.town, shown.detail].filter((part, index, all) => part !== '' && part !== all[index - 1]).join(' ')}
        </div>
      )}
      {fixed && <div className="muted">{t('fixed')}</div>}
      {editing !== null && (
        <ReceiverForm
          key={editing.version}
          order={order}
          start={editing}
          onDone={() => {
            setEditing(null);
            reveal.reset();
          }}
          onReload={() => {
            setEditing(null);
            reveal.reset();
            onReload();
          }}
        />
      )}
    </section>
  );
}

const fields = ['name', 'phone', 'province', 'city', 'district', 'town', 'detail'] as const;
const spans: Readonly<Record<(typeof fields)[number], string>> = { name: 'half', phone: 'half', province: '', city: '', district: '', town: '', detail: 'wide' };

interface FormProps {
  readonly order: OrderDetail;
  readonly start: { readonly receiver: ReceiverView; readonly version: number; readonly guess: Address | undefined };
  readonly onDone: () => void;
  readonly onReload: () => void;
}

/** The fields, the doubtful ones marked, the open questions with their answers as buttons, and a box to paste a new address into. */
function ReceiverForm({ order, start, onDone, onReload }: FormProps) {
  const t = usePanelTexts();
  const { message } = App.useApp();
  const [receiver, setReceiver] = useState(start.receiver);
  const [guess, setGuess] = useState(start.guess);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const company = order.parcels.flatMap((parcel) => parcel.orderIds).filter((id) => id !== order.id).length;
  const [withParcel, setWithParcel] = useState(company > 0);
  const save = useMutation(
    api.orders.setReceiver.mutationOptions({
      onSuccess: (changed) => {
        if (changed.receiverState === 'full') message.success(t('saved'));
        else message.warning(t('stillNot'));
        onDone();
      },
    }),
  );
  function change(patch: Partial<ReceiverView>): void {
    setReceiver((current) => ({ ...current, ...patch }));
    setTouched((current) => new Set([...current, ...Object.keys(patch)]));
  }
  /** A paste replaces name and phone where it has them, and the address only whole: levels of two places never stand together. */
  function take({ address: read }: ParsedRecipient): void {
    const { name, province, city, district, town, detail } = read;
    const phone = read.extension === '' ? read.phone : `${read.phone}-${read.extension}`;
    const place = [province, city, district, town, detail].some((level) => level !== '') ? { province, city, district, town, detail, postcode: read.postcode ?? '' } : {};
    setReceiver((current) => ({ ...current, ...(name !== '' && { name }), ...(phone !== '' && { phone }), ...place }));
    setGuess(read);
    setTouched(new Set());
  }
  const doubts = new Set([...(guess?.doubts ?? []).map((doubt) => doubt.field), ...(guess?.ambiguities ?? []).map((one) => one.field)].filter((field) => !touched.has(field)));
  const changed = save.error !== null && appError(save.error)?.code === 'ORDER_CHANGED';
  return (
    <div style={{ display: 'grid', gap: 10 }} data-testid="receiver-form">
      <Guess
        guess={guess}
        touched={touched}
        onTake={take}
        onChoose={(path) => {
          const [province = '', city = '', district = ''] = path.split('/');
          change({ province, city, district });
        }}
      />
      <div className="receiver-form">
        {fields.map((field) => (
          <label key={field} className={spans[field]}>
            <span className="muted">
              {t(field === 'detail' ? 'street' : field)}
              {doubts.has(field) && <span style={{ color: 'var(--state-unknown)' }}> ? {t('doubt')}</span>}
            </span>
            <Input value={receiver[field]} maxLength={200} {...(doubts.has(field) && { status: 'warning' as const })} onChange={(event) => change({ [field]: event.target.value })} />
          </label>
        ))}
      </div>
      {company > 0 && (
        <Checkbox checked={withParcel} onChange={(event) => setWithParcel(event.target.checked)}>
          {t('withParcel', { count: company })}
        </Checkbox>
      )}
      {save.error !== null && <Failure error={save.error} />}
      <Space>
        <Button type="primary" loading={save.isPending} disabled={changed} onClick={() => save.mutate({ id: order.id, receiver, version: start.version, withParcel })}>
          {t('save')}
        </Button>
        {changed && <Button onClick={onReload}>{t('reload')}</Button>}
        <Button onClick={onDone}>{t('cancel')}</Button>
      </Space>
    </div>
  );
}
