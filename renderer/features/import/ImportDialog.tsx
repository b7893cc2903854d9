import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Input, Modal, Select, Space, Spin, Table } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { Mapping } from '../../../common/contract/import.ts';
import type { ImportReport } from '../../../common/contract/orders.ts';
import type { Shop } from '../../../common/contract/shops.ts';
import { api, appError, client } from '../../client/index.ts';
import { upload } from '../../client/upload.ts';
import { downloadText } from '../../ui/downloadText.ts';
import { useLocale } from '../../i18n/index.ts';
import { Failure } from '../../ui/Failure.tsx';
import { MappingStep } from './MappingStep.tsx';
import { Flagged } from './Flagged.tsx';
import { useImportTexts } from './texts.ts';

type Step = { readonly kind: 'shop' } | { readonly kind: 'busy'; readonly text: string } | { readonly kind: 'looked'; readonly report: ImportReport } | { readonly kind: 'done'; readonly report: ImportReport } | { readonly kind: 'failed'; readonly error: unknown };

/** Files in: which shop, what they hold, what would happen, then what happened. Nothing is written before the button. */
export function ImportDialog({ files, onClose }: { files: readonly File[]; onClose: () => void }) {
  const t = useImportTexts();
  const locale = useLocale();
  const { data: shops } = useQuery(api.shops.list.queryOptions({ input: {} }));
  const [shopId, setShopId] = useState<string | null>(null);
  const [newName, setNewName] = useState('');
  const [step, setStep] = useState<Step>({ kind: 'shop' });
  const fileIds = useRef<string[] | null>(null);
  const stop = useRef(new AbortController());
  const mapping = useRef<Mapping | undefined>(undefined);
  const mixed = useRef(false);
  useEffect(() => () => stop.current.abort(), []);
  useEffect(() => {
    if (shops?.length === 1 && shopId === null) setShopId(shops[0]?.id ?? null);
  }, [shops, shopId]);

  async function run(dryRun: boolean, shop: string): Promise<void> {
    stop.current = new AbortController();
    setStep({ kind: 'busy', text: t('reading', { done: 0 }) });
    try {
      fileIds.current ??= await Promise.all(files.map((file) => upload(file)));
      const events = await client.orders.import({ fileIds: fileIds.current, shopId: shop, dryRun, language: locale, mixedShops: mixed.current, ...(mapping.current !== undefined && { mapping: mapping.current }) }, { signal: stop.current.signal });
      for await (const event of events) {
        if (event.type === 'progress') setStep({ kind: 'busy', text: t(event.phase, { done: event.done }) });
        else setStep({ kind: dryRun ? 'looked' : 'done', report: event.report });
      }
    } catch (error) {
      setStep(stop.current.signal.aborted ? { kind: 'shop' } : { kind: 'failed', error });
    }
  }

  /** The uploaded file a failure is about. */
  function unknownFile(error: unknown): string | undefined {
    const known = appError(error);
    const index = known?.code === 'TABLE_UNKNOWN' ? files.findIndex((file) => file.name === known.data.file) : -1;
    return fileIds.current?.[index];
  }

  async function look(): Promise<void> {
    let shop = shopId;
    if (newName.trim() !== '') {
      try {
        const made: Shop = await client.shops.create({ name: newName.trim(), platform: platformOf(files) });
        shop = made.id;
        setShopId(shop);
        setNewName('');
      } catch (error) {
        setStep({ kind: 'failed', error });
        return;
      }
    }
    if (shop !== null) await run(true, shop);
  }

  return (
    <Modal open onCancel={onClose} footer={null} width={980} title={`${t('title')} · ${files.map((file) => file.name).join(', ')}`} maskClosable={false}>
      {step.kind === 'shop' && (
        <Space wrap align="center">
          <span>{t('shop')}</span>
          <Select aria-label={t('shop')} style={{ width: 220 }} value={shopId} onChange={setShopId} options={(shops ?? []).map((shop) => ({ value: shop.id, label: shop.name }))} />
          <Input aria-label={t('newShopName')} style={{ width: 200 }} placeholder={t('newShopName')} value={newName} onChange={(event) => setNewName(event.target.value)} maxLength={60} />
          <Button type="primary" disabled={shopId === null && newName.trim() === ''} onClick={() => void look()}>
            {t('title')}
          </Button>
        </Space>
      )}
      {step.kind === 'busy' && (
        <Space>
          <Spin /> {step.text}
          <Button onClick={() => stop.current.abort()}>{t('cancel')}</Button>
        </Space>
      )}
      {step.kind === 'failed' && (
        <Space direction="vertical" style={{ width: '100%' }}>
          <Failure error={step.error} />
          {appError(step.error)?.code === 'SHOPS_MIXED' && shopId !== null && (
            <Button
              onClick={() => {
                mixed.current = true;
                void run(true, shopId);
              }}
            >
              {t('allOne')}
            </Button>
          )}
          {appError(step.error)?.code === 'TABLE_UNKNOWN' && shopId !== null && unknownFile(step.error) !== undefined && (
            <MappingStep
              fileId={unknownFile(step.error) ?? ''}
              onReady={(chosen) => {
                mapping.current = chosen;
                void run(true, shopId);
              }}
            />
          )}
          <Button onClick={onClose}>{t('close')}</Button>
        </Space>
      )}
      {(step.kind === 'looked' || step.kind === 'done') && (
        <>
          <Report report={step.report} />
          <div style={{ display: 'flex', gap: 8, justifyContent: 'flex-end', marginTop: 12 }}>
            {step.kind === 'looked' && shopId !== null && (
              <Button type="primary" disabled={step.report.added + step.report.changed === 0} onClick={() => void run(false, shopId)}>
                {t('go', { count: step.report.added + step.report.changed })}
              </Button>
            )}
            <Button onClick={onClose}>{t('close')}</Button>
          </div>
        </>
      )}
    </Modal>
  );
}

