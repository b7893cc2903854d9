/** One template in the designer: the draft, its holder, publishing with differences, a test on paper. */
import { PrinterOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, App, Button, Select, Space, Spin, Tag } from 'antd';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { Link, useLocation, useParams } from 'wouter';
import { labelDataSchema } from '../../../common/domain/label/data.ts';
import { labelSamples } from '../../../common/domain/label/samples.ts';
import type { ProofFinding } from '../../../common/domain/templates/proof.ts';
import { api, appError, client, explain } from '../../client/index.ts';
import { select } from '../../editor/core/commands.ts';
import { Designer } from '../../editor/view/Designer.tsx';
import type { DataSet, PrinterView } from '../../editor/view/session.ts';
import { useDesignerTexts } from '../../editor/view/texts.ts';
import { useLocale } from '../../i18n/index.ts';
import { moment } from '../../ui/format.ts';
import { Failure, useFailure } from '../../ui/Failure.tsx';
import { useUnsaved } from '../../ui/unsaved.ts';
import { HistoryDrawer } from './HistoryDrawer.tsx';
import { PublishDialog } from './PublishDialog.tsx';
import { editorName, useDraft } from './useDraft.ts';

export default function DesignerPage() {
  const { id } = useParams<{ id: string }>();
  return <DesignerOf key={id} id={id} />;
}

function DesignerOf({ id }: { id: string }) {
  const t = useDesignerTexts();
  const locale = useLocale();
  const failure = useFailure();
  const { message } = App.useApp();
  const [, navigate] = useLocation();
  const draft = useDraft(id);
  // Saved when the page is left, unless saving fails.
  useUnsaved(draft.state === 'unsaved' && draft.error !== undefined);
  const [findings, setFindings] = useState<readonly ProofFinding[]>([]);
  const [publishing, setPublishing] = useState(false);
  const [history, setHistory] = useState(false);
  const { data: listed } = useQuery(api.printers.list.queryOptions({ input: {} }));
  const printers = useMemo<PrinterView[]>(() => (listed ?? []).map(({ id: printerId, name, profile: { dpi, logos } }) => ({ id: printerId, name, dpi, logos })), [listed]);
  const [asPrinter, setAsPrinter] = useState<PrinterView | undefined>(undefined);
  const printer = printers.find((one) => one.id === asPrinter?.id);
  const { data: real } = useQuery(api.templates.realData.queryOptions({ input: { id }, staleTime: 300_000 }));
  const dataSets = useMemo<DataSet[]>(
    () => [
      ...labelSamples.map(({ id: sample, name, data }) => ({ id: sample, name: name[locale], data, real: false })),
      ...(real ?? []).flatMap((one) => {
        const parsed = labelDataSchema.safeParse(one.data);
        return parsed.success ? [{ id: one.id, name: one.name, data: parsed.data, real: true, why: one.why }] : [];
      }),
    ],
    [locale, real],
  );
  const { editor, template, state, heldBy } = draft;
  const save = useCallback(() => void draft.save(), [draft.save]);

  if (draft.state === 'failed') return <><p><Link href="/templates">← {t('back')}</Link></p><Failure error={draft.error} /></>;
  if (editor === undefined || template === undefined) return <Spin />;

  async function keepCopy(): Promise<void> {
    if (template === undefined || editor === undefined) return;
    try {
      const copy = await client.templates.create({ name: t('copyName', { name: template.name }), copyOf: id });
      const opened = await client.templates.openDraft({ id: copy.id, editor: 'keep-copy' });
      await client.templates.saveDraft({ id: copy.id, editor: 'keep-copy', rev: opened.rev, document: { ...editor.state().document, name: copy.name } });
      await client.templates.closeDraft({ id: copy.id, editor: 'keep-copy' });
      navigate(`/templates/${copy.id}`);
    } catch (thrown) {
      failure(thrown);
    }
  }
  async function discard(): Promise<void> {
    try {
      await draft.save();
      await client.templates.discardDraft({ id, editor: editorName });
      await draft.reload();
    } catch (thrown) {
      failure(thrown);
    }
  }
  const copyButton = <Button size="small" onClick={() => void keepCopy()}>{t('keepCopy')}</Button>;
  const unsaved = state === 'unsaved' && draft.error !== undefined;
  const changedElsewhere = appError(draft.error)?.code === 'CONFLICT';
  const notice = heldBy !== undefined && state === 'held' ? (
    <Alert
      type="warning" showIcon banner title={t('heldTitle', { station: heldBy.station })} description={t('heldText', { operator: heldBy.operator, since: moment(heldBy.since, locale) })}
      action={<Space><Button size="small" onClick={() => void draft.takeOver()}>{t('takeOver')}</Button>{copyButton}</Space>}
    />
  ) : unsaved ? (
    // What cannot be saved here can be kept elsewhere: nothing typed is lost.
    <Alert type="error" showIcon banner title={t('notSaved')} description={changedElsewhere ? t('changedElsewhere') : explain(draft.error, locale)} action={<Space>{changedElsewhere ? <Button size="small" onClick={() => void draft.reload()}>{t('openTheirs')}</Button> : <Button size="small" onClick={save}>{t('tryAgain')}</Button>}{copyButton}</Space>} />
  ) : undefined;
  const words = { opening: '…', saved: t('saved'), unsaved: t('unsaved'), saving: t('saving'), held: t('unsaved'), failed: t('unsaved') } as const;
  return (
    <>
      <Designer
        editor={editor}
        dataSets={dataSets}
        printers={printers}
        printer={printer}
        onPrinter={setAsPrinter}
        onSave={save}
        onFindings={setFindings}
        title={
          <Space>
            <Link href="/templates">← {t('back')}</Link>
            <span className="designer-name">{template.name}</span>
            {template.versionId === null ? <Tag style={{ color: 'var(--state-unknown)' }}>{t('neverPublished')}</Tag> : <Tag>{t('versionIs', { number: template.versionNumber })}</Tag>}
            {template.versionId !== null && <Tag>{template.changed ? `○ ${t('draft')}` : `✓ ${t('same')}`}</Tag>}
            <small className="muted" role="status" data-testid="save-state">{words[state]}</small>
          </Space>
        }
        actions={
          <Space>
            <Button size="small" onClick={() => setHistory(true)}>{t('history')}</Button>
            {template.versionId !== null && template.changed && <Button size="small" onClick={() => void discard()}>{t('discard')}</Button>}
            <Button size="small" type="primary" disabled={state === 'held' || unsaved} onClick={() => void draft.save().then(() => setPublishing(true))}>{t('publish')}</Button>
          </Space>
        }
        notice={notice}
        foot={(dataId) => <TestPrint id={id} dataId={dataId} printers={printers} shown={printer} before={draft.save} />}
      />
      {publishing && (
        <PublishDialog
          id={id} name={template.name} current={template.versionId ?? undefined} document={editor.state().document} findings={findings} logos={printer?.logos}
          onClose={() => setPublishing(false)}
          onShow={(element) => { setPublishing(false); editor.run(select(element === '' ? [] : [element])); }}
          onPublished={(number) => { setPublishing(false); void message.success(t('published', { number })); void draft.reload(); }}
        />
      )}
      {history && <HistoryDrawer template={template} editor={editorName} onClose={() => setHistory(false)} onRolledBack={() => void draft.reload()} />}
    </>
  );
}

