import { FileTextOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { App, Button, Dropdown } from 'antd';
import { useState } from 'react';
import type { SlipKind } from '../../../common/contract/printing.ts';
import { returnLabelSize } from '../../../common/domain/label/builtin/small-labels.ts';
import type { PrinterRow } from '../../../common/contract/printers.ts';
import { api, client } from '../../client/index.ts';
import { useLocale } from '../../i18n/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { failureText } from '../../ui/failureText.ts';
import { Key, useKey } from '../../ui/Key.tsx';
import { usePrintTexts } from './printTexts.ts';

const many = 200;

/** Pick list and packing slips of the chosen orders on a receipt printer, return labels on one with labels of that size. */
export function SlipsButton({ orderIds }: { orderIds: readonly string[] }) {
  const t = usePrintTexts();
  const failure = useFailure();
  const locale = useLocale();
  const { message, modal } = App.useApp();
  const [open, setOpen] = useState(false);
  useKey('Alt+S', () => setOpen(true), orderIds.length > 0);
  const [busy, setBusy] = useState(false);
  const { data: printers } = useQuery(api.printers.list.queryOptions({ input: {} }));
  async function print(kind: SlipKind, printerId: string): Promise<void> {
    setBusy(true);
    // Thousands of sheets take the printer a while; nobody has to wait for it here.
    const telling = orderIds.length > many ? message.open({ type: 'loading', duration: 0, content: t('slipsSending', { count: orderIds.length }) }) : undefined;
    try {
      const { sheets, parcels, stopped } = await client.printing.slips({ orderIds: [...orderIds], kind, printerId });
      if (stopped === null) void message.success(t('slipsSent', { count: sheets }));
      else modal.warning({ title: t('slipsStopped', { count: sheets, parcels }), content: failureText(stopped, locale) });
    } catch (thrown) {
      failure(thrown);
    } finally {
      telling?.();
      setBusy(false);
    }
  }
  const items = (printers ?? []).flatMap((printer) =>
    kindsOn(printer).map((kind) => ({ key: `${kind}-${printer.id}`, label: `${t(kind)} → ${printer.name}`, onClick: () => void print(kind, printer.id) })),
  );
  return (
    <Dropdown open={open} onOpenChange={setOpen} autoFocus disabled={orderIds.length === 0 || busy} menu={{ items: items.length > 0 ? items : [{ key: 'none', disabled: true, label: t('noReceiptPrinter') }] }}>
      <Button icon={<FileTextOutlined />} loading={busy}>
        {t('slips')}
        <Key>Alt+S</Key>
      </Button>
    </Dropdown>
  );
}

/** Papers that fit what lies in the printer; the core refuses others. */
function kindsOn({ profile: { media } }: PrinterRow): readonly SlipKind[] {
  if (media.kind === 'continuous') return ['pick', 'packing'];
  return Math.abs(media.widthMicrometres - returnLabelSize.width) <= 1_000 && Math.abs(media.heightMicrometres - returnLabelSize.height) <= 1_000 ? ['return'] : [];
}
