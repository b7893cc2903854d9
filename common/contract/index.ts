/** The whole contract: one key per feature. Both doors, the browser client and the OpenAPI document are made from it. */
import { eventsContract } from './events.ts';
import { filesContract } from './files.ts';
import { settingsContract } from './settings.ts';
import { shopsContract } from './shops.ts';

export const contract = {
  events: eventsContract,
  files: filesContract,
  settings: settingsContract,
  shops: shopsContract,
};
export type Contract = typeof contract;
