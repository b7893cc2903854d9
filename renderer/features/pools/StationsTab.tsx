import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, InputNumber, Modal, Popconfirm, Space, Table, Tag } from 'antd';
import { useState } from 'react';
import { api, client } from '../../client/index.ts';
import { useLocale } from '../../i18n/index.ts';
import { Failure, useFailure } from '../../ui/Failure.tsx';
import { integer, moment } from '../../ui/format.ts';
import { useLedgerTexts } from '../ledger/texts.ts';
import { takesScan } from '../../ui/takesScan.ts';
import { usePoolTexts } from './texts.ts';

/** Blocks of numbers that stations hold, and numbers nobody may use any more. */
export function StationsTab() {
  const t = usePoolTexts();
  const ledger = useLedgerTexts();
  const locale = useLocale();
  const failure = useFailure();
  const [adding, setAdding] = useState(false);
  const { data: stations, error } = useQuery(api.waybills.stations.list.queryOptions());
  const { data: held } = useQuery(api.waybills.quarantine.list.queryOptions());
  if (error !== null) return <Failure error={error} />;
  return (
    <>
      <Button style={{ marginBottom: 8 }} onClick={() => setAdding(true)}>
        {t('add')}
      </Button>
      <Table
        size="small"
        rowKey="stationId"
        pagination={false}
        dataSource={stations}
        columns={[
          { title: t('stationId'), dataIndex: 'stationId' },
          { title: t('quota'), align: 'right', render: (_, row) => integer(row.quota, locale) },
          { title: t('outstanding'), align: 'right', render: (_, row) => integer(row.outstanding, locale) },
          { title: t('state'), render: (_, row) => (row.lostAt === null ? '' : <Tag color="error">{moment(row.lostAt, locale)}</Tag>) },
          {
            title: '',
            render: (_, row) => (
              <Popconfirm
                title={t('lost')}
                description={t('lostAsk', { count: row.outstanding })}
                okText={t('ok')}
                cancelText={t('cancel')}
                onConfirm={() => void client.waybills.stations.writeOff({ stationId: row.stationId, reason: t('lost') }).catch(failure)}
              >
                <Button size="small" danger disabled={row.lostAt !== null}>
                  {t('lost')}
                </Button>
              </Popconfirm>
            ),
          },
        ]}
      />
      <h3>{ledger.t('quarantine')}</h3>
      <p className="muted">{ledger.t('quarantineHint')}</p>
      <Table
        size="small"
        rowKey="segmentId"
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        dataSource={held}
        columns={[
          { title: t('pools'), dataIndex: 'poolName' },
          { title: t('state'), render: (_, row) => ledger.kind(row.state) },
          { title: ledger.t('numbers'), render: (_, row) => <span className="number">{row.first === row.last ? row.first : `${row.first} … ${row.last}`}</span> },
          { title: t('n'), align: 'right', render: (_, row) => integer(row.count, locale) },
          { title: '', render: (_, row) => <Release segmentId={row.segmentId} waiting={row.release} /> },
        ]}
      />
      {adding && <AddStation onClose={() => setAdding(false)} />}
    </>
  );
}

/** Evidence and two people: the first is shown to the second. */
function Release({ segmentId, waiting }: { segmentId: string; waiting: { evidence: string; by: string; at: string } | null }) {
  const t = usePoolTexts();
  const ledger = useLedgerTexts();
  const failure = useFailure();
  const [evidence, setEvidence] = useState<string>();
  async function save(): Promise<void> {
    try {
      await client.waybills.quarantine.release({ segmentId, evidence: evidence ?? '' });
      setEvidence(undefined);
    } catch (thrown) {
      failure(thrown);
    }
  }
  return (
    <>
      <Space>
        {waiting !== null && <span className="muted">{ledger.t('firstConfirmed', { who: waiting.by, evidence: waiting.evidence })}</span>}
        <Button size="small" onClick={() => setEvidence(waiting?.evidence ?? '')}>
          {ledger.t(waiting === null ? 'release' : 'confirmRelease')}
        </Button>
      </Space>
      {evidence !== undefined && (
        <Modal open title={ledger.t('release')} okText={t('ok')} cancelText={t('cancel')} onOk={() => void save()} onCancel={() => setEvidence(undefined)}>
          <p>{ledger.t('releaseHint')}</p>
          <Input {...takesScan} aria-label={ledger.t('evidence')} maxLength={400} value={evidence} onChange={(event) => setEvidence(event.target.value)} />
        </Modal>
      )}
    </>
  );
}

function AddStation({ onClose }: { onClose: () => void }) {
  const t = usePoolTexts();
  const failure = useFailure();
  const [form] = Form.useForm<{ stationId: string; quota: number }>();
  async function save(): Promise<void> {
    try {
      await client.waybills.stations.setQuota(await form.validateFields());
      onClose();
    } catch (thrown) {
      failure(thrown);
    }
  }
  return (
    <Modal open title={t('add')} okText={t('ok')} cancelText={t('cancel')} onOk={() => void save()} onCancel={onClose}>
      <Form form={form} layout="vertical" initialValues={{ quota: 200 }}>
        <Form.Item name="stationId" label={t('stationId')} rules={[{ required: true, whitespace: true, message: t('stationId') }]}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="quota" label={t('quota')} rules={[{ required: true, message: t('quota') }]}>
          <InputNumber min={0} max={100_000} precision={0} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
