/** All templates as pictures: make, copy, import, export, archive, say what they are for. */
import { useQuery } from '@tanstack/react-query';
import { App, Button, Checkbox, Dropdown, Empty, Modal, Skeleton, Space, Table, Tag, Tooltip } from 'antd';
import { useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { NotTaken, Template } from '../../../common/contract/templates.ts';
import { findBuiltin } from '../../../common/domain/label/builtin/index.ts';
import { platformName } from '../../../common/domain/platforms.ts';
import { findCarrier } from '../../../common/domain/waybills/carriers.ts';
import { api, client } from '../../client/index.ts';
import { useLocale } from '../../i18n/index.ts';
import { moment } from '../../ui/format.ts';
import { Failure, useFailure } from '../../ui/Failure.tsx';
import { HistoryDrawer } from './HistoryDrawer.tsx';
import { NewTemplateDialog } from './NewTemplateDialog.tsx';
import { ScopeDialog } from './ScopeDialog.tsx';
import { useTemplateTexts } from './texts.ts';
import '../../editor/view/designer.css';

export default function TemplatesPage() {
  const t = useTemplateTexts();
  const failure = useFailure();
  const { message } = App.useApp();
  const [, navigate] = useLocation();
  const [archived, setArchived] = useState(false);
  const [making, setMaking] = useState<Template | 'new' | undefined>(undefined);
  const [scoping, setScoping] = useState<Template | undefined>(undefined);
  const [historyOf, setHistoryOf] = useState<Template | undefined>(undefined);
  const [notTaken, setNotTaken] = useState<{ template: Template; list: readonly NotTaken[] } | undefined>(undefined);
  const file = useRef<HTMLInputElement>(null);
  const { data: templates, error } = useQuery(api.templates.list.queryOptions({ input: { archived } }));

  async function run(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      failure(thrown);
    }
  }
  async function exportFile(template: Template): Promise<void> {
    const { fileName, text } = await client.templates.exportFile({ id: template.id });
    const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = fileName;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  }
  async function importFile(chosen: File | undefined): Promise<void> {
    if (chosen === undefined) return;
    const result = await client.templates.importFile({ fileName: chosen.name, text: await chosen.text() });
    if (result.notTaken.length > 0) setNotTaken({ template: result.template, list: result.notTaken });
    else void message.success(t('imported', { name: result.template.name }));
  }

  return (
    <div>
      <Space style={{ marginBottom: 12 }} wrap>
        <h1 className="page-title" style={{ margin: 0 }}>{t('title')}</h1>
        <Button type="primary" onClick={() => setMaking('new')}>{t('new')}</Button>
        <Button onClick={() => file.current?.click()}>{t('import')}</Button>
        <Checkbox checked={archived} onChange={(event) => setArchived(event.target.checked)}>{t('showArchived')}</Checkbox>
        <input ref={file} type="file" hidden accept=".json,.xml,.txt,.cnpl" aria-label={t('import')} onChange={(event) => { const chosen = event.target.files?.[0]; event.target.value = ''; void run(() => importFile(chosen)); }} />
      </Space>
      {error !== null && <Failure error={error} />}
      {templates === undefined && error === null && <Skeleton active />}
      {templates?.length === 0 && <Empty description={t('none')} />}
      <div className="template-grid">
        {templates?.map((template) => (
          <Card
            key={template.id}
            template={template}
            onEdit={() => navigate(`/templates/${template.id}`)}
            onCopy={() => setMaking(template)}
            onExport={() => void run(() => exportFile(template))}
            onScope={() => setScoping(template)}
            onHistory={() => setHistoryOf(template)}
            onArchive={() => void run(() => client.templates.update({ id: template.id, archived: template.archivedAt === null }))}
          />
        ))}
      </div>
      {making !== undefined && <NewTemplateDialog copyOf={making === 'new' ? undefined : making} onClose={() => setMaking(undefined)} onMade={(made) => navigate(`/templates/${made.id}`)} />}
      {scoping !== undefined && <ScopeDialog template={scoping} onClose={() => setScoping(undefined)} />}
      {historyOf !== undefined && <HistoryDrawer template={historyOf} onClose={() => setHistoryOf(undefined)} />}
      {notTaken !== undefined && (
        <Modal open width={720} title={t('notTakenTitle', { name: notTaken.template.name })} onCancel={() => setNotTaken(undefined)} onOk={() => navigate(`/templates/${notTaken.template.id}`)} okText={t('edit')} cancelText={t('close')}>
          <p>{t('notTakenHint')}</p>
          <Table
            size="small" pagination={false} scroll={{ y: 320 }} rowKey={(row) => `${row.where}${row.what}`} dataSource={[...notTaken.list]}
            columns={[{ title: t('where'), dataIndex: 'where', width: 120 }, { title: t('what'), dataIndex: 'what' }, { title: t('why'), dataIndex: 'why', width: 160, render: (why: 'script') => t(why) }]}
          />
        </Modal>
      )}
    </div>
  );
}

