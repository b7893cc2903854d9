import { Table } from 'antd';
import type { Item, ItemSku } from '../../../common/contract/items.ts';
import { InlineText } from './InlineText.tsx';
import { useItemsTexts } from './texts.ts';

/** The SKUs of an item, each with a name of its own where one is needed. */
export function SkuTable({ item, onName, onDetails }: { item: Item; onName: (skuId: string, name: string) => void; onDetails: (skuId: string, change: { barcode?: string; location?: string }) => void }) {
  const t = useItemsTexts();
  return (
    <Table<ItemSku>
      size="small"
      rowKey="id"
      pagination={false}
      dataSource={item.skus}
      columns={[
        { title: t('sku'), dataIndex: 'spec' },
        { title: t('skuCode'), dataIndex: 'code', width: 140 },
        { title: t('skuName'), width: 190, render: (_, sku) => <InlineText value={sku.shortName} label={`${t('skuName')} ${sku.spec}`} placeholder={t('sameAsItem')} column="sku-name" onSave={(name) => onName(sku.id, name)} /> },
        { title: t('barcode'), width: 170, render: (_, sku) => <InlineText value={sku.barcode} label={`${t('barcode')} ${sku.spec}`} maxLength={64} scanned onSave={(barcode) => onDetails(sku.id, { barcode })} /> },
        { title: t('columnLocation'), width: 120, render: (_, sku) => <InlineText value={sku.location} label={`${t('columnLocation')} ${sku.spec}`} onSave={(location) => onDetails(sku.id, { location })} /> },
      ]}
    />
  );
}
