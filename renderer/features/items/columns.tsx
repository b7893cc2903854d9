import { Button, InputNumber, Tag, Tooltip } from 'antd';
import type { ColumnsType } from 'antd/es/table';
import type { Item } from '../../../common/contract/items.ts';
import { InlineText } from './InlineText.tsx';
import { TitleParts } from './TitleParts.tsx';
import type { useItemsTexts } from './texts.ts';

type Say = ReturnType<typeof useItemsTexts>;

/** A template's place for the name. */
export interface Room {
  readonly templateId: string;
  readonly name: string;
  readonly width: number;
  readonly size: number;
}

interface Handlers {
  readonly t: Say;
  readonly widths: ReadonlyMap<string, number | undefined>;
  readonly room: Room | undefined;
  /** Empty while one shop is looked at. */
  readonly shopName: (shopId: string) => string;
  readonly onName: (item: Item, name: string) => void;
  /** A column pasted into the name of an item: it and those below it. */
  readonly onLines: (item: Item, names: readonly string[]) => void;
  readonly onAccept: (item: Item) => void;
  readonly onDetails: (item: Item, change: { location?: string; weightGrams?: number | null; archived?: boolean }) => void;
}

const origin = { sku: 'fromSku', item: 'fromItem', rule: 'fromRule', title: 'fromTitle' } as const;

export function itemColumns({ t, widths, room, shopName, onName, onLines, onAccept, onDetails }: Handlers): ColumnsType<Item> {
  return [
    { title: t('columnTitle'), render: (_, item) => <><TitleParts parts={item.suggestion.parts} title={item.title} /> <small className="muted">{shopName(item.shopId)}</small></> },
    { title: t('columnName'), width: 170, render: (_, item) => <InlineText value={item.shortName} label={`${t('columnName')} ${item.title}`} placeholder={item.shown.from === 'rule' ? item.shown.text : ''} column="name" onSave={(name) => onName(item, name)} onLines={(lines) => onLines(item, lines)} /> },
    {
      title: t('columnSuggestion'),
      width: 210,
      render: (_, item) =>
        item.suggestion.shortName === '' || item.suggestion.shortName === item.shortName ? null : (
          <span style={{ display: 'flex', gap: 6, alignItems: 'center' }}>
            <span style={{ flex: 1, opacity: item.suggestion.confidence < 0.5 ? 0.7 : 1 }}>{item.suggestion.shortName}</span>
            <Button size="small" aria-label={`${t('accept')} ${item.suggestion.shortName}`} onClick={() => onAccept(item)}>
              {t('accept')}
            </Button>
          </span>
        ),
    },
    {
      title: t('columnShown'),
      width: 220,
      render: (_, item) => (
        <span>
          {item.shown.text} <Tag>{t(origin[item.shown.from])}</Tag>
          <WidthMark t={t} width={widths.get(item.shown.text)} room={room} />
        </span>
      ),
    },
    { title: t('columnLocation'), width: 90, render: (_, item) => <InlineText value={item.location} label={`${t('columnLocation')} ${item.title}`} column="location" onSave={(location) => onDetails(item, { location })} /> },
    {
      title: t('columnWeight'),
      width: 100,
      render: (_, item) => (
        <InputNumber
          size="small"
          style={{ width: '100%' }}
          aria-label={`${t('columnWeight')} ${item.title}`}
          min={0}
          max={1_000_000}
          precision={0}
          controls={false}
          defaultValue={item.weightGrams ?? undefined}
          onBlur={(event) => {
            const typed = event.target.value.replace(/[^0-9]/g, '');
            const grams = typed === '' ? null : Number(typed);
            if (grams !== item.weightGrams) onDetails(item, { weightGrams: grams });
          }}
        />
      ),
    },
    { title: t('columnCode'), width: 110, dataIndex: 'code' },
    {
      width: 76,
      render: (_, item) => (
        <Button size="small" type="text" onClick={() => onDetails(item, { archived: item.archivedAt === null })}>
          {t(item.archivedAt === null ? 'archive' : 'restore')}
        </Button>
      ),
    },
  ];
}

/** How wide the name is on paper against the place it has: a bar of dots. */
function WidthMark({ t, width, room }: { t: Say; width: number | undefined; room: Room | undefined }) {
  if (width === undefined || room === undefined) return null;
  const over = width > room.width;
  return (
    <Tooltip title={t(over ? 'widthOver' : 'widthFits', { width, room: room.width, template: room.name })}>
      <span style={{ display: 'block', fontSize: 12, color: over ? 'var(--state-failed)' : 'var(--ink-soft)' }}>
        <span aria-hidden style={{ display: 'inline-block', width: 60, height: 4, background: 'var(--hair)', verticalAlign: 'middle', marginRight: 6 }}>
          <span style={{ display: 'block', height: 4, width: `${Math.min(100, (width / room.width) * 100)}%`, background: over ? 'var(--state-failed)' : 'var(--ink)' }} />
        </span>
        {t('width', { width, room: room.width })}
      </span>
    </Tooltip>
  );
}
