import { FileTextOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { App, Button, Dropdown } from 'antd';
import { useState } from 'react';
import { api, client } from '../../client/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { usePrintTexts } from './printTexts.ts';

/** Pick list or packing slips of the chosen orders on a receipt printer. */
export function SlipsButton({ orderIds }: { orderIds: readonly string[] }) {
  const t = usePrintTexts();
  const failure = useFailure();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const { data: printers } = useQuery(api.printers.list.queryOptions({ input: {} }));
  const receipt = (printers ?? []).filter((printer) => printer.profile.media.kind === 'continuous');
  async function print(kind: 'pick' | 'packing', printerId: string): Promise<void> {
    setBusy(true);
    try {
      const { sheets } = await client.printing.slips({ orderIds: [...orderIds], kind, printerId });
      void message.success(t('slipsSent', { count: sheets }));
    } catch (thrown) {
      failure(thrown);
    } finally {
      setBusy(false);
    }
  }
  const items = receipt.flatMap((printer) =>
    (['pick', 'packing'] as const).map((kind) => ({ key: `${kind}-${printer.id}`, label: `${t(kind)} → ${printer.name}`, onClick: () => void print(kind, printer.id) })),
  );
  return (
    <Dropdown disabled={orderIds.length === 0 || busy} menu={{ items: items.length > 0 ? items : [{ key: 'none', disabled: true, label: t('noReceiptPrinter') }] }}>
      <Button icon={<FileTextOutlined />} loading={busy}>
        {t('slips')}
      </Button>
    </Dropdown>
  );
}
