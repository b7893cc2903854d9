import { useQueries } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import type { GoodsLine } from '../../../common/contract/items.ts';
import type { OrderSummary } from '../../../common/contract/orders.ts';
import { api } from '../../client/index.ts';
import { useItemsTexts } from './texts.ts';

type Named = readonly { readonly id: string; readonly lines: readonly GoodsLine[] }[];

/** Goods of orders as their labels will show them, per order id; asked for a page at a time, behind the list itself. */
export function useGoods(pages: readonly { readonly orders: readonly OrderSummary[] }[] | undefined): ReadonlyMap<string, readonly GoodsLine[]> {
  return useQueries({
    queries: (pages ?? []).map((page) => api.items.goods.queryOptions({ input: { orders: page.orders.map(asked) } })),
    combine: together,
  });
}

function together(results: readonly UseQueryResult<Named>[]): ReadonlyMap<string, readonly GoodsLine[]> {
  return new Map(results.flatMap(({ data }) => (data ?? []).map(({ id, lines }): [string, readonly GoodsLine[]] => [id, lines])));
}

function asked({ id, shopId, lines }: OrderSummary) {
  return { id, shopId, lines: lines.map((line) => ({ title: line.title, platformId: line.itemId, itemCode: line.itemCode, sku: line.spec, skuCode: line.skuCode, quantity: line.quantity ?? 0 })) };
}

/** What packers miss is a quantity that is not one, so it stands out. 0 stands for one the file did not tell. */
function Quantity({ value }: { value: number }) {
  if (value === 0) return <span className="muted"> ×?</span>;
  return <span className={value === 1 ? 'muted' : 'quantity-many'}> ×{value}</span>;
}

/** Kinds named in a row of the list; the others are counted. */
const most = 3;

/** The goods of an order by short name; the titles of the shop on pointing at them, and until the names are there. */
export function Goods({ order, named }: { order: OrderSummary; named: readonly GoodsLine[] | undefined }) {
  const t = useItemsTexts();
  const lines = named ?? order.lines.map(({ title, spec, quantity }) => ({ title, shortName: title, sku: spec, quantity: quantity ?? 0, location: '' }));
  return (
    <span title={order.lines.map((line) => `${line.title} ${line.spec} ×${line.quantity ?? '?'}`).join('\n')}>
      {lines.slice(0, most).map((line, index) => (
        // The same name may stand there twice, with different bar codes: their place tells them apart.
        // eslint-disable-next-line react/no-array-index-key
        <span key={index}>
          {index > 0 && ' · '}
          {line.shortName || line.title}
          {line.sku !== '' && <span className="muted"> {line.sku}</span>}
          <Quantity value={line.quantity} />
        </span>
      ))}
      {lines.length > most && <span className="muted"> · {t('goodsMore', { count: lines.length - most })}</span>}
    </span>
  );
}
