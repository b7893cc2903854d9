/** The shape of a freight table 运费表. How it is priced: `freight.ts`; what is wrong with it: `freight-check.ts`. */
import { z } from 'zod';
import { e4, grams, id, isoDate, name } from './basics.ts';

/** First weight and additional weight (首重 + 续重). */
export const firstAdditionalSchema = z.strictObject({
  kind: z.literal('first-additional'),
  firstGrams: grams.min(1).describe('weight the first price covers'),
  firstE4: e4,
  stepGrams: grams.min(1).describe('size of one additional step'),
  stepE4: e4.describe('price of one additional step'),
  rounding: z
    .enum(['up', 'nearest', 'exact'])
    .default('up')
    .describe('how weight above the first weight becomes steps: every begun step / nearest step / pro rata to the gram'),
  allowanceGrams: grams.default(0).describe('weight given away before another step begins (1.05 kg counted as 1 kg)'),
});

/** A price per weight band; above the last band either steps or no price. */
export const bandsSchema = z.strictObject({
  kind: z.literal('bands'),
  bands: z.array(z.strictObject({ uptoGrams: grams.min(1), priceE4: e4 })).min(1).max(60),
  over: z.strictObject({ stepGrams: grams.min(1), stepE4: e4 }).optional().describe('each begun step above the last band'),
});

export const fixedSchema = z.strictObject({ kind: z.literal('fixed'), priceE4: e4 });

export const freightPriceSchema = z.discriminatedUnion('kind', [firstAdditionalSchema, bandsSchema, fixedSchema]);
export type FreightPrice = z.infer<typeof freightPriceSchema>;

export const freightRuleSchema = z.strictObject({
  name: z.string().trim().max(60).optional(),
  provinces: z.array(z.string().trim().min(1)).max(40).default([]),
  cities: z.array(z.string().trim().min(1)).max(400).default([]).describe('"浙江/杭州" or "杭州"; a city rule goes before a province rule'),
  price: freightPriceSchema,
  validFrom: isoDate.optional(),
  validTo: isoDate.optional(),
});
export type FreightRule = z.infer<typeof freightRuleSchema>;

export const surchargeSchema = z.strictObject({
  name: z.string().trim().max(60).optional(),
  provinces: z.array(z.string().trim().min(1)).max(40).default([]),
  cities: z.array(z.string().trim().min(1)).max(400).default([]),
  addE4: e4.default(0).describe('per parcel'),
  perKgE4: e4.default(0).describe('per begun kilogram'),
  validFrom: isoDate.optional(),
  validTo: isoDate.optional(),
});
export type Surcharge = z.infer<typeof surchargeSchema>;

export const freightTableSchema = z.strictObject({
  id,
  name,
  carrier: z.string().trim().max(40).optional(),
  example: z.boolean().default(false).describe('figures are examples nobody has replaced yet'),
  validFrom: isoDate.optional(),
  validTo: isoDate.optional(),
  volumetricDivisor: z.int().min(1).max(100_000).optional().describe('cm³ per kg (6000, 8000, 12000); volumetric weight is used when it is larger'),
  rules: z.array(freightRuleSchema).max(500).default([]),
  nationwide: freightPriceSchema.optional().describe('any province without a rule of its own'),
  fallback: freightPriceSchema.optional().describe('when the province is unknown; its use is reported'),
  surcharges: z.array(surchargeSchema).max(100).default([]).describe('remote areas and the like; all that match are added'),
  notServed: z.array(z.string().trim().min(1)).max(400).default([]).describe('provinces or cities without service'),
});
export type FreightTable = z.infer<typeof freightTableSchema>;
export type FreightTableInput = z.input<typeof freightTableSchema>;
