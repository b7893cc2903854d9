/** What an order file becomes: tables of text, then orders with their lines, and a report of everything that was not understood. */
import type { Platform } from '../../contract/shops.ts';

/** One record of a table as the file has it. Cells are text from the first byte on; numbers and dates were never numbers here. */
export interface RawRecord {
  /** Number of the record in the file, the header being one too: what a spreadsheet program shows at the left edge. */
  readonly row: number;
  /** Physical line where the record starts; the same as `row` where the format has no lines. */
  readonly line: number;
  readonly cells: readonly string[];
  /** What made the record unreadable; its cells are then not to be trusted. */
  readonly defect?: RejectCode;
}

export type SheetFormat = 'csv' | 'tsv' | 'xlsx' | 'xls' | 'html' | 'spreadsheetml';
export type TextEncoding = 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16be' | 'gb18030';

/** Everything a column can mean. Order fields first, fields of a line of goods after them. */
export const orderFields = [
  'number', 'status', 'afterSale', 'closeReason', 'buyer', 'buyerId', 'name', 'mobile', 'telephone', 'receiver', 'address', 'newAddress',
  'province', 'city', 'district', 'town', 'postcode', 'createdAt', 'paidAt', 'shipBy', 'shippedAt', 'finishedAt', 'goodsAmount', 'freight',
  'paidAmount', 'buyerNote', 'sellerNote', 'flag', 'waybill', 'carrier', 'express', 'pieces', 'kinds', 'shopName', 'delivery', 'mergeKey',
] as const;
export const lineFields = [
  'subNumber', 'title', 'spec', 'itemId', 'skuId', 'skuCode', 'itemCode', 'quantity', 'price', 'lineAmount', 'lineStatus',
] as const;
export type OrderField = (typeof orderFields)[number];
export type LineField = (typeof lineFields)[number];
export type Field = OrderField | LineField;

/** Which column carries which field; a column may stay unmapped (kept with the order under its header). */
export type ColumnMapping = Readonly<Partial<Record<Field, number>>>;

export type OrderStatus = 'unpaid' | 'to_ship' | 'shipped' | 'done' | 'closed' | 'unknown';
export type RefundState = 'none' | 'asked' | 'done';
/** full: can be printed · masked: holds `*` · encrypted: ciphertext of the platform · incomplete: name, phone or address missing. */
export type ReceiverState = 'full' | 'masked' | 'encrypted' | 'incomplete';
export type OrderFlag = 'none' | 'red' | 'yellow' | 'green' | 'blue' | 'purple';

export interface Receiver {
  readonly name: string;
  /** Mobile, landline with area code, or virtual number with its extension; empty when missing. */
  readonly phone: string;
  readonly phone2: string;
  readonly province: string;
  readonly city: string;
  readonly district: string;
  readonly town: string;
  readonly detail: string;
  readonly postcode: string;
  /** The address as it came, in one piece, without postcode. */
  readonly address: string;
  readonly state: ReceiverState;
}

export interface LineDraft {
  readonly subNumber: string;
  readonly title: string;
  readonly spec: string;
  readonly itemId: string;
  readonly skuId: string;
  readonly skuCode: string;
  readonly itemCode: string;
  /** Null when the file names several goods in one cell without saying how many of each. */
  readonly quantity: number | null;
  /** Price of one piece in fen; null when the file has none. */
  readonly priceFen: number | null;
  readonly refunded: boolean;
}

export interface OrderDraft {
  readonly number: string;
  readonly status: OrderStatus;
  readonly statusText: string;
  readonly refund: RefundState;
  readonly buyer: string;
  readonly buyerId: string;
  /** The platform's own key for orders that may share a parcel, when the file has one. */
  readonly mergeKey: string;
  readonly receiver: Receiver;
  /** True when the buyer fetches the goods: no label. */
  readonly pickup: boolean;
  /** UTC, ISO-8601; empty when the file does not say. */
  readonly createdAt: string;
  readonly paidAt: string;
  readonly shipBy: string;
  readonly shippedAt: string;
  readonly finishedAt: string;
  readonly goodsFen: number | null;
  readonly freightFen: number | null;
  readonly paidFen: number | null;
  readonly buyerNote: string;
  readonly sellerNote: string;
  readonly flag: OrderFlag;
  readonly waybill: string;
  readonly carrier: string;
  readonly shopName: string;
  readonly lines: readonly LineDraft[];
  /** Sum of the quantities, from the lines or from the order's own column. */
  readonly pieces: number;
  /** Columns nobody asked about, header and text; kept as they came. Pairs, because a header may be called `__proto__`. */
  readonly extra: readonly (readonly [string, string])[];
  /** Where it stands in the file: first record and line. */
  readonly row: number;
  readonly line: number;
}

export type RejectCode =
  | 'number-missing' | 'number-digits-lost' | 'number-unreadable' | 'order-refused' | 'cell-too-long' | 'too-many-columns' | 'unbalanced-quote'
  | 'wrong-columns' | 'quantity-unreadable' | 'other-shop';

export interface RejectedRow {
  readonly row: number;
  readonly line: number;
  /** Header of the column at fault, empty when the whole row is. */
  readonly column: string;
  readonly code: RejectCode;
  readonly reason: string;
  /** The row as it came, for the file of rows to mend; never shown in reports. */
  readonly cells: readonly string[];
}

export type FlagCode =
  | 'name-masked' | 'phone-masked' | 'address-masked' | 'name-missing' | 'phone-missing' | 'address-missing' | 'phone-digits-lost' | 'phone-wrong' | 'receiver-encrypted';

export interface FlaggedOrder {
  readonly row: number;
  readonly order: string;
  readonly codes: readonly FlagCode[];
  readonly reason: string;
}

/** Worth telling, but neither refused nor in need of a new receiver. */
export type NoticeCode =
  | 'pickup' | 'new-address' | 'status-unknown' | 'repeated-differs' | 'quantities-missing' | 'items-without-orders' | 'order-without-items'
  | 'items-without-order' | 'two-shops' | 'partly-refunded' | 'value-digits-lost' | 'value-unreadable' | 'more-sheets' | 'same-line-twice' | 'money-returned' | 'under-review';

export interface Notice {
  readonly code: NoticeCode;
  readonly row: number | null;
  readonly order: string | null;
  readonly text: string;
}

/** One file, read and understood. */
export interface OrderFile {
  readonly file: string;
  readonly kind: 'orders' | 'items';
  readonly platform: Platform | 'other';
  /** 0–1: how sure the recognition is. */
  readonly confidence: number;
  readonly format: SheetFormat;
  readonly encoding: TextEncoding;
  readonly sheet: string | null;
  readonly header: readonly string[];
  readonly headerRow: number;
  readonly mapping: ColumnMapping;
  /** Records below the header that are not blank. */
  readonly rows: number;
  readonly orders: readonly OrderDraft[];
  /** Records that repeat an earlier one word for word. */
  readonly duplicates: number;
  readonly rejected: readonly RejectedRow[];
  readonly flagged: readonly FlaggedOrder[];
  readonly notices: readonly Notice[];
}
