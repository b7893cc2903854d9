/** The whole contract: one key per feature. Both doors, the browser client and the OpenAPI document are made from it. */
import { addressesContract } from './addresses.ts';
import { attemptsContract } from './attempts.ts';
import { costsContract } from './costs.ts';
import { eventsContract } from './events.ts';
import { filesContract } from './files.ts';
import { itemsContract } from './items.ts';
import { ordersContract, parcelsContract } from './orders.ts';
import { printersContract } from './printers.ts';
import { billsContract, routingContract } from './routing.ts';
import { printingContract } from './printing.ts';
import { settingsContract } from './settings.ts';
import { shopsContract } from './shops.ts';
import { stationsContract } from './stations.ts';
import { waybillsContract } from './waybills.ts';
import { systemContract } from './system.ts';
import { templatesContract } from './templates.ts';

export const contract = {
  addresses: addressesContract,
  attempts: attemptsContract,
  bills: billsContract,
  costs: costsContract,
  events: eventsContract,
  files: filesContract,
  items: itemsContract,
  orders: ordersContract,
  parcels: parcelsContract,
  printers: printersContract,
  printing: printingContract,
  routing: routingContract,
  settings: settingsContract,
  shops: shopsContract,
  stations: stationsContract,
  waybills: waybillsContract,
  system: systemContract,
  templates: templatesContract,
};
export type Contract = typeof contract;
