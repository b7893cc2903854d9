/** A parcel as the packer sees it, joined from what parcels, orders, items and the journal know. */
import type { Card } from '../../../common/contract/stations.ts';
import type { PreparedLine, PreparedParcel } from '../../../common/contract/orders.ts';
import { isComplete } from '../../../common/domain/stations/counting.ts';
import type { Counted, PackLine } from '../../../common/domain/stations/counting.ts';
import { maskName } from '../../../common/domain/masking/index.ts';
import { paperStates } from '../../../common/domain/waybills/attempts.ts';
import type { AttemptState } from '../../../common/domain/waybills/attempts.ts';
import { findCarrier } from '../../../common/domain/waybills/carriers.ts';
import type { LabelLine } from '../../../common/domain/items/label-text.ts';
import type { OrdersService } from '../orders/service.ts';
import type { PackingRow } from './repository.ts';

export interface CardSources {
  readonly parcels: { prepareById(parcelIds: readonly string[]): Promise<readonly PreparedParcel[]> };
  readonly orders: Pick<OrdersService, 'load' | 'list'>;
  /** Each line as its label shows it, in the order given. */
  readonly labelLines: (shopId: string, lines: readonly PreparedLine[]) => Promise<readonly LabelLine[]>;
  readonly labelsOf: (number: string) => Promise<readonly { readonly state: AttemptState }[]>;
  readonly shopName: (shopId: string) => Promise<string>;
  readonly boxesOf: (orderId: string) => Promise<number>;
}

/** A parcel with what counting its goods needs. */
export interface Pack {
  readonly parcel: PreparedParcel;
  readonly lines: readonly (PackLine & { readonly name: string; readonly sku: string; readonly location: string })[];
  /** Facts of its orders that stop it. */
  readonly orders: readonly { readonly id: string; readonly number: string; readonly alarm: string; readonly held: string }[];
}

export function createCards(sources: CardSources) {
  const { parcels, orders } = sources;

  async function pack(parcelId: string): Promise<Pack | undefined> {
    const [parcel] = await parcels.prepareById([parcelId]);
    if (parcel === undefined) return undefined;
    const [names, own] = await Promise.all([sources.labelLines(parcel.shopId, parcel.lines), orders.load(parcel.orderIds)]);
    return {
      parcel,
      lines: groupLines(parcel.lines, names),
      orders: own.map(({ row }) => ({ id: row.id, number: row.number, alarm: row.alarm, held: row.held })),
    };
  }

  async function card(given: Pack, row: PackingRow | undefined): Promise<Card> {
    const { parcel } = given;
    const [labels, shopName, boxes] = await Promise.all([sources.labelsOf(parcel.waybill), sources.shopName(parcel.shopId), Promise.all(given.orders.map((order) => sources.boxesOf(order.id)))]);
    const counted = countedOf(row);
    const carrier = findCarrier(parcel.carrierCode);
    return {
      parcelId: parcel.parcelId,
      number: parcel.waybill,
      carrierCode: parcel.carrierCode,
      carrierName: carrier?.name ?? parcel.carrierCode,
      shopName,
      orders: given.orders.map(({ number, alarm, held }, index) => ({ number, alarm, held, boxes: boxes[index] ?? 1 })),
      receiver: maskName(parcel.recipient.name),
      place: [parcel.recipient.province, parcel.recipient.city, parcel.recipient.district].filter((part) => part !== '').join(' '),
      position: parcel.position,
      total: parcel.total,
      lines: given.lines.map((line) => ({ name: line.name, sku: line.sku, location: line.location, needed: line.needed, counted: counted[line.key] ?? 0 })),
      pieces: parcel.pieces,
      buyerNote: parcel.buyerNote,
      sellerNote: parcel.sellerNote,
      memo: parcel.memo,
      flag: parcel.flag as Card['flag'],
      weightGrams: parcel.weightGrams,
      labels: labels.filter((label) => paperStates.some((state) => state === label.state)).length,
      state: parcel.state === 'handed' || row?.handover_id ? 'handed' : ((row?.state ?? 'open') as Card['state']),
      by: row?.operator ?? '',
      station: row?.station_id ?? '',
      at: row?.at ?? '',
    };
  }

  return { pack, card };
}

export type Cards = ReturnType<typeof createCards>;

export function countedOf(row: Pick<PackingRow, 'counted'> | undefined): Counted {
  return row === undefined ? {} : (JSON.parse(row.counted) as Counted);
}

export function isFull(given: Pack, counted: Counted): boolean {
  return given.lines.length > 0 && isComplete(given.lines, counted);
}

/** The same thing in two orders of one parcel is one line with the sum, as on the label. */
function groupLines(lines: readonly PreparedLine[], names: readonly LabelLine[]): Pack['lines'] {
  const groups = new Map<string, Pack['lines'][number]>();
  for (const [index, line] of lines.entries()) {
    const shown = names[index];
    if (shown === undefined) continue;
    const name = shown.shortName || shown.title;
    const codes = [shown.barcode, line.skuCode, line.itemCode];
    const group = JSON.stringify([name, shown.sku, shown.location, codes, line.quantity === null]);
    const known = groups.get(group);
    const needed = line.quantity === null ? null : (known?.needed ?? 0) + line.quantity;
    groups.set(group, { key: known?.key ?? line.lineId, codes, needed, name, sku: line.quantity === null ? line.spec : shown.sku, location: shown.location });
  }
  return [...groups.values()];
}
