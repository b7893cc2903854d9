import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Button, Form, Input, InputNumber, Select, Space, Spin, Table, Tag } from 'antd';
import { useState } from 'react';
import type { FoundPrinter, PrinterAddressValue } from '../../../common/contract/printers.ts';
import { api } from '../../client/index.ts';
import { Failure } from '../../ui/Failure.tsx';
import { usePrinterTexts } from './texts.ts';
import { addressWords } from './words.ts';

export interface Found {
  readonly address: PrinterAddressValue;
  readonly name: string;
  readonly languages: FoundPrinter['languages'];
}

/** Everything this PC knows of, or an address typed in. Nothing is opened and nothing is printed here. */
export function FindStep({ onFound }: { onFound: (found: Found) => void }) {
  const t = usePrinterTexts();
  const { data, error, isFetching, refetch } = useQuery(api.printers.discover.queryOptions({ staleTime: 0, gcTime: 0, refetchOnMount: 'always' }));
  return (
    <div style={{ display: 'grid', gap: 16, justifyItems: 'start' }}>
      {error && <Failure error={error} />}
      {isFetching && (
        <span role="status">
          <Spin size="small" /> {t('searching')}
        </span>
      )}
      {data && (
        <Table<FoundPrinter>
          size="small"
          style={{ width: '100%' }}
          pagination={false}
          rowKey={(one) => `${one.address.kind}:${addressWords(one.address)}`}
          dataSource={data.found}
          locale={{ emptyText: t('nothingFound') }}
          scroll={{ y: 240 }}
          columns={[
            { title: t('found'), render: (_, one) => one.name },
            { title: t('where'), width: 240, render: (_, one) => `${t(`kind_${one.address.kind}`)} · ${addressWords(one.address)}` },
            { width: 150, render: (_, one) => one.model },
            {
              width: 130,
              align: 'right',
              render: (_, one) =>
                one.printerId === null ? (
                  <Button size="small" onClick={() => onFound(one)}>
                    {t('use')}
                  </Button>
                ) : (
                  <Tag>{t('alreadySet')}</Tag>
                ),
            },
          ]}
        />
      )}
      {data?.problems.map((problem) => <Alert key={problem.place} type="warning" showIcon message={t(`problem_${problem.place}`, { reason: problem.reason })} />)}
      <Button size="small" onClick={() => void refetch()} loading={isFetching}>
        {t('searchAgain')}
      </Button>
      <AddressForm onFound={onFound} />
    </div>
  );
}

function AddressForm({ onFound }: { onFound: (found: Found) => void }) {
  const t = usePrinterTexts();
  return (
    <>
      <Form
        name="printer-address"
        layout="inline"
        initialValues={{ port: 9_100 }}
        onFinish={({ host, port }: { host: string; port: number }) => onFound({ address: { kind: 'tcp', host: host.trim(), port }, name: host.trim(), languages: [] })}
      >
        <strong style={{ alignSelf: 'center', marginRight: 12 }}>{t('byAddress')}</strong>
        <Form.Item name="host" label={t('host')} rules={[{ required: true, pattern: /^\s*[0-9A-Za-z._:-]+\s*$/ }]}>
          <Input style={{ width: 180 }} placeholder="192.168.1.87" />
        </Form.Item>
        <Form.Item name="port" label={t('port')}>
          <InputNumber min={1} max={65_535} style={{ width: 100 }} />
        </Form.Item>
        <Button htmlType="submit">{t('use')}</Button>
      </Form>
      <Form name="printer-folder" layout="inline" style={{ marginTop: 8 }} onFinish={({ folder }: { folder: string }) => onFound({ address: { kind: 'virtual', directory: folder.trim() }, name: folder.trim(), languages: [] })}>
        <strong style={{ alignSelf: 'center', marginRight: 12 }}>{t('toFolder')}</strong>
        <Form.Item name="folder" label={t('folder')} rules={[{ required: true, whitespace: true }]}>
          <Input style={{ width: 260 }} />
        </Form.Item>
        <Button htmlType="submit">{t('use')}</Button>
      </Form>
    </>
  );
}

/** Language of the printer: what the device says of itself, what it answers to harmless questions, else the person's choice. */
export function LanguageStep({
  found,
  language,
  onLanguage,
  onAddress,
}: {
  found: Found;
  language: 'tspl' | 'zpl' | 'cpcl' | 'escpos' | undefined;
  onLanguage: (language: 'tspl' | 'zpl' | 'cpcl' | 'escpos') => void;
  onAddress: (address: PrinterAddressValue) => void;
}) {
  const t = usePrinterTexts();
  const [asked, setAsked] = useState(false);
  const probe = useMutation(
    api.printers.probe.mutationOptions({
      onSuccess: (result) => {
        if (result.language !== null && language === undefined) onLanguage(result.language);
      },
    }),
  );
  const ask = (): void => {
    setAsked(true);
    probe.mutate({ address: found.address, ...(language === undefined ? {} : { language }) });
  };
  const result = probe.data;
  const { address } = found;
  return (
    <div style={{ display: 'grid', gap: 16, justifyItems: 'start' }}>
      <div>
        <strong>{found.name}</strong> <span className="muted">{`${t(`kind_${address.kind}`)} · ${addressWords(address)}`}</span>
      </div>
      {address.kind === 'serial' && (
        <Space>
          {t('baudRate')}
          <Select aria-label={t('baudRate')} value={address.baudRate} style={{ width: 120 }} onChange={(baudRate: number) => onAddress({ ...address, baudRate })} options={[9_600, 19_200, 38_400, 57_600, 115_200, 230_400].map((value) => ({ value, label: String(value) }))} />
          {t('flow')}
          <Select aria-label={t('flow')} value={address.flow} style={{ width: 180 }} onChange={(flow: 'none' | 'rtscts' | 'xonxoff') => onAddress({ ...address, flow })} options={(['none', 'rtscts', 'xonxoff'] as const).map((value) => ({ value, label: t(`flow_${value}`) }))} />
        </Space>
      )}
      <p style={{ margin: 0 }}>{t('languageHint')}</p>
      <div role="radiogroup" style={{ display: 'grid', gap: 6 }}>
        {(['tspl', 'zpl', 'cpcl', 'escpos'] as const).map((value) => (
          <label key={value} style={{ display: 'flex', gap: 8, alignItems: 'center' }}>
            <input type="radio" name="language" checked={language === value} onChange={() => onLanguage(value)} />
            {t(value)}
            {found.languages.includes(value) && <Tag color="green">✓</Tag>}
          </label>
        ))}
      </div>
      {address.kind !== 'virtual' && (
        <Button size="small" onClick={ask} loading={probe.isPending}>
          {asked ? t('probeAgain') : t('ask')}
        </Button>
      )}
      {probe.isPending && <span role="status">{t('probing')}</span>}
      {probe.error && <Failure error={probe.error} />}
      {result &&
        (result.language !== null ? (
          <Alert type="success" showIcon message={t('probe_found', { language: result.language.toUpperCase() })} description={result.condition === null ? undefined : `${t(result.condition)} ${result.detail}`} />
        ) : !result.reachable ? (
          <Alert type="warning" showIcon message={t('probe_unreachable', { reason: result.reason })} />
        ) : (
          <Alert type="info" showIcon message={t(result.reason === 'queue' ? 'probe_queue' : 'probe_silent')} />
        ))}
    </div>
  );
}
