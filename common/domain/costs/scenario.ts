/**
 * The cost scenario: everything a comparison is calculated from, as one JSON document. Its JSON schema is printed by
 * `packbench cost --schema`. Keys are strict, so a misspelt figure is refused instead of being silently ignored.
 */
import { z } from 'zod';
import { basisPoints, e4, fen, grams, id, isoDate, isoMonth, name } from './basics.ts';
import { freightTableSchema } from './freight-schema.ts';

/** Fixed monthly cost of own shipping. */
export const fixedItemSchema = z
  .strictObject({
    id,
    name,
    kind: z.enum(['rent', 'software', 'utilities', 'depreciation', 'other']),
    fen: fen.optional().describe('per month'),
    areaM2: z.int().min(0).max(1_000_000).optional().describe('with perM2Fen: rent by area'),
    perM2Fen: fen.optional().describe('per m² and month'),
    capacityPerDay: z.int().min(1).max(10_000_000).optional().describe('parcels per day one such item is enough for; above it a second one is paid'),
    goesAway: z
      .enum(['when-closed', 'with-volume', 'never'])
      .default('when-closed')
      .describe('what a move to the cloud saves: all of it when the last parcel moves / its share of the moved parcels / nothing'),
    example: z.boolean().default(false),
  })
  .refine((item) => (item.fen === undefined) !== (item.areaM2 === undefined || item.perM2Fen === undefined), {
    message: 'give either fen, or areaM2 and perM2Fen',
  });

export const staffSchema = z.strictObject({
  outputPerDay: z.int().min(1).max(100_000).describe('parcels one packer ships in a normal day'),
  wageFen: fen.describe('per packer and month'),
  socialFen: fen.default(0).describe('social insurance per packer and month'),
  minPackers: z.int().min(0).max(10_000).default(0).describe('crew kept even on a quiet month'),
  fixedPackers: z.int().min(0).max(10_000).optional().describe('crew that does not follow the volume; the rest is overtime'),
  overtime: z
    .strictObject({ maxBp: z.int().min(0).max(20_000).describe('how far overtime stretches a crew before another packer is hired'), perParcelE4: e4 })
    .optional(),
  peaks: z
    .array(z.strictObject({ month: z.int().min(1).max(12), factorBp: z.int().min(10_000).max(200_000) }))
    .max(12)
    .default([])
    .describe('months whose busiest days need more hands than the mean day (15000 = 1.5 times)'),
  tempWageFen: fen.optional().describe('pay of a packer hired only for a peak; default wage + social insurance'),
});

export const boxSchema = z.strictObject({
  id,
  name: name.optional(),
  maxItems: z.int().min(1).max(100_000).optional(),
  maxGrams: grams.min(1).optional(),
  maxCm3: z.int().min(1).max(100_000_000).optional(),
  priceE4: e4,
});

export const caseSchema = z.strictObject({ bp: basisPoints.describe('cases per parcel'), caseFen: fen.describe('cost of one case') });
export const returnsSchema = z.strictObject({ handlingE4: e4.default(0), freightE4: e4.default(0) });

export const ownSchema = z.strictObject({
  name: name.optional(),
  fixed: z.array(fixedItemSchema).max(100).default([]),
  staff: staffSchema.optional(),
  material: z
    .strictObject({
      boxes: z.array(boxSchema).max(60).default([]).describe('the first box that fits is used'),
      labelE4: e4.default(0),
      tapeE4: e4.default(0),
      fillerE4: e4.default(0),
    })
    .optional(),
  perParcelE4: e4.default(0).describe('anything else paid per parcel (software per order, …)'),
  perItemE4: e4.default(0).describe('anything paid per item'),
  freight: z.array(id).max(20).default([]).describe('freight tables; the first that has a price for the parcel is used'),
  loss: caseSchema.optional(),
  misship: caseSchema.optional(),
  returns: returnsSchema.optional().describe('per returned parcel'),
});

export const quotePriceSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('all-in'),
    priceE4: e4.optional().describe('one price for every parcel'),
    bands: z.array(z.strictObject({ uptoGrams: grams.min(1), priceE4: e4 })).min(1).max(60).optional(),
    table: id.optional().describe('an all-in price table by place and weight'),
    notServed: z.array(z.string().trim().min(1)).max(400).default([]),
  }),
  z.strictObject({
    kind: z.literal('handling'),
    firstItemE4: e4,
    furtherItemE4: e4.default(0),
    freight: z.array(id).min(1).max(20),
  }),
]);

