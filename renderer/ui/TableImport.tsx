import { App, Button, Input, Modal, Select, Space } from 'antd';
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { client } from '../client/index.ts';
import { upload } from '../client/upload.ts';
import { currentLocale, defineTexts } from '../i18n/index.ts';
import { useFailure } from './Failure.tsx';

const useTexts = defineTexts('tableImport', {
  zh: { paste: '在这里粘贴表格', file: '选文件', sheet: '工作表', tryFirst: '先看看', go: '导入', cancel: '取消', row: '第 {{row}} 行：{{why}}', unread: '文件里有 {{count}} 行读不出来，已留空' },
  en: { paste: 'Paste the table here', file: 'Choose a file', sheet: 'Sheet', tryFirst: 'Try first', go: 'Import', cancel: 'Cancel', row: 'row {{row}}: {{why}}', unread: '{{count}} rows of the file could not be read and are empty' },
});

export interface ImportReport {
  /** One sentence of what happened, or would. */
  readonly sum: string;
  readonly rejected: readonly { readonly row: number; readonly text: string }[];
}

interface Props {
  readonly title: string;
  readonly hint: string;
  /** Reports what the table would do, or with `dryRun` false does it. */
  readonly work: (text: string, dryRun: boolean) => Promise<ImportReport>;
  readonly onClose: () => void;
  /** What else has to be chosen. */
  readonly children?: ReactNode;
  readonly ready?: boolean;
}

/** A table pasted or out of a csv, tsv, xlsx or xls: tried first, then taken in; rows that cannot be used are named and stay on screen. */
export function TableImport({ title, hint, work, onClose, children, ready = true }: Props) {
  const t = useTexts();
  const failure = useFailure();
  const { message } = App.useApp();
  const [text, setText] = useState('');
  const [book, setBook] = useState<{ fileId: string; sheet: string | null; sheets: readonly string[] }>();
  const [report, setReport] = useState<ImportReport>();
  const [busy, setBusy] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const able = ready && text.trim() !== '';

  async function during(task: () => Promise<void>): Promise<void> {
    setBusy(true);
    try {
      await task();
    } catch (thrown) {
      failure(thrown);
    } finally {
      setBusy(false);
    }
  }
  const read = (fileId: string, sheet?: string): Promise<void> =>
    during(async () => {
      const table = await client.files.readTable({ fileId, ...(sheet !== undefined && { sheet }), language: currentLocale() });
      setText(table.text);
      setReport(undefined);
      setBook({ fileId, sheet: table.sheet, sheets: table.sheets });
      if (table.rejected.length > 0) void message.warning(t('unread', { count: table.rejected.length }));
    });
  const send = (dryRun: boolean): Promise<void> =>
    during(async () => {
      const result = await work(text, dryRun);
      setReport(result);
      if (dryRun) return;
      void message.success(result.sum);
      if (result.rejected.length === 0) onClose();
    });

  return (
    <Modal
      open
      width={760}
      title={title}
      onCancel={onClose}
      footer={[
        <Button key="cancel" onClick={onClose}>{t('cancel')}</Button>,
        <Button key="try" disabled={!able} loading={busy} onClick={() => void send(true)}>{t('tryFirst')}</Button>,
        <Button key="go" type="primary" disabled={!able} loading={busy} onClick={() => void send(false)}>{t('go')}</Button>,
      ]}
    >
      <p className="muted">{hint}</p>
      <Space style={{ marginBottom: 8 }} wrap>
        {children}
        <input
          ref={picker}
          type="file"
          hidden
          accept=".csv,.tsv,.txt,.xlsx,.xls"
          data-testid="table-file"
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = '';
            if (file !== undefined) void during(async () => read(await upload(file)));
          }}
        />
        <Button onClick={() => picker.current?.click()}>{t('file')}</Button>
        {book !== undefined && book.sheets.length > 1 && <Select aria-label={t('sheet')} style={{ minWidth: 140 }} value={book.sheet} options={book.sheets.map((sheet) => ({ value: sheet, label: sheet }))} onChange={(sheet: string) => void read(book.fileId, sheet)} />}
      </Space>
      <Input.TextArea aria-label={t('paste')} rows={8} value={text} placeholder={t('paste')} onChange={(event) => { setText(event.target.value); setReport(undefined); }} style={{ fontFamily: 'monospace' }} />
      {report !== undefined && (
        <div style={{ marginTop: 8, maxHeight: 160, overflow: 'auto' }} aria-live="polite">
          <strong>{report.sum}</strong>
          {report.rejected.map(({ row, text: why }) => (
            <div key={row} style={{ color: 'var(--state-failed)' }}>
              {t('row', { row, why })}
            </div>
          ))}
        </div>
      )}
    </Modal>
  );
}
