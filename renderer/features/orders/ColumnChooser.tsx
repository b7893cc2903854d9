import { Button, Checkbox, Popover } from 'antd';
import { columnKeys, defaultColumns } from './columns.tsx';
import type { ColumnKey } from './columns.tsx';
import { useFilterTexts } from './filterTexts.ts';
import { useOrdersTexts } from './texts.ts';

/** Which columns are shown and in which order; one is always left. */
export function ColumnChooser({ columns, onChange }: { columns: readonly ColumnKey[]; onChange: (columns: readonly ColumnKey[]) => void }) {
  const t = useFilterTexts();
  const words = useOrdersTexts();
  const hidden = columnKeys.filter((key) => !columns.includes(key));
  function move(key: ColumnKey, by: number): void {
    const from = columns.indexOf(key);
    const to = from + by;
    if (to < 0 || to >= columns.length) return;
    const next = columns.filter((one) => one !== key);
    onChange(next.toSpliced(to, 0, key));
  }
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      content={
        <div style={{ display: 'grid', gap: 2, minWidth: 200 }} data-testid="columns">
          {columns.map((key, index) => (
            <div key={key} style={{ display: 'flex', alignItems: 'center' }}>
              <Checkbox style={{ flex: 1 }} checked disabled={columns.length === 1} onChange={() => onChange(columns.filter((one) => one !== key))}>
                {words(key)}
              </Checkbox>
              <Button size="small" type="text" aria-label={t('up', { name: words(key) })} disabled={index === 0} onClick={() => move(key, -1)}>
                ↑
              </Button>
              <Button size="small" type="text" aria-label={t('down', { name: words(key) })} disabled={index === columns.length - 1} onClick={() => move(key, 1)}>
                ↓
              </Button>
            </div>
          ))}
          {hidden.map((key) => (
            <Checkbox key={key} checked={false} onChange={() => onChange([...columns, key])}>
              {words(key)}
            </Checkbox>
          ))}
          <Button size="small" type="link" onClick={() => onChange(defaultColumns)}>
            {t('resetColumns')}
          </Button>
        </div>
      }
    >
      <Button type="text">{t('columns')} ▾</Button>
    </Popover>
  );
}
