import { Checkbox, Table, Tag } from 'antd';
import { useState } from 'react';
import type { CarrierTrial } from '../../../common/contract/orders.ts';
import { useLocale } from '../../i18n/index.ts';
import { carrierName, isUnreachable, useReason } from './names.ts';
import { useCarrierTexts } from './texts.ts';

/** Orders before and after: which carrier, by which rule; the sums of each carrier first. `firm` are those nothing will change. */
export function Trial({ trial, firm }: { trial: readonly CarrierTrial[]; firm: (one: CarrierTrial) => boolean }) {
  const t = useCarrierTexts();
  const locale = useLocale();
  const reason = useReason(locale);
  const [changedOnly, setChangedOnly] = useState(false);
  const after = (one: CarrierTrial): CarrierTrial['before'] => (firm(one) ? one.before : one);
  const changes = (one: CarrierTrial): boolean => after(one).carrierCode !== one.before.carrierCode;
  const codes = [...new Set(trial.flatMap((one) => [one.before.carrierCode, after(one).carrierCode]))].sort();
  const count = (of: (one: CarrierTrial) => string, code: string): number => trial.filter((one) => of(one) === code).length;
  const name = (code: string): string => (code === '' ? t('undecided') : carrierName(code, locale));
  const changed = trial.filter(changes);
  const choice = ({ carrierCode, reason: why }: CarrierTrial['before']) =>
    carrierCode === '' ? (
      <span className="muted" {...(isUnreachable({ carrierCode, reason: why }) && { style: { color: 'var(--state-failed)' } })}>{reason(why)}</span>
    ) : (
      <>
        <strong>{name(carrierCode)}</strong> <span className="muted">· {reason(why)}</span>
      </>
    );
  return (
    <div data-testid="carrier-trial">
      <p style={{ margin: '8px 0' }}>
        {t('trialSum', { count: trial.length, changed: changed.length })}{' '}
        {codes.map((code) => {
          const [from, to] = [count((one) => one.before.carrierCode, code), count((one) => after(one).carrierCode, code)];
          return (
            <Tag key={code} {...(from !== to && { color: 'orange' })}>
              {name(code)} {from === to ? from : `${from} → ${to}`}
            </Tag>
          );
        })}
        <Checkbox checked={changedOnly} onChange={(event) => setChangedOnly(event.target.checked)}>
          {t('changedOnly')}
        </Checkbox>
      </p>
      <Table<CarrierTrial>
        size="small"
        rowKey="orderId"
        dataSource={changedOnly ? changed : [...trial]}
        pagination={{ pageSize: 20, size: 'small', showSizeChanger: false, hideOnSinglePage: true }}
        columns={[
          { title: t('order'), dataIndex: 'number', width: 180, render: (_, one) => <span className="number">{one.number}</span> },
          { title: t('place'), dataIndex: 'place', ellipsis: true },
          { title: t('before'), width: 250, render: (_, one) => choice(one.before) },
          {
            title: t('after'),
            width: 260,
            render: (_, one) => (firm(one) ? <span className="muted">{t(one.fixed === 'number' ? 'fixedNumber' : 'fixedChosen')}</span> : <span className={changes(one) ? 'carrier-changes' : ''}>{choice(one)}</span>),
          },
        ]}
      />
    </div>
  );
}
