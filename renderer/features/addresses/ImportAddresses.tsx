import { App, Button, Input, Modal, Space } from 'antd';
import { useRef, useState } from 'react';
import { client } from '../../client/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { readText } from '../../ui/readText.ts';
import { useAddressesTexts } from './texts.ts';

type Report = Awaited<ReturnType<typeof client.addresses.import>>;

/** A table of addresses pasted or from a file: tried first, then taken in. */
export function ImportAddresses({ onClose }: { onClose: () => void }) {
  const t = useAddressesTexts();
  const failure = useFailure();
  const { message } = App.useApp();
  const [text, setText] = useState('');
  const [report, setReport] = useState<Report>();
  const [busy, setBusy] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const said = (one: Report): string => t('importReport', { rows: one.rows, added: one.added, changed: one.changed, same: one.same, rejected: one.rejected.length });
  async function send(dryRun: boolean): Promise<void> {
    setBusy(true);
    try {
      const result = await client.addresses.import({ text, dryRun });
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
        <Button key="try" disabled={text.trim() === ''} loading={busy} onClick={() => void send(true)}>{t('importTry')}</Button>,
        <Button key="go" type="primary" disabled={text.trim() === ''} loading={busy} onClick={() => void send(false)}>{t('importGo')}</Button>,
      ]}
    >
      <p className="muted">{t('importHint')}</p>
      <Space style={{ marginBottom: 8 }}>
        <input ref={picker} type="file" hidden accept=".csv,.tsv,.txt" data-testid="addresses-file" onChange={(event) => { const file = event.target.files?.[0]; event.target.value = ''; if (file !== undefined) void readText(file).then(setText, failure); }} />
        <Button onClick={() => picker.current?.click()}>{t('importFile')}</Button>
      </Space>
      <Input.TextArea aria-label={t('importPaste')} rows={8} value={text} placeholder={t('importPaste')} onChange={(event) => { setText(event.target.value); setReport(undefined); }} style={{ fontFamily: 'monospace' }} />
      {report !== undefined && (
        <div style={{ marginTop: 8, maxHeight: 160, overflow: 'auto' }} aria-live="polite">
          <strong>{said(report)}</strong>
          {report.rejected.map((row) => (
            <div key={row.row} style={{ color: 'var(--state-failed)' }}>
              {t('importRow', { row: row.row })}：{row.findings.map((one) => `${t(one.field)}${one.text === '' ? '' : `“${one.text}”`} ${t(`problem_${one.problem}`)}`).join('；')}
            </div>
          ))}
        </div>
      )}
    </Modal>
  );
}
