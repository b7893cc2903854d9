import { App, Button, Dropdown } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { OrderFilter } from '../../../common/contract/orders.ts';
import { client } from '../../client/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { downloadText } from '../../ui/downloadText.ts';
import { Key, useKey } from '../../ui/Key.tsx';
import { useFilterTexts } from './filterTexts.ts';

/** What is selected, or else what the filter finds, as a table; it comes in pieces, so that many orders can be waited for or called off. */
export function ExportButton({ filter, orderIds, keys }: { filter: OrderFilter; orderIds: readonly string[]; keys: boolean }) {
  const t = useFilterTexts();
  const failure = useFailure();
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  useKey('Ctrl+E', () => setOpen(true), keys);
  const [written, setWritten] = useState<number | null>(null);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);

  async function run(selected: boolean, personal: boolean): Promise<void> {
    const mine = new AbortController();
    stop.current = mine;
    setWritten(0);
    try {
      const pieces: string[] = [];
      for await (const event of await client.orders.exportParts({ ...(selected ? { ids: [...orderIds] } : filter), personal }, { signal: mine.signal })) {
        if (event.type === 'part') {
          pieces.push(event.csv);
          setWritten(event.orders);
          continue;
        }
        downloadText(event.name, pieces);
        message.success(t(event.more ? 'exportedMore' : 'exported', { count: event.orders }));
      }
    } catch (thrown) {
      if (!mine.signal.aborted) failure(thrown);
    } finally {
      setWritten(null);
    }
  }

  if (written !== null) {
    return (
      <Button onClick={() => stop.current?.abort()}>
        {t('exporting', { count: written })} · {t('cancel')}
      </Button>
    );
  }
  const ways = (selected: boolean) => [
    { key: `${selected}-masked`, label: t('exportMasked'), onClick: () => void run(selected, false) },
    { key: `${selected}-clear`, label: t('exportClear'), onClick: () => void run(selected, true) },
  ];
  return (
    <Dropdown
      trigger={['click']}
      open={open}
      onOpenChange={setOpen}
      // The arrows choose and Enter does it.
      autoFocus
      menu={{
        items: [
          ...(orderIds.length > 0 ? [{ key: 'selected', type: 'group' as const, label: t('exportSelected', { count: orderIds.length }), children: ways(true) }] : []),
          { key: 'filter', type: 'group' as const, label: t('exportFilter'), children: ways(false) },
        ],
      }}
    >
      <Button type="text">
        {t('export')} ▾<Key>Ctrl+E</Key>
      </Button>
    </Dropdown>
  );
}