/** One label of the draft on paper, with the data shown: no number is used. */
function TestPrint({ id, dataId, printers, shown, before }: { id: string; dataId: string; printers: readonly PrinterView[]; shown: PrinterView | undefined; before: () => Promise<void> }) {
  const t = useDesignerTexts();
  const failure = useFailure();
  const { message } = App.useApp();
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  // Whoever looks at the paper of one printer tries it there.
  useEffect(() => setChosen(shown?.id), [shown?.id]);
  const [busy, setBusy] = useState(false);
  const printerId = chosen ?? printers[0]?.id;
  async function print(): Promise<void> {
    if (printerId === undefined) return;
    setBusy(true);
    try {
      await before();
      const sample = labelSamples.find((one) => one.id === dataId)?.id;
      await client.templates.testPrint({ id, printerId, ...(sample === undefined ? { parcelId: dataId } : { sample }) });
      void message.success(t(sample === undefined ? 'sentMarked' : 'sent'));
    } catch (thrown) {
      failure(thrown);
    } finally {
      setBusy(false);
    }
  }
  return (
    <Space>
      <Select size="small" aria-label={t('printer')} placeholder={t('printer')} style={{ minWidth: 150 }} value={printerId} options={printers.map((printer) => ({ value: printer.id, label: printer.name }))} onChange={setChosen} />
      <Button size="small" icon={<PrinterOutlined />} disabled={printerId === undefined} loading={busy} onClick={() => void print()}>{t('testPrint')}</Button>
    </Space>
  );
}
