/** The main job: orders → parcels → numbers → labels → paper, with progress that survives a reconnect. */
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from './base.ts';

/** Papers without a number of ours. */
export const slipKinds = ['pick', 'packing', 'return'] as const;
export type SlipKind = (typeof slipKinds)[number];

/** What a screen says of one label; `attempts` keeps the finer states of the journal. */
export const labelStates = ['waiting', 'sending', 'printed', 'confirmed', 'unknown', 'failed', 'void'] as const;
export type LabelState = (typeof labelStates)[number];

/** A failure as data: its code and data are those of the closed list. */
export const failureSchema = z.object({ code: z.string(), data: z.unknown() });

export const jobLabelSchema = z.object({
  parcelId: z.string(),
  /** Order ids of the platform, for people. */
  orders: z.array(z.string()),
  attemptId: z.string().nullable(),
  number: z.string().nullable(),
  /** Place on paper, i of total. */
  position: z.number().int(),
  state: z.enum(labelStates),
  failure: failureSchema.nullable(),
});
export type JobLabel = z.infer<typeof jobLabelSchema>;

export const jobEventSchema = z.object({
  seq: z.number().int(),
  jobId: z.string(),
  done: z.number().int(),
  total: z.number().int(),
  state: z.enum(['preparing', 'running', 'finished', 'stopped', 'cancelled']),
  /** Why it stopped, in short words of the printer or transport. */
  reason: z.string(),
  /** Labels that changed since the event before; all of them in the first. */
  labels: z.array(jobLabelSchema),
});
export type JobEvent = z.infer<typeof jobEventSchema>;

export const printChoice = z.object({
  orderIds: z.array(z.string()).min(1).max(5_000),
  templateId: z.string(),
  printerId: z.string(),
  /** Carrier product asked for; left out, rules and contracts decide. */
  product: z.string().trim().max(40).optional(),
});

export const previewLabelSchema = z.object({
  parcelId: z.string(),
  index: z.number().int(),
  total: z.number().int(),
  widthDots: z.number().int(),
  heightDots: z.number().int(),
  png: z.string(),
  lint: z.array(z.object({ severity: z.enum(['error', 'warning', 'info']), code: z.string(), element: z.string(), message: z.string() })),
});

/** A template or printer the dialog may offer; one that does not fit says why. */
const offerSchema = z.object({ id: z.string(), name: z.string(), fits: z.boolean(), why: z.object({ 'zh-CN': z.string(), en: z.string() }) });

export const printingContract = {
  /** Templates and printers for these orders, with the ones chosen by rule. */
  choices: procedure
    .route({ method: 'POST', path: '/printing/choices', tags: ['printing'] })
    .input(printChoice.pick({ orderIds: true, product: true }).extend({ printerId: z.string().optional() }))
    .output(
      z.object({
        templates: z.array(offerSchema.extend({ widthMm: z.number(), heightMm: z.number() })),
        printers: z.array(offerSchema.extend({ condition: z.string() })),
        /** Carrier products that may be asked for, by the contracts the shops draw on. */
        products: z.array(z.object({ carrierCode: z.string(), name: z.string() })),
        templateId: z.string().nullable(),
        printerId: z.string().nullable(),
      }),
    ),
  /** What a print of these orders would do: parcels, numbers it will draw, what is left after, and who cannot be printed. */
  plan: procedure
    .route({ method: 'POST', path: '/printing/plan', tags: ['printing'] })
    .input(printChoice.pick({ orderIds: true }))
    .output(
      z.object({
        parcels: z.number().int(),
        numbers: z.number().int(),
        left: z.number().int(),
        problems: z.array(z.object({ parcelId: z.string(), orders: z.array(z.string()), failure: failureSchema })),
      }),
    ),
  /** The real raster of one label of the choice, with a stand-in for a number not drawn yet. */
  preview: procedure.route({ method: 'POST', path: '/printing/preview', tags: ['printing'] }).input(printChoice.extend({ index: z.number().int().min(0).default(0) })).output(previewLabelSchema),
  /** Draws the numbers durably and starts to print. Each label has its own outcome. */
  start: procedure.route({ method: 'POST', path: '/printing/jobs', tags: ['printing'] }).input(printChoice).output(z.object({ jobId: z.string() })),
  /** Events of a job after `after`; the stream ends with the job. */
  progress: procedure.input(z.object({ jobId: z.string(), after: z.number().int().min(0).default(0) })).output(eventIterator(jobEventSchema)),
  /** Stops before the next label; the label under way is followed to its end. */
  cancel: procedure.route({ method: 'POST', path: '/printing/jobs/{jobId}/cancel', tags: ['printing'] }).input(z.object({ jobId: z.string() })).output(z.object({})),
  /** The same number again with a visible mark. */
  reprint: procedure
    .route({ method: 'POST', path: '/printing/reprints', tags: ['printing'] })
    .input(z.object({ attemptId: z.string(), reason: z.string().trim().min(1).max(200), printerId: z.string().optional(), pin: z.string().max(20).optional() }))
    .output(z.object({ jobId: z.string(), attemptId: z.string() })),
  /** One pick list over these orders, a packing slip (both on a receipt printer) or a return label for each parcel. */
  slips: procedure
    .route({ method: 'POST', path: '/printing/slips', tags: ['printing'] })
    .input(z.object({ orderIds: z.array(z.string()).min(1).max(5_000), kind: z.enum(slipKinds), printerId: z.string() }))
    // `parcels`: how many of them it came to before the printer stopped.
    .output(z.object({ sheets: z.number().int(), parcels: z.number().int(), stopped: failureSchema.nullable() })),
  /** The picture of a label as it went to the printer. */
  picture: procedure
    .route({ method: 'GET', path: '/printing/pictures/{attemptId}', tags: ['printing'] })
    .input(z.object({ attemptId: z.string() }))
    .output(z.object({ png: z.string(), widthDots: z.number().int(), heightDots: z.number().int() })),
};
