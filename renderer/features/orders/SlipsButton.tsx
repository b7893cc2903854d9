import { FileTextOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { App, Button, Dropdown } from 'antd';
import { useState } from 'react';
import type { SlipKind } from '../../../common/contract/printing.ts';
import { returnLabelSize } from '../../../common/domain/label/builtin/small-labels.ts';
import type { PrinterRow } from '../../../common/contract/printers.ts';
import { api, client } from '../../client/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { usePrintTexts } from './printTexts.ts';

/** Pick list and packing slips of the chosen orders on a receipt printer, return labels on one with labels of that size. */
export function SlipsButton({ orderIds }: { orderIds: readonly string[] }) {
  const t = usePrintTexts();
  const failure = useFailure();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const { data: printers } = useQuery(api.printers.list.queryOptions({ input: {} }));
  async function print(kind: SlipKind, printerId: string): Promise<void> {
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
  const items = (printers ?? []).flatMap((printer) =>
    kindsOn(printer).map((kind) => ({ key: `${kind}-${printer.id}`, label: `${t(kind)} → ${printer.name}`, onClick: () => void print(kind, printer.id) })),
  );
  return (
    <Dropdown disabled={orderIds.length === 0 || busy} menu={{ items: items.length > 0 ? items : [{ key: 'none', disabled: true, label: t('noReceiptPrinter') }] }}>
      <Button icon={<FileTextOutlined />} loading={busy}>
        {t('slips')}
      </Button>
    </Dropdown>
  );
}

/** Papers that fit what lies in the printer; the core refuses others. */
function kindsOn({ profile: { media } }: PrinterRow): readonly SlipKind[] {
  if (media.kind === 'continuous') return ['pick', 'packing'];
  return Math.abs(media.widthMicrometres - returnLabelSize.width) <= 1_000 && Math.abs(media.heightMicrometres - returnLabelSize.height) <= 1_000 ? ['return'] : [];
}
