/** Bringing order files in: what is sent, what comes back. One contract for the page, the command line and the API. */
import { z } from 'zod';
import { lineFields, orderFields } from '../domain/orders/types.ts';
import { platforms } from './shops.ts';

export const filePlatforms = [...platforms, 'other'] as const;
const count = z.number().int();

/** A row that did not become an order. `row`: record number in the file, header included; `line`: physical line. */
export const rejectedRowSchema = z.object({ row: count, line: count, column: z.string(), reason: z.string(), code: z.string() });
/** An order that came in but cannot be printed as it is. */
export const flaggedOrderSchema = z.object({ row: count, order: z.string(), reason: z.string(), codes: z.array(z.string()) });
export const noticeSchema = z.object({ code: z.string(), row: count.nullable(), order: z.string().nullable(), text: z.string() });

export const itemsJoinSchema = z.object({
  /** Orders that got their goods from this items file. */
  matched: count,
  unmatched: z.array(z.object({ order: z.string(), row: count, lines: count })),
  /** Orders that came with an order file and are not in the items file. */
  withoutItems: z.array(z.string()),
});

/** What one file holds. */
export const fileReportSchema = z.object({
  file: z.string(),
  kind: z.enum(['orders', 'items']),
  platform: z.enum(filePlatforms),
  confidence: z.number(),
  format: z.string(),
  encoding: z.string(),
  sheet: z.string().nullable(),
  rows: count,
  orders: count,
  lines: count,
  pieces: count,
  recipients: count,
  toShip: count,
  toMerge: count,
  duplicates: count,
  rejected: z.array(rejectedRowSchema),
  flagged: z.array(flaggedOrderSchema),
  notices: z.array(noticeSchema),
  joined: itemsJoinSchema.optional(),
});
export type FileReport = z.infer<typeof fileReportSchema>;

const columnsSchema = z.record(z.enum([...orderFields, ...lineFields]), z.string().max(200)).or(z.record(z.string(), z.string().max(200)));

/** Which header carries which field, for tables nobody recognises. */
export const mappingSchema = z.object({ platform: z.enum(filePlatforms), kind: z.enum(['orders', 'items']), columns: columnsSchema });
export type Mapping = z.infer<typeof mappingSchema>;