export const quoteSchema = z.strictObject({
  id,
  name,
  example: z.boolean().default(false),
  quotedBy: z.string().trim().max(80).optional(),
  quotedOn: isoDate.optional(),
  validFrom: isoDate.optional(),
  validTo: isoDate.optional(),
  price: quotePriceSchema,
  material: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('included') }),
      z.strictObject({ kind: z.literal('per-parcel'), priceE4: e4 }),
      z.strictObject({ kind: z.literal('boxes'), boxes: z.array(boxSchema).min(1).max(60) }),
      z.strictObject({ kind: z.literal('own-plus'), markupBp: z.int().min(0).max(100_000) }),
    ])
    .default({ kind: 'included' }),
  storage: z
    .array(z.strictObject({ unit: z.enum(['m3-day', 'm2-month', 'pallet-day', 'pallet-month']), priceE4: e4, freeDays: z.int().min(0).max(3650).default(0) }))
    .max(10)
    .default([]),
  inbound: z.strictObject({ perItemE4: e4.default(0), perM3E4: e4.default(0), perMonthFen: fen.default(0) }).optional(),
  valueAdded: z
    .array(z.strictObject({ name, perParcelE4: e4.default(0), perItemE4: e4.default(0), shareBp: basisPoints.default(10_000).describe('part of the parcels that need it') }))
    .max(40)
    .default([]),
  returns: returnsSchema.optional(),
  loss: caseSchema.optional(),
  misship: caseSchema.optional(),
  monthlyMinimumFen: fen.default(0).describe('the bill of a month is at least this much'),
  monthlyFeeFen: fen.default(0).describe('system or account fee per month'),
  depositFen: fen.default(0),
  taxIncluded: z.boolean().default(true),
  taxBp: basisPoints.default(600).describe('added to the bill when tax is not included'),
});

export const stockSchema = z.strictObject({
  items: z.int().min(0).max(1_000_000_000).optional().describe('mean items in stock; without it cycle + safety stock is calculated'),
  restockDays: z.int().min(1).max(3650).default(30).describe('days between two restockings'),
  leadDays: z.int().min(0).max(3650).default(7).describe('days from order to arrival'),
  variationBp: z.int().min(0).max(100_000).default(3000).describe('standard deviation of a day’s sales as part of the mean'),
  service: z.enum(['90%', '95%', '98%', '99%']).default('95%').describe('chance of not running out during the lead time'),
  itemCm3: z.int().min(0).max(100_000_000).default(0),
  itemCostFen: fen.default(0),
  stackMm: z.int().min(1).max(100_000).default(1800).describe('usable height, turns m³ into m²'),
  palletCm3: z.int().min(1).max(1_000_000_000).default(1_500_000),
});

const seasonSchema = z.array(z.int().min(0).max(1_000_000)).length(12);

export const mixSchema = z.strictObject({
  parts: z.int().min(1).max(1_000_000).describe('share of this kind of parcel, relative to the others'),
  province: z.string().trim().max(40).default(''),
  city: z.string().trim().max(40).default(''),
  grams: grams.min(1),
  items: z.int().min(1).max(100_000).default(1),
  cm3: z.int().min(0).max(100_000_000).default(0),
  item: z.string().trim().max(120).default(''),
  shop: z.string().trim().max(120).default(''),
  box: z.string().trim().max(60).default(''),
});

export const planSchema = z.strictObject({
  kind: z.literal('plan'),
  startMonth: isoMonth.default('2026-01'),
  months: z.int().min(1).max(60).default(1),
  ordersPerDay: z.int().min(0).max(1_000_000).optional(),
  traffic: z.strictObject({ visitorsPerDay: z.int().min(0).max(1_000_000_000), conversionBp: basisPoints }).optional().describe('orders = visitors × conversion'),
  parcelsPerOrderBp: z.int().min(1).max(100_000).default(10_000),
  growthBpPerMonth: z.int().min(-9_000).max(20_000).default(0),
  season: seasonSchema.optional().describe('factor of January … December in basis points'),
  mix: z.array(mixSchema).min(1).max(500),
});

