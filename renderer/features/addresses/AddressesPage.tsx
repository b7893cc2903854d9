import { DownloadOutlined, ImportOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { App, Button, Checkbox, Empty, Input, Popconfirm, Space, Table, Tag } from 'antd';
import type { InputRef } from 'antd';
import type { ColumnType } from 'antd/es/table';
import { useDeferredValue, useRef, useState } from 'react';
import type { AddressUse, SenderAddress } from '../../../common/contract/addresses.ts';
import { api, client } from '../../client/index.ts';
import { Failure, useFailure } from '../../ui/Failure.tsx';
import { Key, useKey } from '../../ui/Key.tsx';
import { saveText } from '../../ui/saveText.ts';
import { takesScan } from '../../ui/takesScan.ts';
import { AddressDialog } from './AddressDialog.tsx';
import { Defaults } from './Defaults.tsx';
import { ImportAddresses } from './ImportAddresses.tsx';
import { useAddressesTexts } from './texts.ts';

/** The address book: who parcels come from, who uses which address, and where refused parcels go back to. */
export default function AddressesPage() {
  const t = useAddressesTexts();
  const failure = useFailure();
  const { message } = App.useApp();
  const [typed, setTyped] = useState('');
  const [archived, setArchived] = useState(false);
  const [editing, setEditing] = useState<SenderAddress | 'new' | null>(null);
  const [importing, setImporting] = useState(false);
  const search = useDeferredValue(typed.trim());
  const searchBox = useRef<InputRef>(null);
  useKey('Ctrl+F', () => searchBox.current?.focus());
  const { data: status } = useQuery(api.waybills.status.queryOptions());
  // A packer looks addresses up; the book is the lead's.
  const readOnly = status?.role === 'packer';
  const { data, isPending, isError, error } = useQuery(api.addresses.list.queryOptions({ input: { search, archived } }));
  const run = (work: Promise<unknown>): void => void work.then(() => message.success(t('saved')), failure);
  const place = (one: SenderAddress): string => [one.province, one.city === one.province ? '' : one.city, one.district, one.town, one.detail].filter((part) => part !== '').join(' ');

  const actions: ColumnType<SenderAddress> = {
    width: 190,
    render: (_, one) => (
      <Space size={4}>
        <Button size="small" onClick={() => setEditing(one)}>
          {t('edit')}
        </Button>
        <Button size="small" onClick={() => run(client.addresses.archive({ id: one.id, archived: one.archivedAt === null }))}>
          {t(one.archivedAt === null ? 'archive' : 'restore')}
        </Button>
        {one.usedBy.length === 0 && (
          <Popconfirm title={t('removeSure')} okText={t('remove')} cancelText={t('cancel')} onConfirm={() => run(client.addresses.remove({ id: one.id }))}>
            <Button size="small" type="text" danger>
              {t('remove')}
            </Button>
          </Popconfirm>
        )}
      </Space>
    ),
  };

  async function save(): Promise<void> {
    try {
      const { name, text } = await client.addresses.export();
      saveText(name, text);
    } catch (thrown) {
      failure(thrown);
    }
  }
  return (
    <div style={{ display: 'grid', gap: 12 }}>
      <div style={{ display: 'flex', gap: 12, alignItems: 'baseline' }}>
        <h1 className="page-title" style={{ margin: 0 }}>
          {t('title')}
        </h1>
        <span className="muted">{t('lead')}</span>
        <span style={{ flex: 1 }} />
        {!readOnly && (
          <>
            <Button icon={<ImportOutlined />} onClick={() => setImporting(true)}>
              {t('import')}
            </Button>
            <Button icon={<DownloadOutlined />} onClick={() => void save()}>
              {t('export')}
            </Button>
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing('new')}>
              {t('add')}
            </Button>
          </>
        )}
      </div>
      <Space>
        <Input {...takesScan} ref={searchBox} allowClear style={{ width: 320 }} placeholder={t('search')} aria-label={t('search')} value={typed} onChange={(event) => setTyped(event.target.value)} suffix={<Key>Ctrl+F</Key>} />
        <Checkbox checked={archived} onChange={(event) => setArchived(event.target.checked)}>
          {t('archivedOnly')}
        </Checkbox>
      </Space>
      {isError && <Failure error={error} />}
      <Table<SenderAddress>
        size="small"
        rowKey="id"
        loading={isPending}
        dataSource={data ?? []}
        pagination={false}
        locale={{ emptyText: <Empty description={t(search === '' && !archived ? 'empty' : 'emptyFound')} /> }}
        columns={[
          { title: t('label'), width: 130, dataIndex: 'label' },
          { title: t('contact'), width: 150, render: (_, one) => [one.company, one.contact].filter((part) => part !== '').join(' ') },
          { title: t('phone'), width: 160, render: (_, one) => <span className="number">{one.privacyPhone || (one.extension === '' ? one.phone : `${one.phone}-${one.extension}`)}</span> },
          { title: t('address'), render: (_, one) => place(one) },
          { title: t('usedBy'), width: 230, render: (_, one) => <Uses uses={one.usedBy} /> },
          ...(readOnly ? [] : [actions]),
        ]}
      />
      {!archived && (data?.length ?? 0) > 0 && status !== undefined && <Defaults readOnly={readOnly} />}
      {editing !== null && <AddressDialog address={editing === 'new' ? undefined : editing} onClose={() => setEditing(null)} />}
      {importing && <ImportAddresses onClose={() => setImporting(false)} />}
    </div>
  );
}

function Uses({ uses }: { uses: readonly AddressUse[] }) {
  const t = useAddressesTexts();
  if (uses.length === 0) return <span className="muted">{t('unused')}</span>;
  return (
    <>
      {uses.map((use) => (
        <Tag key={`${use.scope} ${use.scopeId} ${use.purpose}`}>
          {t(use.purpose)} · {use.scope === 'all' ? t('everything') : use.name}
        </Tag>
      ))}
    </>
  );
}
