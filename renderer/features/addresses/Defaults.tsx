import { useQuery } from '@tanstack/react-query';
import { Card, Select, Table } from 'antd';
import type { AddressUse } from '../../../common/contract/addresses.ts';
import { api, client } from '../../client/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { useAddressesTexts } from './texts.ts';

interface Row {
  readonly scope: AddressUse['scope'];
  readonly scopeId: string;
  readonly name: string;
}

/** Which address each shop and each waybill account sends from, and where their refused parcels go. */
export function Defaults({ readOnly }: { readOnly: boolean }) {
  const t = useAddressesTexts();
  const failure = useFailure();
  const { data: book } = useQuery(api.addresses.list.queryOptions({ input: {} }));
  const { data: defaults } = useQuery(api.addresses.defaults.queryOptions());
  const { data: shops } = useQuery(api.shops.list.queryOptions({ input: {} }));
  // Accounts are not a packer's business; their addresses are chosen by the lead.
  const { data: accounts } = useQuery({ ...api.waybills.accounts.list.queryOptions(), enabled: !readOnly });
  const rows: Row[] = [
    { scope: 'all', scopeId: '', name: t('forAll') },
    ...(shops ?? []).map((shop): Row => ({ scope: 'shop', scopeId: shop.id, name: t('forShop', { name: shop.name }) })),
    ...(accounts ?? []).map((account): Row => ({ scope: 'account', scopeId: account.id, name: t('forAccount', { name: account.name }) })),
  ];
  const options = [{ value: '', label: t('none') }, ...(book ?? []).map((one) => ({ value: one.id, label: [one.label, one.contact, one.city, one.district].filter((part) => part !== '').join(' · ') }))];
  const choice = (row: Row, purpose: AddressUse['purpose']) => (
    <Select
      size="small"
      aria-label={`${row.name} ${t(purpose)}`}
      style={{ width: '100%' }}
      disabled={readOnly}
      value={defaults?.find((one) => one.scope === row.scope && one.scopeId === row.scopeId && one.purpose === purpose)?.addressId ?? ''}
      options={options}
      onChange={(addressId) => void client.addresses.setDefault({ scope: row.scope, scopeId: row.scopeId, purpose, addressId: addressId === '' ? null : addressId }).catch(failure)}
    />
  );
  return (
    <Card size="small" title={t('defaults')}>
      <p className="muted" style={{ marginTop: 0 }}>
        {t('defaultsHint')}
      </p>
      <Table<Row>
        size="small"
        tableLayout="fixed"
        rowKey={(row) => `${row.scope} ${row.scopeId}`}
        pagination={rows.length > 30 ? { pageSize: 30, size: 'small' } : false}
        dataSource={rows}
        columns={[
          { dataIndex: 'name', width: 260 },
          { title: t('send'), render: (_, row) => choice(row, 'send') },
          { title: t('return'), render: (_, row) => choice(row, 'return') },
        ]}
      />
    </Card>
  );
}