/** A hint from the file name for a new shop; the report tells the real platform. */
function platformOf(files: readonly File[]): Shop['platform'] {
  const name = files.map((file) => file.name.toLowerCase()).join(' ');
  const hints: readonly (readonly [RegExp, Shop['platform']])[] = [
    [/pdd|拼多多|pinduoduo/, 'pdd'],
    [/douyin|抖/, 'douyin'],
    [/jd|京东/, 'jd'],
    [/1688/, '1688'],
    [/kuaishou|快手/, 'kuaishou'],
    [/xiaohongshu|小红书/, 'xiaohongshu'],
    [/youzan|有赞/, 'youzan'],
    [/taobao|tmall|淘宝|exportorder/, 'taobao'],
  ];
  return hints.find(([pattern]) => pattern.test(name))?.[1] ?? 'offline';
}

/** What the files hold and what the import does or did. */
function Report({ report }: { report: ImportReport }) {
  const t = useImportTexts();
  const flagged = report.files.reduce((sum, file) => sum + file.flagged.length, 0);
  const key = report.batchId === null ? 'willDo' : 'done';
  async function mend(): Promise<void> {
    if (report.batchId === null) return;
    const { name, csv } = await client.orders.rejectedFile({ batchId: report.batchId });
    downloadText(name, csv);
  }
  return (
    <div style={{ display: 'grid', gap: 8 }}>
      <Table
        size="small"
        rowKey="file"
        pagination={false}
        dataSource={report.files}
        columns={[
          { title: t('file'), dataIndex: 'file', ellipsis: true },
          { title: t('platform'), dataIndex: 'platform', width: 100 },
          { title: t('encoding'), dataIndex: 'encoding', width: 100 },
          { title: t('rows'), dataIndex: 'rows', align: 'right', width: 70 },
          { title: t('orders'), dataIndex: 'orders', align: 'right', width: 70 },
          { title: t('lines'), dataIndex: 'lines', align: 'right', width: 80 },
          { title: t('recipients'), dataIndex: 'recipients', align: 'right', width: 80 },
          { title: t('toShip'), dataIndex: 'toShip', align: 'right', width: 80 },
          { title: t('repeated'), dataIndex: 'duplicates', align: 'right', width: 80 },
          { title: t('refused'), align: 'right', width: 80, render: (_, file) => file.rejected.length },
        ]}
      />
      <Alert type={report.batchId === null ? 'info' : 'success'} message={t(key, { added: report.added, changed: report.changed, known: report.known })} />
      {report.files.map((file) => file.joined && <Alert key={file.file} type="info" message={t('joined', { file: file.file, matched: file.joined.matched, unmatched: file.joined.unmatched.length, without: file.joined.withoutItems.length })} />)}
      {flagged > 0 && <Alert type="warning" message={t('flagged', { count: flagged })} description={<Flagged files={report.files} />} />}
      {report.alarms.length > 0 && <Alert type="error" message={t('alarms', { count: report.alarms.length })} description={report.alarms.map((alarm) => alarm.order).join(', ')} />}
      {report.rejected.length > 0 && (
        <>
          <Table
            size="small"
            rowKey={(row) => `${row.file}-${row.row}-${row.column}`}
            dataSource={report.rejected}
            pagination={{ pageSize: 8, hideOnSinglePage: true }}
            columns={[
              { title: t('file'), dataIndex: 'file', ellipsis: true },
              { title: t('row'), dataIndex: 'row', align: 'right', width: 70 },
              { title: t('line'), dataIndex: 'line', align: 'right', width: 70 },
              { title: t('column'), dataIndex: 'column', width: 120 },
              { title: t('reason'), dataIndex: 'reason' },
            ]}
          />
          {report.batchId !== null && <Button onClick={() => void mend()}>{t('mend')}</Button>}
        </>
      )}
    </div>
  );
}
