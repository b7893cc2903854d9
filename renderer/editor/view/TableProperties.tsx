/** Columns and overflow of a table of items, orders or parcels. */
import { ArrowDownOutlined, ArrowUpOutlined, HolderOutlined } from '@ant-design/icons';
import { Button, Checkbox, InputNumber, Segmented, Select } from 'antd';
import { useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { LabelElement, TableColumn } from '../../../common/domain/label/document.ts';
import { useLocale } from '../../i18n/index.ts';
import { moveColumn } from '../core/commands.ts';
import { contentName } from '../core/names.ts';
import { fieldPart } from '../../../common/domain/label/field-part.ts';
import { ContentEditor } from './ContentEditor.tsx';
import { Length, Property, TextInput } from './inputs.tsx';
import { useSession } from './session.ts';
import { useDesignerTexts } from './texts.ts';

type Table = Extract<LabelElement, { type: 'table' }>;

export function TableProperties({ element, patch }: { element: Table; patch: (next: Partial<LabelElement>) => void }) {
  const t = useDesignerTexts();
  const put = (next: Partial<Table>): void => patch(next);
  const { font, overflow } = element;
  return (
    <>
      <Property label={t('source')}><Select size="small" aria-label={t('source')} style={{ width: '100%' }} value={element.source} options={(['items', 'orders', 'manifest'] as const).map((value) => ({ value, label: t(value) }))} onChange={(source) => put({ source })} /></Property>
      <Property label={t('fontSize')}><Length label={t('fontSize')} min={0.5} value={font.size} onChange={(size) => put({ font: { ...font, size } })} /></Property>
      <Property label={t('header')}><Checkbox aria-label={t('header')} checked={element.header} onChange={(event) => put({ header: event.target.checked })} /></Property>
      <Property label={t('rules')}><Segmented size="small" value={element.rules} options={[{ value: 'none', label: t('none') }, { value: 'rows', label: t('rows') }, { value: 'grid', label: t('grid') }]} onChange={(rules) => put({ rules: rules as Table['rules'] })} /></Property>
      <Property label={t('overflow')}>
        <Select
          size="small" aria-label={t('overflow')} style={{ width: '100%' }} value={overflow.kind}
          options={[{ value: 'more', label: t('overflowMore') }, { value: 'shrink', label: t('overflowShrink') }, { value: 'continue', label: t('overflowContinue') }, { value: 'grow', label: t('overflowGrow') }]}
          onChange={(kind) => put({ overflow: kind === 'shrink' ? { kind, smallest: Math.min(2_500, font.size), then: 'more' } : { kind: kind as 'more' | 'continue' | 'grow' } })}
        />
      </Property>
      {overflow.kind === 'shrink' && <Property label={t('fitShrink')}><Length label={`${t('overflow')} ${t('fitShrink')}`} min={0.5} value={overflow.smallest} onChange={(smallest) => put({ overflow: { ...overflow, smallest } })} /></Property>}
      {(overflow.kind === 'shrink' || overflow.kind === 'more') && <Property label={t('moreWords')}><TextInput label={t('moreWords')} longest={60} value={element.more} onChange={(more) => put({ more })} /></Property>}
      <Property label={t('rowGap')}><Length label={t('rowGap')} min={0} value={element.rowGap} onChange={(rowGap) => put({ rowGap: Math.max(0, rowGap) })} /></Property>
      <div className="section-title">{t('columns')} <small className="muted">{t('columnsHint')}</small></div>
      <Columns element={element} put={put} />
      <Button size="small" style={{ marginTop: 6 }} disabled={element.columns.length >= 12} onClick={() => put({ columns: [...element.columns, freshColumn(element.source)] })}>{t('addColumn')}</Button>
    </>
  );
}

/** The columns from left to right: dragged by their grip or moved with Alt and the arrows, one open at a time. */
function Columns({ element, put }: { element: Table; put: (next: Partial<Table>) => void }) {
  const t = useDesignerTexts();
  const locale = useLocale();
  const { editor } = useSession();
  const [open, setOpen] = useState<number | undefined>(undefined);
  const [dragged, setDragged] = useState<number | undefined>(undefined);
  const [over, setOver] = useState<number | undefined>(undefined);
  const rows = useRef<(HTMLButtonElement | null)[]>([]);
  const last = element.columns.length - 1;
  function move(from: number, to: number): void {
    if (to < 0 || to > last || from === to) return;
    editor.run(moveColumn(element.id, from, to));
    if (open === from) setOpen(to);
    else if (open !== undefined) setOpen(open + (from < open && to >= open ? -1 : from > open && to <= open ? 1 : 0));
    rows.current[to]?.focus();
  }
  function onKey(event: KeyboardEvent, index: number): void {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    event.stopPropagation();
    move(index, index + (event.key === 'ArrowUp' ? -1 : 1));
  }
  const column = (index: number, next: Partial<TableColumn> | undefined): void => put({ columns: element.columns.flatMap((one, at) => (at === index ? (next === undefined ? [] : [{ ...one, ...next }]) : [one])) });
  return (
    <ol className="columns" aria-label={t('columns')}>
      {element.columns.map((one, index) => (
        // Columns have no identity of their own: their place is what they are.
        <li
          key={index} className={over === index && dragged !== index ? (dragged !== undefined && dragged < index ? 'drop-after' : 'drop-before') : ''}
          onDragOver={(event) => { if (dragged !== undefined) { event.preventDefault(); setOver(index); } }}
          onDrop={(event) => { event.preventDefault(); if (dragged !== undefined) move(dragged, index); }}
        >
          <div
            className="column-head" draggable
            onDragStart={(event) => { setDragged(index); event.dataTransfer.effectAllowed = 'move'; event.dataTransfer.setData('text/plain', String(index)); }}
            onDragEnd={() => { setDragged(undefined); setOver(undefined); }}
          >
            <HolderOutlined aria-hidden />
            <button ref={(node) => { rows.current[index] = node; }} type="button" aria-expanded={open === index} onClick={() => setOpen(open === index ? undefined : index)} onKeyDown={(event) => onKey(event, index)}>
              {one.title || contentName(one.content, locale) || t('column', { number: index + 1 })} <small className="muted">{one.width === 0 ? t('shareWidth') : `${one.width / 1_000} mm`}</small>
            </button>
            <Button size="small" type="text" icon={<ArrowUpOutlined />} aria-label={`${t('column', { number: index + 1 })} ${t('up')}`} disabled={index === 0} onClick={() => move(index, index - 1)} />
            <Button size="small" type="text" icon={<ArrowDownOutlined />} aria-label={`${t('column', { number: index + 1 })} ${t('down')}`} disabled={index === last} onClick={() => move(index, index + 1)} />
          </div>
          {open === index && <ColumnForm column={one} counted={counted[element.source]} alone={last === 0} onChange={(next) => column(index, next)} onRemove={() => { setOpen(undefined); column(index, undefined); }} />}
        </li>
      ))}
    </ol>
  );
}

/** What a fresh column of a list shows, and what its rows are counted by. */
const firstField = { items: 'item.sku', orders: 'order.id', manifest: 'line.number' } as const;
const counted = { items: 'item.quantity', orders: undefined, manifest: 'line.quantity' } as const;

function freshColumn(source: Table['source']): TableColumn {
  return { content: [fieldPart(firstField[source])], width: 0, title: '', align: 'left', weight: 'regular', wrap: false };
}

function ColumnForm({ column, counted: quantity, alone, onChange, onRemove }: { column: TableColumn; counted: string | undefined; alone: boolean; onChange: (next: Partial<TableColumn>) => void; onRemove: () => void }) {
  const t = useDesignerTexts();
  return (
    <div className="column-form">
      <Property label={t('title')}><TextInput label={t('title')} longest={40} value={column.title} onChange={(title) => onChange({ title })} /></Property>
      <Property label={t('width')}><Length label={t('width')} min={0} value={column.width} onChange={(width) => onChange({ width })} /></Property>
      <Property label={t('align')}><Segmented size="small" value={column.align} options={(['left', 'center', 'right'] as const).map((value) => ({ value, label: t(value) }))} onChange={(align) => onChange({ align: align as TableColumn['align'] })} /></Property>
      <Property label={t('scale')}><InputNumber size="small" style={{ width: '100%' }} aria-label={t('scale')} min={50} max={300} step={10} suffix="%" value={column.scale ?? 100} onChange={(scale) => scale !== null && onChange({ scale: scale === 100 ? undefined : Math.round(scale) })} /></Property>
      <Property label={t('wrap')}><Checkbox aria-label={t('wrap')} checked={column.wrap} onChange={(event) => onChange({ wrap: event.target.checked })} /></Property>
      <Property label={t('bold')}><Checkbox aria-label={t('bold')} checked={column.weight === 'bold'} onChange={(event) => onChange({ weight: event.target.checked ? 'bold' : 'regular' })} /></Property>
      {quantity !== undefined && <Checkbox aria-label={t('emphasis')} checked={column.emphasis !== undefined} onChange={(event) => onChange({ emphasis: event.target.checked ? { field: quantity, isNot: 1 } : undefined })}>{t('emphasis')}</Checkbox>}
      <ContentEditor content={column.content} onChange={(content) => onChange({ content })} />
      <Button size="small" danger disabled={alone} onClick={onRemove}>{t('removeColumn')}</Button>
    </div>
  );
}
