/** Columns and overflow of a table of items, orders or parcels. */
import { Button, Checkbox, Collapse, Input, Segmented, Select } from 'antd';
import type { LabelElement, TableColumn } from '../../../common/domain/label/document.ts';
import { ContentEditor } from './ContentEditor.tsx';
import { Length, Property } from './inputs.tsx';
import { useDesignerTexts } from './texts.ts';

type Table = Extract<LabelElement, { type: 'table' }>;

export function TableProperties({ element, patch }: { element: Table; patch: (next: Partial<LabelElement>) => void }) {
  const t = useDesignerTexts();
  const put = (next: Partial<Table>): void => patch(next);
  const column = (index: number, next: Partial<TableColumn> | undefined): void => put({ columns: element.columns.flatMap((one, at) => (at === index ? (next === undefined ? [] : [{ ...one, ...next }]) : [one])) });
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
      <div className="section-title">{t('columns')}</div>
      <Collapse
        size="small"
        items={element.columns.map((one, index) => ({
          key: index,
          label: one.title === '' ? t('column', { number: index + 1 }) : one.title,
          children: (
            <>
              <Property label={t('title')}><Input size="small" aria-label={t('title')} value={one.title} onChange={(event) => column(index, { title: event.target.value.slice(0, 40) })} /></Property>
              <Property label={t('width')}><Length label={t('width')} min={0} value={one.width} onChange={(width) => column(index, { width })} /></Property>
              <Property label={t('align')}><Segmented size="small" value={one.align} options={(['left', 'center', 'right'] as const).map((value) => ({ value, label: t(value) }))} onChange={(align) => column(index, { align: align as TableColumn['align'] })} /></Property>
              <Property label={t('wrap')}><Checkbox aria-label={t('wrap')} checked={one.wrap} onChange={(event) => column(index, { wrap: event.target.checked })} /></Property>
              <Property label={t('bold')}><Checkbox aria-label={t('bold')} checked={one.weight === 'bold'} onChange={(event) => column(index, { weight: event.target.checked ? 'bold' : 'regular' })} /></Property>
              <Property label="≠ 1"><Checkbox aria-label={t('emphasis')} checked={one.emphasis !== undefined} onChange={(event) => column(index, { emphasis: event.target.checked ? { field: 'item.quantity', isNot: 1 } : undefined })}>{t('emphasis')}</Checkbox></Property>
              <ContentEditor content={one.content} onChange={(content) => column(index, { content })} />
              <Button size="small" danger disabled={element.columns.length === 1} onClick={() => column(index, undefined)}>{t('removeColumn')}</Button>
            </>
          ),
        }))}
      />
      <Button size="small" style={{ marginTop: 6 }} disabled={element.columns.length >= 12} onClick={() => put({ columns: [...element.columns, { content: [{ field: 'item.sku', format: [], before: '', after: '', fallback: '' }], width: 0, title: '', align: 'left', weight: 'regular', wrap: false }] })}>{t('addColumn')}</Button>
    </>
  );
}
