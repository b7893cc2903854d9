/** What changed, as topics: a screen that shows a topic asks again. */
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from './base.ts';

export const topics = ['shops', 'addresses', 'items', 'orders', 'parcels', 'waybills', 'attempts', 'stations', 'templates', 'printers', 'costs', 'routing', 'settings'] as const;
export type Topic = (typeof topics)[number];

export const changeSchema = z.object({ seq: z.number().int(), topics: z.array(z.enum(topics)) });
export type Change = z.infer<typeof changeSchema>;

export const eventsContract = {
  /**
   * Changes after `after`; 0 starts with now. When the core no longer knows how far back `after` lies (it restarted), the first
   * event names every topic.
   */
  changes: procedure.input(z.object({ after: z.number().int().min(0).default(0) })).output(eventIterator(changeSchema)),
};
