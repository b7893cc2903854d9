import { Button, Input, Select, Space, Table } from 'antd';
import { useDeferredValue, useMemo, useState } from 'react';
import type { ReachExclusion, RulePlace } from '../../../common/contract/orders.ts';
import { csvRow } from '../../../common/domain/csv-guard.ts';
import { withExclusions } from '../../../common/domain/orders/carrier-rules.ts';
import { client } from '../../client/index.ts';
import { useLocale } from '../../i18n/index.ts';
import { TableImport } from '../../ui/TableImport.tsx';
import { saveText } from '../../ui/saveText.ts';
import { PlacePicker } from './PlacePicker.tsx';
import { carrierName, carrierOptions, placeName } from './names.ts';
import { useCarrierTexts } from './texts.ts';

/** Places carriers do not go to: looked through by carrier and word, added from the tables or from a list somebody sent. */
export function Reach({ reach, onChange }: { reach: readonly ReachExclusion[]; onChange: (reach: readonly ReachExclusion[]) => void }) {
  const t = useCarrierTexts();
  const locale = useLocale();
  const [carrier, setCarrier] = useState('');
  const [typed, setTyped] = useState('');
  const [places, setPlaces] = useState<readonly RulePlace[]>([]);
  const [importing, setImporting] = useState(false);
  const search = useDeferredValue(typed.replace(/\s/g, ''));
  const counts = useMemo(() => Map.groupBy(reach, (one) => one.carrierCode), [reach]);
  const shown = useMemo(() => reach.filter((one) => (carrier === '' || one.carrierCode === carrier) && placeName(one).replace(/\s/g, '').includes(search)), [reach, carrier, search]);
  const options = carrierOptions(locale).map(({ value, label }) => ({ value, label: counts.has(value) ? `${label} (${counts.get(value)?.length ?? 0})` : label }));

  function add(): void {
    onChange(withExclusions(reach, places.map((place) => ({ carrierCode: carrier, ...place }))));
    setPlaces([]);
  }
  function exportList(): void {
    const rows = shown.map((one) => [carrierName(one.carrierCode, locale), one.province, one.city, one.district]);
    saveText(`${t('reachFile')}.csv`, `\ufeff${[[t('carrier'), t('province'), t('city'), t('district')], ...rows].map(csvRow).join('\r\n')}\r\n`);
  }
  return (
    <div data-testid="carrier-reach">
      <p className="muted" style={{ marginTop: 0 }}>{t('reachExplain')}</p>
      <Space wrap style={{ marginBottom: 8 }}>
        <Select aria-label={t('reachCarrier')} showSearch optionFilterProp="label" style={{ width: 150 }} value={carrier} options={[{ value: '', label: t('allCarriers', { count: reach.length }) }, ...options]} onChange={setCarrier} />
        <Input.Search allowClear aria-label={t('reachSearch')} placeholder={t('reachSearch')} style={{ width: 200 }} value={typed} onChange={(event) => setTyped(event.target.value)} />
        <Button onClick={() => setImporting(true)}>{t('reachImport')}</Button>
        <Button disabled={shown.length === 0} onClick={exportList}>{t('reachExport', { count: shown.length })}</Button>
        <Button danger type="text" disabled={shown.length === 0} onClick={() => onChange(reach.filter((one) => !shown.includes(one)))}>{t('reachRemove', { count: shown.length })}</Button>
      </Space>
      {carrier !== '' && (
        <Space.Compact block style={{ marginBottom: 8 }}>
          <PlacePicker label={t('reachPlaces', { carrier: carrierName(carrier, locale) })} width="100%" value={places} onChange={setPlaces} />
          <Button disabled={places.length === 0} onClick={add}>{t('reachAdd', { carrier: carrierName(carrier, locale) })}</Button>
        </Space.Compact>
      )}
      <Table<ReachExclusion>
        size="small"
        rowKey={(one) => `${one.carrierCode} ${placeName(one)}`}
        dataSource={shown}
        pagination={{ pageSize: 20, size: 'small', showSizeChanger: false, hideOnSinglePage: true }}
        locale={{ emptyText: t(reach.length === 0 ? 'reachNone' : 'reachNotFound') }}
        columns={[
          { title: t('carrier'), width: 120, render: (_, one) => carrierName(one.carrierCode, locale) },
          { title: t('province'), dataIndex: 'province', width: 200 },
          { title: t('city'), width: 220, render: (_, one) => one.city || <span className="muted">{t('whole')}</span> },
          { title: t('district'), render: (_, one) => one.district || (one.city !== '' && <span className="muted">{t('whole')}</span>) },
          { width: 80, render: (_, one) => <Button size="small" type="text" danger aria-label={`${t('remove')} ${placeName(one)}`} onClick={() => onChange(reach.filter((other) => other !== one))}>{t('remove')}</Button> },
        ]}
      />
      {importing && <ReachImport reach={reach} carrier={carrier} onChange={onChange} onClose={() => setImporting(false)} />}
    </div>
  );
}

function ReachImport({ reach, carrier, onChange, onClose }: { reach: readonly ReachExclusion[]; carrier: string; onChange: (reach: readonly ReachExclusion[]) => void; onClose: () => void }) {
  const t = useCarrierTexts();
  const locale = useLocale();
  const [into, setInto] = useState(carrier);
  async function work(text: string, dryRun: boolean) {
    const { places, problems } = await client.parcels.rules.readReach({ text, carrierCode: into });
    const next = withExclusions(reach, places.map(({ carrierCode, province, city, district }) => ({ carrierCode, province, city, district })));
    if (!dryRun) onChange(next);
    const why = (one: (typeof problems)[number]): string => (one.reason === 'ambiguous' ? t('reach_ambiguous', { places: one.candidates.map((path) => path.replaceAll('/', ' ')).join('、') }) : t(`reach_${one.reason}`));
    return { sum: t('reachSum', { places: places.length, now: next.length, problems: problems.length }), rejected: problems.map((one) => ({ row: one.line, text: `“${one.text}” ${why(one)}` })) };
  }
  return (
    <TableImport title={t('reachImport')} hint={t('reachImportHint')} work={work} onClose={onClose}>
      <Select aria-label={t('reachInto')} style={{ width: 200 }} value={into} options={[{ value: '', label: t('reachFromList') }, ...carrierOptions(locale)]} onChange={setInto} />
    </TableImport>
  );
}
