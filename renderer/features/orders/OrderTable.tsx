import { Table } from 'antd';
import type { TableColumnType } from 'antd';
import type { TableRef } from 'antd/es/table';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import type { OrderSummary } from '../../../common/contract/orders.ts';
import { useSize } from '../../ui/useSize.ts';
import { useOrdersTexts } from './texts.ts';
import { useRowKeys } from './useRowKeys.ts';

interface Props {
  readonly orders: readonly OrderSummary[];
  readonly columns: TableColumnType<OrderSummary>[];
  readonly loading: boolean;
  readonly selected: readonly string[];
  readonly onSelect: (ids: readonly string[]) => void;
  readonly onOpen: (id: string) => void;
  /** Selects all the filter finds. */
  readonly onAll: () => void;
  /** The end of what is loaded comes near. */
  readonly onEnd: () => void;
  /** False while something lies over the table. */
  readonly keys: boolean;
  readonly dragging: boolean;
  readonly empty: ReactNode;
}

const rowHeight = 30;
/** Rows before the end at which the next page is asked for. */
const ahead = 25;

/** A million rows, of which those in sight are drawn; moved through and selected with the keyboard. */
export function OrderTable({ orders, columns, loading, selected, onSelect, onOpen, onAll, onEnd, keys, dragging, empty }: Props) {
  const t = useOrdersTexts();
  const [box, size] = useSize<HTMLDivElement>();
  const table = useRef<TableRef>(null);
  const body = Math.max(120, size.height - 40);
  /** All rows are one line high, so the place is counted; asking the list for the row fails while it still measures what just came. */
  function scrollIntoSight(index: number): void {
    const holder = box.current?.querySelector('.ant-table-tbody-virtual-holder');
    const height = box.current?.querySelector<HTMLElement>('.ant-table-tbody-virtual .ant-table-row')?.offsetHeight ?? rowHeight;
    if (holder == null) return;
    const top = index * height;
    if (top < holder.scrollTop) table.current?.scrollTo({ top });
    else if (top + height > holder.scrollTop + holder.clientHeight) table.current?.scrollTo({ top: top + height - holder.clientHeight });
  }
  const rows = useRowKeys({
    ids: orders.map((order) => order.id),
    selected,
    onSelect,
    onOpen,
    onAll,
    reveal(index) {
      scrollIntoSight(index);
      // A button pressed before must not be pressed again by the Enter that opens the row.
      if (box.current?.contains(document.activeElement) === false) box.current.focus({ preventScroll: true });
    },
    page: Math.max(1, Math.floor(body / rowHeight) - 1),
    enabled: keys,
  });
  useEffect(() => {
    if (rows.cursor >= orders.length - ahead && rows.cursor > 0) onEnd();
    // Asked again when the cursor moves or more came, not when the caller draws.
    // eslint-disable-next-line react/exhaustive-deps
  }, [rows.cursor, orders.length]);
  const active = orders[rows.cursor];
  const fixed = columns.reduce((sum, column) => sum + (typeof column.width === 'number' ? column.width : 240), 40);
  return (
    <div ref={box} className="orders-table" data-dragging={dragging} tabIndex={0} role="group" aria-label={t('tableName')} {...(active !== undefined && { 'aria-activedescendant': `row-${active.id}` })}>
      <Table<OrderSummary>
        ref={table}
        size="small"
        rowKey="id"
        virtual
        loading={loading}
        columns={columns}
        dataSource={[...orders]}
        pagination={false}
        scroll={{ y: body, x: Math.max(fixed, size.width) }}
        rowClassName={(order, index) => `${order.alarm === '' ? '' : 'row-alarm'} ${index === rows.cursor ? 'row-cursor' : ''}`}
        rowSelection={{ selectedRowKeys: [...selected], onChange: (chosen) => onSelect(chosen.map(String)), columnWidth: 40, preserveSelectedRowKeys: true }}
        onRow={(order, index = 0) => ({
          id: `row-${order.id}`,
          onDoubleClick: () => onOpen(order.id),
          onMouseDown: (event) => {
            // Shift would select the words between two clicks.
            if (event.shiftKey) event.preventDefault();
          },
          onClick: (event) => {
            // The check box selects by itself, with Shift too.
            const onBox = event.target instanceof Element && event.target.closest('.ant-table-selection-column') !== null;
            rows.clicked(index, { shift: event.shiftKey && !onBox, control: (event.ctrlKey || event.metaKey) && !onBox });
          },
        })}
        onScroll={(event) => {
          const target = event.target as HTMLElement;
          if (target.scrollHeight - target.scrollTop - target.clientHeight < ahead * rowHeight) onEnd();
        }}
        locale={{ emptyText: empty }}
      />
    </div>
  );
}
