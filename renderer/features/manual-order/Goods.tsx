import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { AutoComplete, Button, InputNumber } from 'antd';
import type { Item } from '../../../common/contract/items.ts';
import { api } from '../../client/index.ts';
import { newLine } from './draft.ts';
import type { GoodsLine } from './draft.ts';
import { useManualTexts } from './texts.ts';

interface Props {
  readonly prefix: string;
  readonly shopId: string | null;
  readonly lines: readonly GoodsLine[];
  /** Read from a pasted text and not looked at yet. */
  readonly guessed?: boolean;
  readonly onChange: (lines: readonly GoodsLine[]) => void;
}

/** What goes into the parcel: goods of the shop found by any of their names, or any text; several lines. */
export function Goods({ prefix, shopId, lines, guessed = false, onChange }: Props) {
  const t = useManualTexts();
  const change = (key: number, patch: Partial<GoodsLine>): void => onChange(lines.map((line) => (line.key === key ? { ...line, ...patch } : line)));
  return (
    <div className="manual-goods">
      {guessed && <small className="manual-hint">{t('goodsGuessed')}</small>}
      {lines.map((line, index) => (
        <div key={line.key} className="manual-line">
          <Line id={`${prefix}-goods-${index}`} number={index + 1} shopId={shopId} line={line} onChange={(patch) => change(line.key, patch)} />
          <Button aria-label={t('removeLine', { line: index + 1 })} type="text" icon={<CloseOutlined />} disabled={lines.length === 1} onClick={() => onChange(lines.filter((one) => one.key !== line.key))} />
        </div>
      ))}
      <div>
        <Button size="small" icon={<PlusOutlined />} onClick={() => onChange([...lines, newLine()])}>
          {t('addLine')}
        </Button>
      </div>
    </div>
  );
}

function Line({ id, number, shopId, line, onChange }: { id: string; number: number; shopId: string | null; line: GoodsLine; onChange: (patch: Partial<GoodsLine>) => void }) {
  const t = useManualTexts();
  const { data } = useQuery({ ...api.items.list.queryOptions({ input: { ...(shopId !== null && { shopId }), search: line.title.trim().slice(0, 100), limit: 12 } }), enabled: shopId !== null, placeholderData: (before) => before });
  const items = data?.items ?? [];
  const chosen = items.find((item) => item.title === line.title);
  const name = (item: Item): string => item.shortName || item.shown.text;
  const where = t('line', { line: number });
  return (
    <>
      <AutoComplete
        id={id}
        aria-label={`${t('goods')} ${where}`}
        placeholder={t('goodsHint')}
        value={line.title}
        style={{ flex: 3 }}
        options={items.map((item) => ({ value: item.title, label: name(item) === item.title ? item.title : `${name(item)} · ${item.title}` }))}
        onChange={(title?: string) => {
          const item = items.find((one) => one.title === title);
          onChange({ title: title ?? '', itemCode: item?.code ?? '', itemId: item?.platformId ?? '', spec: '', skuCode: '' });
        }}
      />
      <AutoComplete
        aria-label={`${t('spec')} ${where}`}
        placeholder={t('spec')}
        value={line.spec}
        style={{ flex: 2 }}
        options={(chosen?.skus ?? []).map((sku) => ({ value: sku.spec, label: sku.shortName === '' ? sku.spec : `${sku.shortName} · ${sku.spec}` }))}
        onChange={(spec?: string) => onChange({ spec: spec ?? '', skuCode: chosen?.skus.find((sku) => sku.spec === spec)?.code ?? '' })}
      />
      <InputNumber aria-label={`${t('quantity')} ${where}`} min={1} max={100_000} precision={0} style={{ width: 76 }} value={line.quantity} onChange={(quantity) => onChange({ quantity: quantity ?? 1 })} {...(line.quantity > 1 && { className: 'quantity-many' })} />
    </>
  );
}
