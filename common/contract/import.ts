/** Bringing order files in: what is sent, what comes back. One contract for the page, the command line and the API. */
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { lineFields, orderFields } from '../domain/orders/types.ts';
import { procedure } from './base.ts';
import { platforms, platformSchema } from './shops.ts';

export const filePlatforms = [...platforms, 'other'] as const;
const count = z.number().int();
const text = z.string();

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
  /** Names of the shops the file itself gives; beside several of them an empty one for orders that name none. */
  shops: z.array(z.string()),
  /** Name of the kept mapping it was read by, if it was. */
  preset: z.string().optional(),
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

/** A mapping for one file: where its header stands (1: first record, 0: it has none) and on which sheet; looked for when left out. */
export const fileMappingSchema = mappingSchema.extend({ headerRow: count.min(0).max(20).optional(), sheet: z.string().max(200).optional() });
export type FileMapping = z.infer<typeof fileMappingSchema>;

/** What a table that is read by its columns looks like, for the column page. */
export const inspectionSchema = z.object({
  sheets: z.array(z.string()),
  sheet: z.string().nullable(),
  platform: z.enum(filePlatforms),
  /** The first records as they are. */
  sample: z.array(z.array(z.string())),
  /** The header, counted from 1; 0 when there seems to be none. */
  headerRow: count,
  /** Names of the columns under that header; without one their letters. */
  names: z.array(z.string()),
  guesses: z.array(z.object({ column: z.string(), field: z.string(), confidence: z.number() })),
  presetId: z.string().nullable(),
});
export type Inspection = z.infer<typeof inspectionSchema>;

/** Why a shop is proposed: the file names it · files like this went there · it is the only one of the platform. */
export const shopReasons = ['named', 'remembered', 'only'] as const;

/** What an import did, or would do, with the orders of one file. */
export const importedFileSchema = fileReportSchema.extend({ added: count, changed: count, known: count });
export type ImportedFile = z.infer<typeof importedFileSchema>;

export const importReportSchema = z.object({
  batchId: text.nullable(),
  files: z.array(importedFileSchema),
  /** What the import did, or in a dry run would do. */
  added: count,
  changed: count,
  known: count,
  /** Printed orders the platform has since refunded, closed or sent elsewhere. */
  alarms: z.array(z.object({ order: text, alarm: text })),
  rejected: z.array(rejectedRowSchema.extend({ file: text })),
});
export type ImportReport = z.infer<typeof importReportSchema>;

/** An expected failure as data. */
const expectedFailure = z.object({ code: text, data: z.unknown() });

/** Files looked at before anything is saved. */
export const importLookSchema = z.object({
  /** In the order given: what a file holds, or why it cannot be read. */
  files: z.array(z.object({ fileId: text, name: text, report: fileReportSchema.nullable(), failure: expectedFailure.nullable() })),
  /** Where the orders go: the shop asked for, else the one proposed, never one of another platform; without an id a new one. */
  shop: z.object({
    id: text.nullable(),
    name: text,
    reason: z.enum([...shopReasons, 'chosen']).nullable(),
    /** For a new shop: the name the file gives and the platform of the files. */
    newName: text,
    platform: platformSchema,
  }),
  /** What the import into that shop would do; null while a problem stands in the way or there are no orders. */
  report: importReportSchema.nullable(),
  /** Why these files cannot go into one shop together. */
  problem: expectedFailure.nullable(),
});
export type ImportLook = z.infer<typeof importLookSchema>;

const progressSchema = z.object({ type: z.literal('progress'), phase: z.enum(['reading', 'saving']), file: text, done: count });
export const importEventSchema = z.discriminatedUnion('type', [progressSchema, z.object({ type: z.literal('done'), report: importReportSchema })]);
export const lookEventSchema = z.discriminatedUnion('type', [progressSchema, z.object({ type: z.literal('done'), look: importLookSchema })]);

