/** Field types the scenario's schemas share. Limits are far beyond any real contract: they catch slipped decimals, not habits. */
import { z } from 'zod';

/** Amounts up to 100 million yuan. */
export const fen = z.int().min(0).max(10_000_000_000).describe('amount in fen (1/100 yuan)');
/** Unit prices up to 100,000 yuan. */
export const e4 = z.int().min(0).max(1_000_000_000).describe('unit price in 1/10000 yuan (2.80 yuan = 28000)');
export const basisPoints = z.int().min(0).max(10_000).describe('basis points (1 % = 100)');
export const grams = z.int().min(0).max(1_000_000).describe('grams');
export const isoDate = z.iso.date().describe('date, YYYY-MM-DD');
export const isoMonth = z
  .string()
  .regex(/^\d{4}-(?:0[1-9]|1[0-2])$/u)
  .describe('month, YYYY-MM');
export const id = z.string().trim().min(1).max(60);
/** One text for both languages, or one per language. */
export const name = z.union([z.string().trim().min(1).max(120), z.strictObject({ 'zh-CN': z.string().min(1).max(120), en: z.string().min(1).max(120) })]);

export type Name = z.infer<typeof name>;
export type Language = 'zh-CN' | 'en';

/** A text that exists in both languages. */
export interface Bilingual {
  readonly 'zh-CN': string;
  readonly en: string;
}

/** The name in one language. */
export function nameIn(value: Name, language: Language): string {
  return typeof value === 'string' ? value : value[language];
}

/** The name in both languages. */
export function bothNames(value: Name): Bilingual {
  return typeof value === 'string' ? { 'zh-CN': value, en: value } : value;
}
