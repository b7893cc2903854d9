/** Before a draft prints: what stands against it, what changes on paper, a note for the history. */
import { useQuery } from '@tanstack/react-query';
import { Alert, Input, Modal } from 'antd';
import { useState } from 'react';
import type { Logos } from '../../../common/contract/templates.ts';
import type { LabelDocument } from '../../../common/domain/label/document.ts';
import type { ProofFinding } from '../../../common/domain/templates/proof.ts';
import { api, client } from '../../client/index.ts';
import { findingText } from '../../editor/view/lint-texts.ts';
import { useDesignerTexts } from '../../editor/view/texts.ts';
import { useLocale } from '../../i18n/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { Comparison } from './HistoryDrawer.tsx';
import { editorName } from './useDraft.ts';

export interface PublishProps {
  readonly id: string;
  readonly name: string;
  readonly document: LabelDocument;
  readonly current: string | undefined;
  /** What the page found; the core, which reads the codes back and knows orders in the clear, has the last word. */
  readonly findings: readonly ProofFinding[];
  /** Logos of the printer whose paper is looked at; both where it is none. */
  readonly logos: Logos | undefined;
  readonly onClose: () => void;
  readonly onPublished: (number: number) => void;
  /** Shows an element on the label. */
  readonly onShow: (element: string) => void;
}

type Finding = Pick<ProofFinding, 'severity' | 'code' | 'element' | 'message' | 'order' | 'data'>;

export function PublishDialog({ id, name, document: label, current, findings, logos, onClose, onPublished, onShow }: PublishProps) {
  const t = useDesignerTexts();
  const locale = useLocale();
  const failure = useFailure();
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const { data: checked } = useQuery(api.templates.check.queryOptions({ input: { id }, staleTime: 0, gcTime: 0 }));
  const all: readonly Finding[] = checked ?? findings;
  const errors = all.filter((one) => one.severity === 'error');
  const ofTheDay = all.filter((one) => one.severity === 'warning' && one.order !== '');
  const ready = errors.length === 0;
  async function publish(): Promise<void> {
    setBusy(true);
    try {
      onPublished((await client.templates.publish({ id, editor: editorName, note })).number);
    } catch (thrown) {
      failure(thrown);
      setBusy(false);
    }
  }
  const list = (of: readonly Finding[]) => (
    <ul className="publish-findings">
      {of.map((finding) => {
        const { subject, problem, remedy } = findingText(finding, label, locale, t);
        return <li key={`${finding.code}|${finding.element}|${finding.message}`}>{finding.order !== '' && <small className="muted">{finding.order} · </small>}<button type="button" className="shows" title={t('lintShow')} onClick={() => onShow(finding.element)}><strong>{subject}</strong> {problem}</button>{remedy !== '' && <div>{remedy}</div>}</li>;
      })}
    </ul>
  );
  return (
    <Modal open width={760} title={t('publishTitle', { name })} okText={t('publish')} okButtonProps={{ disabled: !ready, loading: busy }} onCancel={onClose} onOk={() => void publish()}>
      {!ready && <Alert type="error" showIcon title={t('cannotPublish', { count: errors.length })} description={list(errors)} />}
      {ofTheDay.length > 0 && <Alert type="warning" showIcon title={t('parcelsWarn', { count: ofTheDay.length })} description={list(ofTheDay)} />}
      {current === undefined ? <FirstPicture id={id} name={name} logos={logos} /> : <Comparison id={id} logos={logos} before={current} after={undefined} words={{ before: t('before_'), after: t('after_') }} />}
      <Input aria-label={t('note')} placeholder={t('note')} maxLength={400} value={note} onChange={(event) => setNote(event.target.value)} onPressEnter={() => ready && !busy && void publish()} />
    </Modal>
  );
}

function FirstPicture({ id, name, logos }: { id: string; name: string; logos: Logos | undefined }) {
  const t = useDesignerTexts();
  const { data } = useQuery(api.templates.compare.queryOptions({ input: { id, ...(logos !== undefined && { logos }) }, staleTime: 0 }));
  return (
    <figure className="first-picture">
      <figcaption className="muted">{t('firstPublish')}</figcaption>
      {data !== undefined && <img src={`data:image/png;base64,${data.after.png}`} alt={name} />}
    </figure>
  );
}
