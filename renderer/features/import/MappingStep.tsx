import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Input, Select, Space, Spin, Table, Tag } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import type { Mapping } from '../../../common/contract/import.ts';
import { api, client } from '../../client/index.ts';
import { Failure, useFailure } from '../../ui/Failure.tsx';
import { mappedFields, useMappingTexts } from './mappingTexts.ts';
import type { MappedField } from './mappingTexts.ts';

/** What each column of a table nobody recognises carries: guessed, corrected here, kept under a name for the next file like it. */
export function MappingStep({ fileId, onReady }: { fileId: string; onReady: (mapping: Mapping) => void }) {
  const t = useMappingTexts();
  const failure = useFailure();
  const { data: look, error } = useQuery(api.orders.inspect.queryOptions({ input: { fileId } }));
  const { data: presets } = useQuery(api.orders.presets.list.queryOptions());
  const [fields, setFields] = useState<Readonly<Record<string, MappedField | ''>>>({});
  const [name, setName] = useState('');
  const header = useMemo(() => look?.sample[look.headerRow - 1] ?? [], [look]);

  useEffect(() => {
    if (look === undefined) return;
    const known = new Set<string>(mappedFields);
    setFields(Object.fromEntries(look.guesses.filter((guess) => known.has(guess.field)).map((guess) => [guess.column, guess.field as MappedField])));
  }, [look]);

  if (error !== null) return <Failure error={error} />;
  if (look === undefined) return <Spin />;

  const columns = Object.fromEntries(Object.entries(fields).flatMap(([column, field]) => (field === '' ? [] : [[field, column]])));
  const has = (field: MappedField): boolean => columns[field] !== undefined;
  const missing = (['name', 'mobile', 'address'] as const).filter((field) => !has(field) && !has('receiver'));
  const mapping: Mapping = { platform: 'other', kind: 'orders', columns };

  async function go(): Promise<void> {
    try {
      if (name.trim() !== '') await client.orders.presets.save({ name: name.trim(), mapping, header });
      onReady(mapping);
    } catch (thrown) {
      failure(thrown);
    }
  }
  function choose(column: string, field: MappedField | ''): void {
    // A field is in one column: choosing it for another takes it from the first.
    setFields((current) => ({ ...Object.fromEntries(Object.entries(current).map(([key, value]) => [key, value === field ? '' : value])), [column]: field }));
  }
  const guessOf = (column: string): number | undefined => look.guesses.find((guess) => guess.column === column && guess.field === fields[column])?.confidence;

  return (
    <Space direction="vertical" style={{ width: '100%' }}>
      <Alert type="info" message={t('explain')} />
      {(presets ?? []).length > 0 && (
        <Select
          aria-label={t('preset')}
          placeholder={t('preset')}
          style={{ width: 260 }}
          options={(presets ?? []).map((preset) => ({ value: preset.id, label: preset.name }))}
          onChange={(id: string) => {
            const preset = presets?.find((one) => one.id === id);
            if (preset) setFields(Object.fromEntries(Object.entries(preset.columns).map(([field, column]) => [column, field as MappedField])));
          }}
        />
      )}
      <Table
        size="small"
        rowKey="column"
        pagination={false}
        scroll={{ y: 340 }}
        dataSource={header.map((column, index) => ({ column, index, values: look.sample.slice(look.headerRow, look.headerRow + 3).map((row) => row[index] ?? '') })).filter((row) => row.column !== '')}
        columns={[
          { title: t('column'), dataIndex: 'column', width: 180, ellipsis: true },
          { title: t('examples'), ellipsis: true, render: (_, row) => <span className="muted">{row.values.filter((value) => value !== '').join(' · ')}</span> },
          {
            title: t('carries'),
            width: 220,
            render: (_, row) => (
              <Select
                aria-label={`${t('carries')} ${row.column}`}
                style={{ width: 200 }}
                size="small"
                value={fields[row.column] ?? ''}
                onChange={(field) => choose(row.column, field)}
                options={[{ value: '', label: t('keep') }, ...mappedFields.map((field) => ({ value: field, label: t(field) }))]}
              />
            ),
          },
          {
            title: t('sure'),
            width: 90,
            render: (_, row) => {
              const confidence = guessOf(row.column);
              if (confidence === undefined) return null;
              return <Tag color={confidence >= 0.8 ? 'green' : 'gold'}>{Math.round(confidence * 100)}%</Tag>;
            },
          },
        ]}
      />
      {missing.length > 0 && <Alert type="warning" message={t('missing', { fields: missing.map((field) => t(field)).join(', ') })} />}
      <Space>
        <Input aria-label={t('saveAs')} placeholder={t('saveAs')} style={{ width: 260 }} value={name} onChange={(event) => setName(event.target.value)} maxLength={60} />
        <Button type="primary" disabled={missing.length > 0} onClick={() => void go()}>
          {t('use')}
        </Button>
      </Space>
    </Space>
  );
}
