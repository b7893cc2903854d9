/** The whole contract: one key per feature. Both doors, the browser client and the OpenAPI document are made from it. */
import { shopsContract } from './shops.ts';

export const contract = {
  shops: shopsContract,
};
export type Contract = typeof contract;