interface CardProps {
  readonly template: Template;
  readonly onEdit: () => void;
  readonly onCopy: () => void;
  readonly onExport: () => void;
  readonly onScope: () => void;
  readonly onHistory: () => void;
  readonly onArchive: () => void;
}

function Card({ template, onEdit, onCopy, onExport, onScope, onHistory, onArchive }: CardProps) {
  const t = useTemplateTexts();
  const { data: picture } = useQuery(api.templates.picture.queryOptions({ input: { id: template.id, ...(template.versionId !== null && !template.builtin && { versionId: template.versionId }) } }));
  const { scope } = template;
  const locale = useLocale();
  const name = (template.builtin ? findBuiltin(template.id)?.name[locale] : undefined) ?? template.name;
  const size = template.continuous ? t('roll', { width: template.width / 1_000 }) : `${template.width / 1_000}×${template.height / 1_000} mm`;
  const narrowed = [...scope.platforms.map((one) => platformName(one, locale)), ...scope.carriers.map((code) => findCarrier(code)?.[locale === 'en' ? 'nameEn' : 'shortName'] ?? code), ...scope.products].concat(scope.shops.length > 0 ? [`${t('shops')} ×${scope.shops.length}`] : []);
  return (
    <article className="template-card" aria-label={name}>
      <div className="template-picture">{picture !== undefined && <img src={`data:image/png;base64,${picture.png}`} alt={t('pictureOf', { name })} />}</div>
      <div>
        <strong>{name}</strong>
        <div className="muted">
          {size} · {t(template.purpose)} · {narrowed.length === 0 ? t('universal') : narrowed.join(locale === 'en' ? ', ' : '、')}
        </div>
        <Space size={4} wrap>
          {template.builtin && <Tag>{t('builtin')}</Tag>}
          {!template.builtin && (template.publishedAt === null ? <Tag style={{ color: 'var(--state-unknown)' }}>{t('never')}</Tag> : <Tag>{t('published', { number: template.versionNumber, date: moment(template.publishedAt, locale) })}</Tag>)}
          {template.publishedAt !== null && template.changed && <Tag style={{ color: 'var(--state-unknown)' }}>{t('changed')}</Tag>}
          {template.archivedAt !== null && <Tag>{t('archived')}</Tag>}
        </Space>
      </div>
      <Space wrap>
        {template.builtin ? (
          <Tooltip title={t('copyHint')}><Button size="small" onClick={onCopy}>{t('copy')}</Button></Tooltip>
        ) : (
          <Button size="small" onClick={onEdit}>{t('edit')}</Button>
        )}
        <Dropdown
          menu={{
            items: [
              ...(template.builtin ? [] : [{ key: 'copy', label: t('copy'), onClick: onCopy }, { key: 'scope', label: t('scope'), onClick: onScope }, { key: 'history', label: t('history'), onClick: onHistory }]),
              { key: 'export', label: t('export'), onClick: onExport },
              ...(template.builtin ? [] : [{ key: 'archive', label: template.archivedAt === null ? t('archive') : t('restore'), onClick: onArchive }]),
            ],
          }}
          trigger={['click']}
        >
          <Button size="small" aria-label={`${name} …`}>…</Button>
        </Dropdown>
      </Space>
    </article>
  );
}
