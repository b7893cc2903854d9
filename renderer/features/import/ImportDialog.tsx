import { Alert, Button, Modal, Spin } from 'antd';
import { useRef, useState } from 'react';
import { mostFiles } from '../../../common/contract/import.ts';
import type { ImportLook } from '../../../common/contract/import.ts';
import { Failure } from '../../ui/Failure.tsx';
import { useDroppedFiles } from '../../ui/droppedFiles.ts';
import { useLocale } from '../../i18n/index.ts';
import { Key, useKey } from '../../ui/Key.tsx';
import { listed } from '../../ui/format.ts';
import { Batches } from './Batches.tsx';
import { Flagged, Notices, Rejected } from './Attention.tsx';
import { FileCard } from './FileCard.tsx';
import { MappingStep } from './MappingStep.tsx';
import { Problem } from './Problem.tsx';
import { Result } from './Result.tsx';
import { ShopChoice } from './ShopChoice.tsx';
import { useImportTexts } from './texts.ts';
import { useImport } from './useImport.ts';
import type { ImportFlow, ShopChoice as Choice } from './useImport.ts';
import './import.css';

interface Props {
  readonly files: readonly File[];
  readonly pasted?: boolean;
  readonly onClose: () => void;
  /** After an import: show what came in. */
  readonly onShow: (stage: 'to_print' | 'problem') => void;
}

/** Files in: read at once, said what they hold and what would happen; saved with one button; then what happened. */
export function ImportDialog({ files, pasted = false, onClose, onShow }: Props) {
  const t = useImportTexts();
  const flow = useImport(files, pasted);
  const [mapped, setMapped] = useState<string | null>(null);
  const [history, setHistory] = useState(false);
  const { step } = flow;
  const look = step.kind === 'looked' ? step.look : undefined;
  useDroppedFiles(step.kind === 'done' ? flow.startOver : flow.add, step.kind === 'done' || (look !== undefined && mapped === null));
  return (
    <Modal open onCancel={onClose} footer={null} width={1040} title={t('title')} maskClosable={false} keyboard={mapped === null} style={{ top: 24 }} classNames={{ body: 'import-body' }}>
      {step.kind === 'busy' && (
        <div style={{ display: 'flex', gap: 12, alignItems: 'center', minHeight: 80 }} aria-live="polite">
          <Spin />
          <span>{t(step.phase, { file: step.file, done: step.done })}</span>
          <span style={{ flex: 1 }} />
          <Button onClick={flow.stop}>{t('cancel')}</Button>
        </div>
      )}
      {(step.kind === 'failed' || step.kind === 'cancelled') && (
        <div style={{ display: 'grid', gap: 12 }}>
          {step.kind === 'failed' ? <Failure error={step.error} /> : <Alert type="info" title={t('cancelled')} />}
          <div className="import-foot">
            <Button onClick={onClose}>{t('close')}</Button>
            <Button type="primary" onClick={flow.again}>
              {t('retry')}
            </Button>
          </div>
        </div>
      )}
      {look && mapped !== null && (
        <MappingStep
          fileId={mapped}
          name={look.files.find(({ fileId }) => fileId === mapped)?.name ?? ''}
          onBack={() => setMapped(null)}
          onReady={(mapping) => {
            setMapped(null);
            flow.map(mapped, mapping);
          }}
        />
      )}
      {look && mapped === null && flow.shop && <Looked look={look} shop={flow.shop} flow={flow} onColumns={setMapped} onClose={onClose} onHistory={() => setHistory(true)} />}
      {step.kind === 'done' && <Result report={step.report} shopName={step.shopName} flow={flow} onClose={onClose} onShow={onShow} onHistory={() => setHistory(true)} />}
      {history && <Batches onClose={() => setHistory(false)} />}
    </Modal>
  );
}

interface LookedProps {
  readonly look: ImportLook;
  readonly shop: Choice;
  readonly flow: ImportFlow;
  readonly onColumns: (fileId: string) => void;
  readonly onClose: () => void;
  readonly onHistory: () => void;
}

/** Before anything is saved: every file, the shop, what would happen, and the one button. */
function Looked({ look, shop, flow, onColumns, onClose, onHistory }: LookedProps) {
  const t = useImportTexts();
  const locale = useLocale();
  const picker = useRef<HTMLInputElement>(null);
  const { report, problem } = look;
  const count = report === null ? 0 : report.added + report.changed;
  const ready = report !== null && count > 0 && (shop.id !== null || shop.name.trim() !== '');
  const readable = look.files.some((file) => file.report !== null);
  // Files come back in the order given; the report holds those that could be read.
  const sums = new Map(look.files.filter((file) => file.report !== null).map((file, index) => [file.fileId, report?.files[index]]));
  useKey('Ctrl+Enter', flow.go, ready);
  return (
    <div style={{ display: 'grid', gap: 10 }}>
      {look.files.map((looked) => (
        <FileCard key={looked.fileId} looked={looked} sums={sums.get(looked.fileId)} onColumns={looked.report !== null || looked.failure?.code === 'TABLE_UNKNOWN' ? () => onColumns(looked.fileId) : undefined} onLeaveOut={look.files.length > 1 ? () => flow.leaveOut(looked.fileId) : undefined} />
      ))}
      {flow.tooMany > 0 && <Alert type="info" title={t('tooMany', { most: mostFiles, count: flow.tooMany })} />}
      {problem && <Problem look={look} flow={flow} onAdd={() => picker.current?.click()} />}
      {readable && problem?.code !== 'ITEMS_WITHOUT_ORDERS' && <ShopChoice proposal={look.shop} choice={shop} flow={flow} />}
      {report && report.alarms.length > 0 && <Alert type="error" title={t('alarms', { count: report.alarms.length, orders: listed(report.alarms.map(({ order }) => order), locale) })} />}
      {report && <Flagged files={report.files} />}
      {report && report.rejected.length > 0 && (
        <>
          <strong>{t('willReject', { count: report.rejected.length })}</strong>
          <Rejected rows={report.rejected} />
        </>
      )}
      {report && <Notices files={report.files} />}
      <div className="import-foot">
        <span className="muted">{t('nothingYet')}</span>
        {flow.rest.length > 0 && <span className="muted">{t('restWaiting', { names: listed(flow.rest.map((part) => part.name || t('noShopName')), locale) })}</span>}
        <span style={{ flex: 1 }} />
        <Button type="link" onClick={onHistory}>
          {t('history')}
        </Button>
        <input ref={picker} type="file" multiple hidden accept=".csv,.tsv,.txt,.xlsx,.xls" data-testid="more-files" onChange={(event) => flow.add([...(event.target.files ?? [])])} />
        <Button onClick={() => picker.current?.click()}>{t('addFiles')}</Button>
        <Button onClick={onClose}>{t('close')}</Button>
        <Button type="primary" size="large" disabled={!ready} onClick={flow.go}>
          {report === null ? t('noOrders') : count === 0 ? t(report.known > 0 ? 'nothing' : 'noOrders') : t('go', { count })}
          {ready && <Key>Ctrl+Enter</Key>}
        </Button>
      </div>
    </div>
  );
}