/** More files than this are looked at in parts. */
export const mostFiles = 20;
const languageSchema = z.enum(['zh-CN', 'en']).default('zh-CN');
const importInput = z.object({
  files: z.array(z.object({ fileId: text, mapping: fileMappingSchema.optional() })).min(1).max(mostFiles),
  /** Takes files that name several shops into this one. */
  mixedShops: z.boolean().default(false),
  /** Only the orders whose file names this shop; empty: those that name none. */
  onlyShop: text.max(200).optional(),
  language: languageSchema,
});
const shopInput = z.union([z.object({ shopId: text.min(1) }), z.object({ newShop: z.object({ name: text.trim().min(1).max(60), platform: platformSchema }) })]);
const importRequest = importInput.extend({ shop: shopInput, pasted: z.boolean().default(false), dryRun: z.boolean().default(false) });
export type ImportInput = z.infer<typeof importRequest>;
/** `shopId` null: propose one; empty: a new one. */
const lookRequest = importInput.extend({ shopId: text.nullable().default(null) });
export type LookInput = z.infer<typeof lookRequest>;

const batchSchema = z.object({ id: text, shopId: text, at: text, operator: text, source: text, files: z.array(text), orders: count, added: count, changed: count, known: count, rejected: count });
export type ImportBatch = z.infer<typeof batchSchema>;

export const presetSchema = z.object({ id: text, name: text, platform: z.enum(filePlatforms), kind: z.enum(['orders', 'items']), columns: z.record(text, text), createdAt: text });

const watchSchema = z.object({
  folders: z.array(
    z.object({
      folder: text,
      shopId: text,
      /** What became of the newest file that was put away; null while none was. `reason`: why it was refused, in both languages. */
      last: z.object({ file: text, at: text, state: z.enum(['imported', 'refused']), reason: z.object({ 'zh-CN': text, en: text }), batchId: text.nullable() }).nullable(),
    }),
  ),
});
export type WatchState = z.infer<typeof watchSchema>;

const post = (path: `/${string}`) => procedure.route({ method: 'POST', path, tags: ['import'] });
const get = (path: `/${string}`) => procedure.route({ method: 'GET', path, tags: ['import'] });

/** The part of the orders contract that brings orders in. */
export const importContract = {
  /** Reads the files and says what would happen; nothing is saved. A file that cannot be read does not hide the others. */
  look: procedure.input(lookRequest).output(eventIterator(lookEventSchema)),
  import: procedure.input(importRequest).output(eventIterator(importEventSchema)),
  /** First rows and the guessed columns of a file, for the column page; of another sheet or under another header row when asked. */
  inspect: post('/orders/import/inspect')
    .input(z.object({ fileId: text, sheet: text.max(200).optional(), headerRow: count.min(0).max(20).optional() }))
    .output(inspectionSchema),
  batches: get('/orders/import/batches').input(z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) })).output(z.array(batchSchema)),
  /** One import with the rows it did not take. */
  batch: get('/orders/import/batches/{batchId}')
    .input(z.object({ batchId: text }))
    .output(z.object({ batch: batchSchema, rejected: z.array(rejectedRowSchema.extend({ file: text })) })),
  /** The refused rows of a batch as a csv with their header, to mend and import again. */
  rejectedFile: get('/orders/import/batches/{batchId}/rejected').input(z.object({ batchId: text, language: languageSchema })).output(z.object({ name: text, csv: text })),
  presets: {
    list: get('/orders/import/presets').output(z.array(presetSchema)),
    /** A preset of the same name is replaced. */
    save: post('/orders/import/presets').input(z.object({ name: text.trim().min(1).max(60), mapping: mappingSchema, header: z.array(text).default([]) })).output(presetSchema),
    rename: procedure.route({ method: 'PATCH', path: '/orders/import/presets/{id}', tags: ['import'] }).input(z.object({ id: text, name: text.trim().min(1).max(60) })).output(z.object({})),
    remove: procedure.route({ method: 'DELETE', path: '/orders/import/presets/{id}', tags: ['import'] }).input(z.object({ id: text })).output(z.object({})),
  },

  watch: {
    /** Folders whose files are imported by themselves; they lie in the data folder, one a shop. */
    get: get('/orders/watch').output(watchSchema),
    set: post('/orders/watch').input(z.object({ shopId: text, on: z.boolean() })).output(watchSchema),
  },
};
