import { App, Button, Input, Modal, Select, Space } from 'antd';
import { useRef, useState } from 'react';
import type { ItemsImportReport } from '../../../common/contract/items.ts';
import type { Shop } from '../../../common/contract/shops.ts';
import { client } from '../../client/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { readText } from '../../ui/readText.ts';
import { useItemsTexts } from './texts.ts';

/** A table of names pasted or from a file: tried first, then taken in as one step. */
export function ImportNames({ shops, shopId, onClose }: { shops: readonly Shop[]; shopId: string; onClose: () => void }) {
  const t = useItemsTexts();
  const failure = useFailure();
  const { message } = App.useApp();
  const [into, setInto] = useState(shopId || (shops[0]?.id ?? ''));
  const [text, setText] = useState('');
  const [report, setReport] = useState<ItemsImportReport>();
  const [busy, setBusy] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const said = (one: ItemsImportReport): string => t('importReport', { rows: one.rows, changed: one.changed, same: one.same, added: one.added, rejected: one.rejected.length });

  async function send(dryRun: boolean): Promise<void> {
    setBusy(true);
    try {
      const result = await client.items.import({ shopId: into, text, dryRun });
      setReport(result);
      if (!dryRun) {
        void message.success(said(result));
        if (result.rejected.length === 0) onClose();
      }
    } catch (thrown) {
      failure(thrown);
    } finally {
      setBusy(false);
    }
  }
  return (
    <Modal
      open
      width={760}
      title={t('importTitle')}
      onCancel={onClose}
      footer={[
        <Button key="cancel" onClick={onClose}>{t('cancel')}</Button>,
        <Button key="try" disabled={text.trim() === '' || into === ''} loading={busy} onClick={() => void send(true)}>{t('importTry')}</Button>,
        <Button key="go" type="primary" disabled={text.trim() === '' || into === ''} loading={busy} onClick={() => void send(false)}>{t('importGo')}</Button>,
      ]}
    >
      <p className="muted">{t('importHint')}</p>
      <Space style={{ marginBottom: 8 }}>
        <Select aria-label={t('importShop')} style={{ width: 200 }} value={into} onChange={setInto} options={shops.map((shop) => ({ value: shop.id, label: shop.name }))} />
        <input ref={picker} type="file" hidden accept=".csv,.tsv,.txt" data-testid="names-file" onChange={(event) => { const file = event.target.files?.[0]; event.target.value = ''; if (file !== undefined) void readText(file).then(setText, failure); }} />
        <Button onClick={() => picker.current?.click()}>{t('importFile')}</Button>
      </Space>
      <Input.TextArea aria-label={t('importPaste')} rows={8} value={text} placeholder={t('importPaste')} onChange={(event) => { setText(event.target.value); setReport(undefined); }} style={{ fontFamily: 'monospace' }} />
      {report !== undefined && (
        <div style={{ marginTop: 8, maxHeight: 160, overflow: 'auto' }} aria-live="polite">
          <strong>{said(report)}</strong>
          {report.rejected.map((row) => (
            <div key={row.row} style={{ color: 'var(--state-failed)' }}>
              {t('importRow', { row: row.row })}：{t(`reject_${row.reason}`)} {row.text}
            </div>
          ))}
        </div>
      )}
    </Modal>
  );
}
