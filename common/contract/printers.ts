/** Printers 打印机: profile, discovery, questions that print nothing, test label, calibration. */
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from './base.ts';

export const printerLanguageSchema = z.enum(['tspl', 'zpl', 'cpcl', 'escpos']);
export type PrinterLanguageName = z.infer<typeof printerLanguageSchema>;

const hostName = z.string().trim().min(1).max(253).regex(/^[0-9A-Za-z._:-]+$/);
const systemName = z.string().min(1).max(260).refine((text) => [...text].every((character) => character >= ' '), 'no control characters');

export const printerAddressSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('tcp'), host: hostName, port: z.number().int().min(1).max(65_535).default(9_100) }),
  z.object({ kind: z.literal('cups'), queue: systemName.regex(/^[^/#\s]+$/) }),
  z.object({ kind: z.literal('winspool'), name: systemName }),
  z.object({ kind: z.literal('device'), path: systemName }),
  z.object({ kind: z.literal('serial'), path: systemName, baudRate: z.number().int().min(1_200).max(1_000_000), flow: z.enum(['none', 'rtscts', 'xonxoff']) }),
  z.object({ kind: z.literal('virtual'), directory: systemName }),
]);
export type PrinterAddressValue = z.infer<typeof printerAddressSchema>;

const micrometres = z.number().int();

export const printerProfileSchema = z.object({
  language: printerLanguageSchema,
  mode: z.enum(['hybrid', 'raster']),
  dpi: z.number().int().min(100).max(1_200),
  headDots: z.number().int().min(64).max(12_000),
  media: z.object({
    widthMicrometres: micrometres.min(10_000).max(300_000),
    /** 0 for continuous paper. */
    heightMicrometres: micrometres.min(0).max(2_000_000),
    kind: z.enum(['gap', 'mark', 'continuous']),
    gapMicrometres: micrometres.min(0).max(25_400),
  }),
  offset: z.object({ xMicrometres: micrometres.min(-30_000).max(30_000), yMicrometres: micrometres.min(-30_000).max(30_000) }),
  darkness: z.number().int().min(-100).max(200).optional(),
  speed: z.number().min(0).max(20).optional(),
  finish: z.enum(['tear', 'peel', 'cut']),
  upsideDown: z.boolean(),
  logos: z.object({ upper: z.boolean(), lower: z.boolean() }),
  dialect: z.object({
    invertedBitmap: z.boolean(),
    compression: z.enum(['none', 'acs', 'z64', 'tspl-zlib']),
    maxBandRows: z.number().int().min(0).max(65_535),
    statusMethod: z.enum(['none', 'tspl-esc', 'tspl-frame', 'zpl-hs', 'escpos-dle']),
    completion: z.enum(['none', 'gprinter-response', 'zpl-odometer', 'zpl-hv', 'escpos-process-id']),
  }),
});
export type PrinterProfileValue = z.infer<typeof printerProfileSchema>;

export const printerStateSchema = z.object({
  condition: z.enum(['ready', 'busy', 'paused', 'out_of_paper', 'out_of_ribbon', 'head_open', 'jam', 'over_heated', 'off_line', 'silent', 'error']),
  detail: z.string(),
  /** idle · connecting · sending · waiting · paused · closed */
  phase: z.string(),
  queued: z.number().int(),
  /** How long the printer has not taken any byte of the label under way; absent while it takes them. */
  stalledMs: z.number().int().optional(),
  at: z.string(),
});
export type PrinterState = z.infer<typeof printerStateSchema>;

export const printerSchema = z.object({
  id: z.string(),
  name: z.string(),
  address: printerAddressSchema,
  profile: printerProfileSchema,
  /** When offset and darkness were last set from a test label; null for never. */
  calibratedAt: z.string().nullable(),
  archivedAt: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type PrinterRow = z.infer<typeof printerSchema>;

/** A printer this PC knows of, not yet set up. */
export const foundPrinterSchema = z.object({
  address: printerAddressSchema,
  name: z.string(),
  /** Model or driver name where the system tells. */
  model: z.string(),
  /** Languages named by the device itself (IEEE 1284 id) or by its driver; empty when unknown. Never asked by printing. */
  languages: z.array(printerLanguageSchema),
  /** Id of the printer that is already set up at this address. */
  printerId: z.string().nullable(),
});
export type FoundPrinter = z.infer<typeof foundPrinterSchema>;

export const discoverySchema = z.object({
  found: z.array(foundPrinterSchema),
  /** Places that could not be looked at, with the reason. */
  problems: z.array(z.object({ place: z.enum(['cups', 'winspool', 'device', 'serial']), reason: z.string() })),
});
export type Discovery = z.infer<typeof discoverySchema>;

export const probeSchema = z.object({
  /** Whether a connection could be opened. */
  reachable: z.boolean(),
  reason: z.string(),
  /** The channel can carry answers. */
  duplex: z.boolean(),
  /** Language whose safe question was answered; null when nothing was. */
  language: printerLanguageSchema.nullable(),
  condition: printerStateSchema.shape.condition.nullable(),
  detail: z.string(),
});
export type ProbeResult = z.infer<typeof probeSchema>;

const scale = z.object({ min: z.number(), max: z.number(), standard: z.number() });

export const presetsSchema = z.object({
  profiles: z.array(z.object({ id: z.string(), name: z.string(), profile: printerProfileSchema })),
  scales: z.record(printerLanguageSchema, z.object({ darkness: scale, speed: scale })),
});

const printerInput = z.object({ name: z.string().trim().min(1).max(60), address: printerAddressSchema, profile: printerProfileSchema });

/** What the person reads off the test label; each value may be left out. */
export const calibrationSchema = z.object({
  id: z.string(),
  /** Measured from the left paper edge to the upright line that should lie at 10 mm. */
  leftMillimetres: z.number().min(-20).max(60).optional(),
  /** Measured from the upper paper edge to the level line that should lie at 10 mm. */
  topMillimetres: z.number().min(-20).max(60).optional(),
  /** Length of the ruler that should be 50 mm. */
  rulerMillimetres: z.number().min(10).max(200).optional(),
  /** How the bars look. */
  bars: z.enum(['too_light', 'good', 'too_dark']).optional(),
});
export type Calibration = z.infer<typeof calibrationSchema>;

export const printersContract = {
  list: procedure
    .route({ method: 'GET', path: '/printers', tags: ['printers'] })
    .input(z.object({ archived: z.coerce.boolean().default(false) }))
    .output(z.array(printerSchema.extend({ state: printerStateSchema.nullable() }))),
  get: procedure.route({ method: 'GET', path: '/printers/{id}', tags: ['printers'] }).input(z.object({ id: z.string() })).output(printerSchema),
  create: procedure.route({ method: 'POST', path: '/printers', tags: ['printers'] }).input(printerInput).output(printerSchema),
  update: procedure
    .route({ method: 'PATCH', path: '/printers/{id}', tags: ['printers'] })
    .input(printerInput.partial().extend({ id: z.string(), archived: z.boolean().optional() }))
    .output(printerSchema),
  /** Profile of one printer onto others; their own offset and darkness stay. */
  copyProfile: procedure
    .route({ method: 'POST', path: '/printers/{id}/copy-profile', tags: ['printers'] })
    .input(z.object({ id: z.string(), toIds: z.array(z.string()).min(1).max(100) }))
    .output(z.array(printerSchema)),
  presets: procedure.route({ method: 'GET', path: '/printers/presets', tags: ['printers'] }).output(presetsSchema),
  /** Queues, devices and ports of this PC. Opens nothing and prints nothing. */
  discover: procedure.route({ method: 'POST', path: '/printers/discover', tags: ['printers'] }).output(discoverySchema),
  /** Asks the printer at an address questions that cannot print; with a language also that language's own. */
  probe: procedure
    .route({ method: 'POST', path: '/printers/probe', tags: ['printers'] })
    .input(z.object({ address: printerAddressSchema, language: printerLanguageSchema.optional() }))
    .output(probeSchema),
  /** Asks a set-up printer how it is. */
  status: procedure.route({ method: 'POST', path: '/printers/{id}/status', tags: ['printers'] }).input(z.object({ id: z.string() })).output(printerStateSchema),
  /** State of every printer in use, now and with every change. */
  watch: procedure.output(eventIterator(printerStateSchema.extend({ printerId: z.string() }))),
  /** Prints one test label: fence and ladder bars, rulers, the settings in words. */
  printTest: procedure
    .route({ method: 'POST', path: '/printers/{id}/test-label', tags: ['printers'] })
    .input(z.object({ id: z.string() }))
    .output(z.object({ state: z.enum(['sent', 'acked', 'uncertain', 'not_sent']), reason: z.string() })),
  /** The same label as a picture. */
  testPicture: procedure
    .route({ method: 'POST', path: '/printers/test-picture', tags: ['printers'] })
    .input(z.object({ profile: printerProfileSchema, name: z.string().max(60).default('') }))
    .output(z.object({ png: z.string(), widthDots: z.number().int(), heightDots: z.number().int() })),
  /** Sets offset and darkness from what was read off the paper. */
  calibrate: procedure.route({ method: 'POST', path: '/printers/{id}/calibrate', tags: ['printers'] }).input(calibrationSchema).output(printerSchema),
  /** Feeds paper so that the printer measures gap or mark itself. Only where the language has a command for it. */
  measureMedia: procedure
    .route({ method: 'POST', path: '/printers/{id}/measure-media', tags: ['printers'] })
    .input(z.object({ id: z.string() }))
    .output(z.object({ state: z.enum(['sent', 'acked', 'uncertain', 'not_sent']), reason: z.string() })),
  /** Gives up the label under way on a printer that takes no more bytes: it becomes uncertain, the rest of the batch stays ready. */
  giveUp: procedure.route({ method: 'POST', path: '/printers/{id}/give-up', tags: ['printers'] }).input(z.object({ id: z.string() })).output(printerStateSchema),
  pause: procedure.route({ method: 'POST', path: '/printers/{id}/pause', tags: ['printers'] }).input(z.object({ id: z.string(), paused: z.boolean() })).output(printerStateSchema),
};
