import { useQuery } from '@tanstack/react-query';
import { App, Button, Input, Popover, Space } from 'antd';
import { useState } from 'react';
import type { OrderView } from '../../../common/contract/orders.ts';
import { api, client, queryClient } from '../../client/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { useFilterTexts } from './filterTexts.ts';
import { differs, viewOf } from './usePageState.ts';
import type { PageState } from './usePageState.ts';

interface Props {
  readonly state: PageState;
  readonly onShow: (view: OrderView) => void;
  readonly onLeave: () => void;
  /** The view now on screen, or that there is none any more. */
  readonly onKept: (viewId: string | null) => void;
}

/** Kept views: shown, kept under a name, brought up to date, named anew, removed. */
export function Views({ state, onShow, onLeave, onKept }: Props) {
  const t = useFilterTexts();
  const failure = useFailure();
  const { modal } = App.useApp();
  const { data: views } = useQuery(api.orders.views.list.queryOptions());
  const [open, setOpen] = useState(false);
  /** A new view's name, or the view that gets another one. */
  const [naming, setNaming] = useState<{ readonly id?: string; readonly name: string } | null>(null);
  const current = views?.find((view) => view.id === state.viewId);
  const changed = current !== undefined && differs(state, current);

  async function save(view: { readonly id?: string; readonly name: string; readonly query: OrderView['query']; readonly columns: readonly string[] }): Promise<void> {
    try {
      const saved = await client.orders.views.save({ ...view, name: view.name.trim(), columns: [...view.columns] });
      await queryClient.invalidateQueries({ queryKey: api.orders.views.key() });
      setNaming(null);
      if (view.id === undefined) onKept(saved.id);
    } catch (thrown) {
      failure(thrown);
    }
  }
  function confirmName(): void {
    if (naming === null || naming.name.trim() === '') return;
    const renamed = views?.find((view) => view.id === naming.id);
    void save(renamed ? { ...renamed, name: naming.name } : { name: naming.name, ...viewOf(state) });
  }
  function remove(view: OrderView): void {
    modal.confirm({
      title: t('removeSure', { name: view.name }),
      okText: t('remove'),
      onOk: async () => {
        await client.orders.views.remove({ id: view.id }).catch(failure);
        await queryClient.invalidateQueries({ queryKey: api.orders.views.key() });
        if (view.id === state.viewId) onKept(null);
      },
    });
  }

  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={open}
      onOpenChange={setOpen}
      content={
        <div style={{ display: 'grid', gap: 4, minWidth: 260, maxWidth: 340 }} data-testid="views">
          {views?.length === 0 && <span className="muted">{t('noViews')}</span>}
          {views?.map((view) => (
            <div key={view.id} style={{ display: 'flex' }}>
              <Button
                type="text"
                style={{ flex: 1, justifyContent: 'flex-start', fontWeight: view.id === state.viewId ? 600 : 400 }}
                onClick={() => {
                  onShow(view);
                  setOpen(false);
                }}
              >
                {view.name}
              </Button>
              <Button type="text" size="small" aria-label={`${t('rename')} ${view.name}`} onClick={() => setNaming({ id: view.id, name: view.name })}>
                {t('rename')}
              </Button>
              <Button type="text" size="small" aria-label={`${t('remove')} ${view.name}`} onClick={() => remove(view)}>
                {t('remove')}
              </Button>
            </div>
          ))}
          {naming !== null && (
            <Space.Compact block>
              <Input autoFocus aria-label={t('viewName')} placeholder={t('viewName')} maxLength={40} value={naming.name} onChange={(event) => setNaming({ ...naming, name: event.target.value })} onPressEnter={confirmName} />
              <Button type="primary" disabled={naming.name.trim() === ''} onClick={confirmName}>
                {t('save')}
              </Button>
            </Space.Compact>
          )}
          {naming === null && <Button onClick={() => setNaming({ name: '' })}>{t('saveView')}</Button>}
          {current !== undefined && changed && (
            <Button type="primary" onClick={() => void save({ id: current.id, name: current.name, ...viewOf(state) })}>
              {t('overwrite', { name: current.name })}
            </Button>
          )}
          {current !== undefined && (
            <Button
              type="link"
              onClick={() => {
                onLeave();
                setOpen(false);
              }}
            >
              {t('leave')}
            </Button>
          )}
        </div>
      }
    >
      <Button type="text" style={{ maxWidth: 200, overflow: 'hidden' }}>
        {current === undefined ? t('noView') : `${current.name}${changed ? `（${t('changed')}）` : ''}`} ▾
      </Button>
    </Popover>
  );
}
