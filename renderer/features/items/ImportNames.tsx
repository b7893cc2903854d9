import { Select } from 'antd';
import { useState } from 'react';
import type { Shop } from '../../../common/contract/shops.ts';
import { client } from '../../client/index.ts';
import { TableImport } from '../../ui/TableImport.tsx';
import { useItemsTexts } from './texts.ts';

/** A table of names into one shop, as one step that undo takes back. */
export function ImportNames({ shops, shopId, onClose }: { shops: readonly Shop[]; shopId: string; onClose: () => void }) {
  const t = useItemsTexts();
  const [into, setInto] = useState(shopId || (shops[0]?.id ?? ''));
  async function work(text: string, dryRun: boolean) {
    const report = await client.items.import({ shopId: into, text, dryRun });
    return {
      sum: t('importReport', { rows: report.rows, changed: report.changed, same: report.same, added: report.added, rejected: report.rejected.length }),
      rejected: report.rejected.map(({ row, reason, text: what }) => ({ row, text: `${t(`reject_${reason}`)} ${what}` })),
    };
  }
  return (
    <TableImport title={t('importTitle')} hint={t('importHint')} work={work} ready={into !== ''} onClose={onClose}>
      <Select aria-label={t('importShop')} style={{ width: 200 }} value={into} onChange={setInto} options={shops.map((shop) => ({ value: shop.id, label: shop.name }))} />
    </TableImport>
  );
}
