/**
 * The data a label is filled from: one shape for all templates, documented, published as JSON schema. Everything has a
 * default, so that a template meets an absent value as empty text and never as a fault.
 */
import { z } from 'zod';

const text = z.string().default('');
const dateTime = text.describe('Date and time, ISO 8601. With a zone it is printed as China time; without one as it stands.');

const party = z.object({
  name: text,
  phone: text.describe('Mobile, landline or virtual number, extension after - or 转'),
  province: text,
  city: text,
  district: text,
  town: text,
  detail: text.describe('Street, house, unit and room'),
});

const waybill = z.object({
  number: text.describe('Waybill number, printed as the main code'),
  carrier: z.object({ code: text.describe('YTO, ZTO, SF, …'), name: text }).prefault({}),
  product: text.describe('Service of the carrier, e.g. 标准快递'),
  sortCode: text.describe('三段码 / 大头笔, as given with the number; cannot be computed offline'),
  consolidation: text.describe('集包地'),
  originCode: text.describe('Code of the branch that picks up'),
  qr: text.describe('Text of the QR code; empty prints the waybill number'),
});

const item = z.object({
  title: text,
  shortName: text,
  sku: text,
  quantity: z.int().min(0).max(1_000_000).default(1),
  barcode: text,
  location: text.describe('Shelf of the item, for picking'),
});

const order = z.object({
  id: text,
  shop: text,
  platform: text,
  paidAt: dateTime,
  buyerNote: text,
  sellerNote: text,
  // Platforms number their flags; a number is as good as its digits.
  flag: z.union([z.string(), z.int()]).transform(String).default('').describe('Flag of the seller note, e.g. red or 1'),
  amountFen: z.int().min(0).nullable().default(null).describe('Paid amount in 1/100 yuan'),
});

const parcel = z.object({
  weightGrams: z.int().min(0).nullable().default(null),
  index: z.int().min(1).default(1),
  total: z.int().min(1).default(1),
});

const job = z.object({
  sequence: z.int().min(1).default(1),
  total: z.int().min(1).default(1),
  attempt: z.int().min(1).default(1),
  reprint: z.boolean().default(false).describe('True prints the 补打 mark'),
  printedAt: dateTime,
  operator: text,
  station: text,
});

/** One line of a hand-over sheet. */
const manifestLine = z.object({
  number: text,
  name: text,
  region: text,
  quantity: z.int().min(0).default(1),
  weightGrams: z.int().min(0).nullable().default(null),
});

const list = <T extends z.ZodType>(element: T) => z.array(element).max(10_000).default([]);

export const labelDataSchema = z
  .object({
    waybill: waybill.prefault({}),
    recipient: party.prefault({}),
    sender: party.prefault({}),
    returnTo: party.prefault({}).describe('Where a refused or returned parcel goes; empty: to the sender'),
    items: list(item),
    orders: list(order),
    parcel: parcel.prefault({}),
    job: job.prefault({}),
    manifest: list(manifestLine).describe('Parcels of a hand-over sheet; empty on waybills'),
  })
  .describe('Data of one Packbench label');

export type LabelData = z.output<typeof labelDataSchema>;
/** What a caller may write: everything optional. */
export type LabelDataInput = z.input<typeof labelDataSchema>;

/** Fills the defaults in. Throws a ZodError for data that is not label data. */
export function completeLabelData(input: LabelDataInput): LabelData {
  return labelDataSchema.parse(input);
}

/** The shape as JSON schema, for `packbench render --schema`. */
export function labelDataJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(labelDataSchema, { io: 'input' }) };
}
