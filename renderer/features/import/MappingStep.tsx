import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Input, Select, Space, Spin, Table } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import type { FileMapping, Inspection } from '../../../common/contract/import.ts';
import { api, client } from '../../client/index.ts';
import { Failure, useFailure } from '../../ui/Failure.tsx';
import { Key, useKey } from '../../ui/Key.tsx';
import { listed } from '../../ui/format.ts';
import { useLocale } from '../../i18n/index.ts';
import { Presets } from './Presets.tsx';
import { Sure } from './Sure.tsx';
import { mappedFields, useMappingTexts } from './mappingTexts.ts';
import type { MappedField } from './mappingTexts.ts';

/** Column → field, blank for one that is only kept. */
type Fields = Readonly<Record<string, MappedField | ''>>;

const required: readonly MappedField[] = ['name', 'mobile', 'address'];

interface Props {
  readonly fileId: string;
  readonly name: string;
  readonly onBack: () => void;
  readonly onReady: (mapping: FileMapping) => void;
}

/** What each column of any table carries: sheet and header pointed at, columns guessed, corrected here, kept under a name for the next file like it. */
export function MappingStep({ fileId, name, onBack, onReady }: Props) {
  const t = useMappingTexts();
  const locale = useLocale();
  const failure = useFailure();
  const [where, setWhere] = useState<{ sheet?: string; headerRow?: number }>({});
  const { data: look, error } = useQuery({ ...api.orders.inspect.queryOptions({ input: { fileId, ...where } }), placeholderData: (before: Inspection | undefined) => before });
  const { data: presets } = useQuery(api.orders.presets.list.queryOptions());
  const [fields, setFields] = useState<Fields>({});
  const [saveAs, setSaveAs] = useState('');
  const own = presets?.find((preset) => preset.id === look?.presetId);

  useEffect(() => {
    if (look === undefined) return;
    const known = new Set<string>(mappedFields);
    const guessed = Object.fromEntries(look.guesses.filter((guess) => known.has(guess.field)).map((guess) => [guess.column, guess.field as MappedField]));
    setFields(own ? fieldsOf(own.columns) : guessed);
  }, [look, own]);

  const columns = useMemo(() => Object.fromEntries(Object.entries(fields).flatMap(([column, field]) => (field === '' ? [] : [[field, column]]))), [fields]);
  const has = (field: MappedField): boolean => columns[field] !== undefined;
  const missing = required.filter((field) => !has(field) && !has('receiver') && !(field === 'mobile' && has('telephone')));
  useKey('Ctrl+Enter', () => void go(), look !== undefined && missing.length === 0);

  async function go(): Promise<void> {
    if (look === undefined) return;
    const mapping = { platform: 'other', kind: 'orders', columns } as const;
    try {
      if (saveAs.trim() !== '') await client.orders.presets.save({ name: saveAs.trim(), mapping, header: look.headerRow === 0 ? [] : look.names });
      onReady({ ...mapping, headerRow: look.headerRow, ...(look.sheet !== null && { sheet: look.sheet }) });
    } catch (thrown) {
      failure(thrown);
    }
  }
  function choose(column: string, field: MappedField | ''): void {
    // A field is in one column: choosing it for another takes it from the first.
    setFields((current) => ({ ...Object.fromEntries(Object.entries(current).map(([key, value]) => [key, value === field ? '' : value])), [column]: field }));
  }

  if (error !== null) return <Failure error={error} />;
  if (look === undefined) return <Spin />;
  const guessOf = (column: string): number | undefined => look.guesses.find((guess) => guess.column === column && guess.field === fields[column])?.confidence;
  const examples = (index: number): string => look.sample.slice(look.headerRow, look.headerRow + 3).map((row) => row[index] ?? '').filter((value) => value !== '').join(' · ');

  return (
    <div style={{ display: 'grid', gap: 10 }}>
      <strong>{t('heading', { file: name })}</strong>
      <span className="muted">{t('explain')}</span>
      {own && <Alert type="info" title={t('presetUsed', { name: own.name })} />}
      <Space wrap>
        {look.sheets.length > 1 && <Select aria-label={t('sheet')} style={{ width: 180 }} value={look.sheet} onChange={(sheet: string) => setWhere({ sheet })} options={look.sheets.map((sheet) => ({ value: sheet, label: sheet }))} />}
        <span>{look.headerRow === 0 ? t('headerNone') : t('headerRow', { row: look.headerRow })}</span>
        <span className="muted">{t('headerAt')}</span>
        {look.headerRow !== 0 && (
          <Button size="small" onClick={() => setWhere({ ...where, headerRow: 0 })}>
            {t('headerNone')}
          </Button>
        )}
        <Presets presets={presets ?? []} onUse={(preset) => setFields(fieldsOf(preset.columns))} />
      </Space>
      <SheetPreview look={look} onHeader={(headerRow) => setWhere({ ...where, headerRow })} label={(row) => t('headerRow', { row })} />
      <Table
        size="small"
        rowKey="column"
        pagination={false}
        scroll={{ y: 280 }}
        dataSource={look.names.map((column, index) => ({ column, index }))}
        columns={[
          { title: t('column'), dataIndex: 'column', width: 180, ellipsis: true },
          { title: t('examples'), ellipsis: true, render: (_, row) => <span className="muted">{examples(row.index)}</span> },
          {
            title: t('carries'),
            width: 260,
            render: (_, row) => (
              <Select
                aria-label={`${t('carries')} ${row.column}`}
                style={{ width: 240 }}
                size="small"
                showSearch
                optionFilterProp="label"
                value={fields[row.column] ?? ''}
                onChange={(field) => choose(row.column, field)}
                options={[{ value: '', label: t('keep') }, ...mappedFields.map((field) => ({ value: field, label: required.includes(field) ? `${t(field)} · ${t('required')}` : t(field) }))]}
              />
            ),
          },
          {
            title: t('sure'),
            width: 80,
            render: (_, row) => {
              const confidence = guessOf(row.column);
              return confidence === undefined ? null : <Sure share={confidence} />;
            },
          },
        ]}
      />
      <div className="import-foot">
        {missing.length > 0 && (
          <span role="alert" style={{ color: 'var(--state-failed)' }}>
            {t('missing', { fields: listed(missing.map((field) => t(field)), locale) })}
          </span>
        )}
        <span style={{ flex: 1 }} />
        <Input aria-label={t('saveAs')} placeholder={t('saveAs')} style={{ width: 260 }} value={saveAs} onChange={(event) => setSaveAs(event.target.value)} maxLength={60} />
        <Button onClick={onBack}>{t('back')}</Button>
        <Button type="primary" disabled={missing.length > 0} onClick={() => void go()}>
          {t('use')}
          <Key>Ctrl+Enter</Key>
        </Button>
      </div>
    </div>
  );
}

function fieldsOf(columns: Readonly<Record<string, string>>): Fields {
  return Object.fromEntries(Object.entries(columns).map(([field, column]) => [column, field as MappedField]));
}

/** The first rows as they stand in the file; the number at the left makes a row the header. */
function SheetPreview({ look, onHeader, label }: { look: Inspection; onHeader: (row: number) => void; label: (row: number) => string }) {
  return (
    <div className="mapping-sheet">
      <table>
        <tbody>
          {look.sample.slice(0, 12).map((cells, index) => (
            // The rows of a file have nothing but their place.
            // eslint-disable-next-line react/no-array-index-key
            <tr key={index} data-header={look.headerRow === index + 1}>
              <th scope="row">
                <button type="button" aria-label={label(index + 1)} onClick={() => onHeader(index + 1)}>
                  {index + 1}
                </button>
              </th>
              {look.names.map((name, column) => (
                <td key={name}>{cells[column]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
