/** Every version that was published: who, when, why, how it looks, and the way back. */
import { useQuery } from '@tanstack/react-query';
import { App, Button, Drawer, Empty, Space, Tag } from 'antd';
import { useState } from 'react';
import type { Logos, Template, TemplateVersion } from '../../../common/contract/templates.ts';
import { api, client } from '../../client/index.ts';
import { useLocale } from '../../i18n/index.ts';
import { moment } from '../../ui/format.ts';
import { Failure, useFailure } from '../../ui/Failure.tsx';
import { useTemplateTexts } from './texts.ts';

/** `editor` is the open designer that holds the draft, where there is one. */
export function HistoryDrawer({ template, editor, onClose, onRolledBack }: { template: Template; editor?: string; onClose: () => void; onRolledBack?: () => void }) {
  const t = useTemplateTexts();
  const locale = useLocale();
  const failure = useFailure();
  const { message } = App.useApp();
  const [shown, setShown] = useState<TemplateVersion | undefined>(undefined);
  const { data: versions, error } = useQuery(api.templates.versions.queryOptions({ input: { id: template.id } }));
  async function rollBack(version: TemplateVersion): Promise<void> {
    try {
      const made = await client.templates.rollBack({ id: template.id, versionId: version.id, ...(editor !== undefined && { editor }) });
      void message.success(t('rolledBack', { number: made.number }));
      onRolledBack?.();
    } catch (thrown) {
      failure(thrown);
    }
  }
  return (
    <Drawer open onClose={onClose} title={`${t('versions')} · ${template.name}`} size={760}>
      {error !== null && <Failure error={error} />}
      {versions?.length === 0 && <Empty description={t('empty')} />}
      {versions?.map((version) => (
        <div key={version.id} className="part">
          <Space wrap>
            <strong>{t('published', { number: version.number, date: moment(version.publishedAt, locale) })}</strong>
            <span>{version.operator}</span>
            {version.current && <Tag>✓ {t('current')}</Tag>}
            {version.rolledBackTo !== null && <Tag>{t('rolledBackTo', { number: version.rolledBackTo })}</Tag>}
            <span className="muted">{version.note}</span>
            <Button size="small" onClick={() => setShown(shown?.id === version.id ? undefined : version)}>{t('compare')}</Button>
            {!version.current && <Button size="small" onClick={() => void rollBack(version)}>{t('rollBack')}</Button>}
          </Space>
          {shown?.id === version.id && <Comparison id={template.id} before={version.id} after={template.versionId ?? undefined} />}
        </div>
      ))}
    </Drawer>
  );
}

/** Two versions side by side and what differs; no `after` means the draft. */
export function Comparison({ id, before, after, logos, words }: { id: string; logos?: Logos | undefined; before: string | undefined; after: string | undefined; words?: { readonly before: string; readonly after: string } }) {
  const t = useTemplateTexts();
  const { data, error } = useQuery(api.templates.compare.queryOptions({ input: { id, ...(before !== undefined && { before }), ...(after !== undefined && { after }), ...(logos !== undefined && { logos }) }, staleTime: 0 }));
  if (error !== null) return <Failure error={error} />;
  if (data === undefined) return null;
  const picture = (text: string, png: string) => (
    <figure style={{ margin: 0 }}>
      <figcaption className="muted">{text}</figcaption>
      <img src={`data:image/png;base64,${png}`} alt={text} />
    </figure>
  );
  return (
    <div>
      <p>{t('dots', { count: data.changedDots })}</p>
      <div className="compare-row">
        {picture(words?.before ?? t('before'), data.before.png)}
        {picture(words?.after ?? t('now'), data.after.png)}
        {picture(t('difference'), data.difference.png)}
      </div>
    </div>
  );
}