export const parcelRowSchema = z.strictObject({
  id: z.string().max(120).optional(),
  date: isoDate,
  province: z.string().trim().max(40).default(''),
  city: z.string().trim().max(40).default(''),
  grams: grams.nullable().default(null).describe('null: not weighed'),
  items: z.int().min(1).max(100_000).default(1),
  cm3: z.int().min(0).max(100_000_000).default(0),
  item: z.string().trim().max(120).default(''),
  shop: z.string().trim().max(120).default(''),
  box: z.string().trim().max(60).default(''),
  count: z.int().min(1).max(10_000_000).default(1).describe('parcels exactly like this one'),
});
export type ParcelRow = z.infer<typeof parcelRowSchema>;

export const realSchema = z.strictObject({
  kind: z.literal('real'),
  from: isoDate,
  to: isoDate.describe('last day, included'),
  rows: z.array(parcelRowSchema).max(2_000_000),
  fallbackGrams: grams.min(1).optional().describe('weight of parcels whose weight cannot be estimated'),
});

/** Parcels of the app's own history; the application turns them into `real` before calculating. */
export const historySchema = z.strictObject({
  kind: z.literal('history'),
  from: isoDate,
  to: isoDate,
  shopIds: z.array(z.string()).max(500).default([]).describe('empty: all shops'),
  fallbackGrams: grams.min(1).optional(),
});

export const range = z.strictObject({ lowBp: z.int().min(0).max(100_000), highBp: z.int().min(0).max(100_000) });

function scenarioShape<P extends z.ZodType>(parcels: P) {
  return z.strictObject({
    schema: z.literal('packbench.cost/1').default('packbench.cost/1'),
    name,
    note: z.string().max(4000).default(''),
    example: z.boolean().default(false).describe('figures are examples; the comparison says so until they are replaced'),
    daysPerMonth: z.int().min(1).max(31).default(30).describe('shipping days of a full month'),
    pricedOn: isoDate.optional().describe('price all parcels by what is valid on this date; without it each parcel by its own date'),
    returnBp: basisPoints.default(0).describe('returned parcels per shipped parcel'),
    capitalBpPerYear: basisPoints.default(0).describe('cost of money tied up in stock and deposits'),
    parcels,
    stock: stockSchema.optional(),
    freightTables: z.array(freightTableSchema).max(60).default([]),
    own: ownSchema,
    quotes: z.array(quoteSchema).max(20).default([]),
    analysis: z
      .strictObject({
        maxPerDay: z.int().min(1).max(200_000).optional().describe('break-even is searched from 1 to this many parcels a day'),
        bandsGrams: z.array(grams.min(1)).min(1).max(30).default([500, 1000, 2000, 3000, 5000, 10_000, 20_000]),
        tornadoBp: z.int().min(1).max(9_000).default(2000).describe('how far each figure is moved both ways'),
        monteCarlo: z
          .strictObject({
            seed: z.int().min(0).max(4_294_967_295).default(1),
            runs: z.int().min(10).max(100_000).default(2000),
            volume: range.default({ lowBp: 7000, highBp: 13_000 }),
            freight: range.default({ lowBp: 9000, highBp: 11_500 }),
            wage: range.default({ lowBp: 9500, highBp: 11_500 }),
            cloud: range.default({ lowBp: 9500, highBp: 11_000 }),
          })
          .prefault({}),
      })
      .prefault({}),
  });
}

/** A scenario that can be calculated. */
export const scenarioSchema = scenarioShape(z.discriminatedUnion('kind', [planSchema, realSchema]));
export type Scenario = z.infer<typeof scenarioSchema>;
export type ScenarioInput = z.input<typeof scenarioSchema>;

/** A scenario as saved in the application: its parcels may also be "the history from … to …". */
export const savedScenarioSchema = scenarioShape(z.discriminatedUnion('kind', [planSchema, realSchema, historySchema]));
export type SavedScenario = z.infer<typeof savedScenarioSchema>;

export type Own = z.infer<typeof ownSchema>;
export type Quote = z.infer<typeof quoteSchema>;
export type Staff = z.infer<typeof staffSchema>;
export type FixedItem = z.infer<typeof fixedItemSchema>;
export type Stock = z.infer<typeof stockSchema>;
export type Box = z.infer<typeof boxSchema>;
export type Plan = z.infer<typeof planSchema>;
export type RealParcels = z.infer<typeof realSchema>;

