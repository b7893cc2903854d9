/** The knobs: every slider, tornado bar and random draw is a set of factors laid over the scenario. */
import { BP, mulDiv } from './money.ts';

/** Basis points of the scenario's own figure; 10000 leaves it as it is. */
export interface Factors {
  /** Parcels. */
  readonly volume: number;
  /** Wage, social insurance, overtime and temporary pay. */
  readonly wage: number;
  /** Fixed items of kind rent. */
  readonly rent: number;
  /** Grams of every parcel. */
  readonly weight: number;
  /** Prices of freight tables: own shipping and quotes with separate freight; all-in prices do not follow the courier's. */
  readonly freight: number;
  /** Share of returned parcels. */
  readonly returns: number;
  /** All-in prices, or handling fees. */
  readonly cloud: number;
}

export const neutral: Factors = { volume: BP, wage: BP, rent: BP, weight: BP, freight: BP, returns: BP, cloud: BP };

export const factorNames = ['volume', 'wage', 'rent', 'weight', 'freight', 'returns', 'cloud'] as const satisfies readonly (keyof Factors)[];

/** An amount under a factor, rounded half up. */
export function scaled(amount: number, factor: number): number {
  return factor === BP || amount === 0 ? amount : mulDiv(amount, factor, BP);
}
