import { Alert, Button, Space } from 'antd';
import { useRef } from 'react';
import type { ImportReport } from '../../../common/contract/import.ts';
import { useLocale } from '../../i18n/index.ts';
import { Key, useKey } from '../../ui/Key.tsx';
import { listed } from '../../ui/format.ts';
import { Flagged, Notices, Rejected } from './Attention.tsx';
import { MendButton } from './MendButton.tsx';
import { useImportTexts } from './texts.ts';
import type { ImportFlow } from './useImport.ts';

interface Props {
  readonly report: ImportReport;
  readonly shopName: string;
  readonly flow: ImportFlow;
  readonly onClose: () => void;
  readonly onShow: (stage: 'to_print' | 'problem') => void;
  readonly onHistory: () => void;
}

/** After an import: what came in, what did not and how to mend it, what needs attention, and where to go on. */
export function Result({ report, shopName, flow, onClose, onShow, onHistory }: Props) {
  const t = useImportTexts();
  const locale = useLocale();
  const picker = useRef<HTMLInputElement>(null);
  const { added, changed, known, batchId, rejected } = report;
  const flagged = report.files.reduce((sum, file) => sum + file.flagged.length, 0);
  const next = flow.rest[0];
  const goOn = (): void => (next ? flow.next() : onShow('to_print'));
  useKey('Ctrl+Enter', goOn);
  return (
    <div style={{ display: 'grid', gap: 10 }}>
      <div className="import-said" role="status">
        ✓ {t('done', { shop: shopName, added, changed, known })}
      </div>
      {report.alarms.length > 0 && <Alert type="error" title={t('alarms', { count: report.alarms.length, orders: listed(report.alarms.map(({ order }) => order), locale) })} />}
      {rejected.length === 0 ? (
        <span className="muted">{t('allIn')}</span>
      ) : (
        <>
          <strong>{t('rejectedTitle', { count: rejected.length })}</strong>
          <Rejected rows={rejected} />
          <Space wrap>
            {batchId !== null && <MendButton batchId={batchId} count={rejected.length} />}
            <span className="muted">{t('mendHint')}</span>
            <input ref={picker} type="file" multiple hidden accept=".csv,.tsv,.txt,.xlsx,.xls" data-testid="mended-files" onChange={(event) => flow.startOver([...(event.target.files ?? [])])} />
            <Button onClick={() => picker.current?.click()}>{t('mendAgain')}</Button>
          </Space>
        </>
      )}
      <Flagged files={report.files} />
      <Notices files={report.files} />
      <div className="import-foot">
        <Button type="link" onClick={onHistory}>
          {t('history')}
        </Button>
        <span style={{ flex: 1 }} />
        <Button onClick={onClose}>{t('close')}</Button>
        {flagged > 0 && <Button onClick={() => onShow('problem')}>{t('toProblems')}</Button>}
        {next && <Button onClick={() => onShow('to_print')}>{t('toPrint')}</Button>}
        <Button type="primary" size="large" autoFocus onClick={goOn}>
          {next ? t('restNext', { name: next.name || t('noShopName') }) : t('toPrint')}
          <Key>Ctrl+Enter</Key>
        </Button>
      </div>
    </div>
  );
}