/** JSON schema of a scenario file (draft 2020-12), as `packbench cost --schema` prints it. */
export function scenarioJsonSchema(): unknown {
  return z.toJSONSchema(scenarioSchema, { io: 'input' });
}

export interface ScenarioProblem {
  readonly path: string;
  readonly message: string;
}

/** Reads a scenario from parsed JSON, with every problem by its path. */
export function readScenario(value: unknown): { ok: true; scenario: Scenario } | { ok: false; problems: ScenarioProblem[] } {
  const parsed = scenarioSchema.safeParse(value);
  if (!parsed.success) {
    return { ok: false, problems: parsed.error.issues.map((issue) => ({ path: issue.path.join('.') || '(document)', message: issue.message })) };
  }
  const problems = crossCheck(parsed.data);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, scenario: parsed.data };
}

/** Checks that span several fields: references, ids said twice, forms that exclude each other. */
export function crossCheck(scenario: Scenario | SavedScenario): ScenarioProblem[] {
  const problems: ScenarioProblem[] = [];
  const tables = new Set<string>();
  scenario.freightTables.forEach((table, index) => {
    if (tables.has(table.id)) problems.push({ path: `freightTables.${index}.id`, message: `"${table.id}" is used twice` });
    tables.add(table.id);
  });
  const reference = (path: string, table: string) => {
    if (!tables.has(table)) problems.push({ path, message: `no freight table "${table}" in freightTables` });
  };
  scenario.own.freight.forEach((table, index) => reference(`own.freight.${index}`, table));
  const fixedIds = new Set<string>();
  scenario.own.fixed.forEach((item, index) => {
    if (fixedIds.has(item.id)) problems.push({ path: `own.fixed.${index}.id`, message: `"${item.id}" is used twice` });
    fixedIds.add(item.id);
  });
  const ids = new Set(['own']);
  scenario.quotes.forEach((quote, index) => {
    const at = `quotes.${index}`;
    if (ids.has(quote.id)) problems.push({ path: `${at}.id`, message: `"${quote.id}" is used twice (own is taken by own shipping)` });
    ids.add(quote.id);
    if (quote.price.kind === 'handling') quote.price.freight.forEach((table, n) => reference(`${at}.price.freight.${n}`, table));
    else {
      const forms = [quote.price.priceE4, quote.price.bands, quote.price.table].filter((form) => form !== undefined);
      if (forms.length !== 1) problems.push({ path: `${at}.price`, message: 'an all-in price needs exactly one of priceE4, bands, table' });
      if (quote.price.table !== undefined) reference(`${at}.price.table`, quote.price.table);
      checkAscending(quote.price.bands, `${at}.price.bands`, problems);
    }
    if (quote.validFrom !== undefined && quote.validTo !== undefined && quote.validFrom > quote.validTo) {
      problems.push({ path: `${at}.validTo`, message: 'ends before it begins' });
    }
  });
  checkAscending(scenario.analysis.bandsGrams.map((uptoGrams) => ({ uptoGrams })), 'analysis.bandsGrams', problems);
  const parcels = scenario.parcels;
  if (parcels.kind === 'plan' && (parcels.ordersPerDay === undefined) === (parcels.traffic === undefined)) {
    problems.push({ path: 'parcels', message: 'a plan needs exactly one of ordersPerDay and traffic' });
  }
  if (parcels.kind !== 'plan' && parcels.from > parcels.to) problems.push({ path: 'parcels.to', message: 'the period ends before it begins' });
  for (const [key, value] of Object.entries(scenario.analysis.monteCarlo)) {
    if (typeof value === 'object' && value.lowBp > value.highBp) problems.push({ path: `analysis.monteCarlo.${key}`, message: 'lowBp is above highBp' });
  }
  return problems;
}

function checkAscending(bands: readonly { uptoGrams: number }[] | undefined, path: string, problems: ScenarioProblem[]): void {
  bands?.forEach((band, index) => {
    const before = bands[index - 1];
    if (before && band.uptoGrams <= before.uptoGrams) problems.push({ path: `${path}.${index}`, message: 'weights must rise from band to band' });
  });
}
