import { Button, Checkbox, Popover } from 'antd';
import { useState } from 'react';
import { useFilterTexts } from './filterTexts.ts';

const key = 'packbench.orders.hiddenColumns';

/** Which columns this station does not want to see; kept on this screen only. */
export function useHiddenColumns(): [readonly number[], (hidden: readonly number[]) => void] {
  const [hidden, setHidden] = useState<readonly number[]>(() => {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(kept) ? kept.filter((value): value is number => typeof value === 'number') : [];
  });
  return [
    hidden,
    (next) => {
      localStorage.setItem(key, JSON.stringify(next));
      setHidden(next);
    },
  ];
}

export function ColumnChooser({ titles, hidden, onChange }: { titles: readonly string[]; hidden: readonly number[]; onChange: (hidden: readonly number[]) => void }) {
  const t = useFilterTexts();
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      content={
        <div style={{ display: 'grid', gap: 4 }}>
          {titles.map((title, index) => (
            <Checkbox key={title} checked={!hidden.includes(index)} disabled={hidden.length === titles.length - 1 && !hidden.includes(index)} onChange={(event) => onChange(event.target.checked ? hidden.filter((one) => one !== index) : [...hidden, index])}>
              {title}
            </Checkbox>
          ))}
        </div>
      }
    >
      <Button size="small" type="text">
        {t('columns')} ▾
      </Button>
    </Popover>
  );
}
