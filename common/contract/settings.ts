/** The few settings there are. Each has a default; nothing here that nobody asked for. */
import { z } from 'zod';
import { procedure } from './base.ts';
import { parcelSettingsSchema } from './orders.ts';

export const settingsSchema = z.object({
  /** First start has been answered: sample data accepted or declined. */
  onboarded: z.boolean().default(false),
  /** Name of the person at this station, written on attempts and in the audit trail. */
  operator: z.string().max(40).default(''),
  defaultPrinterId: z.string().nullable().default(null),
  defaultTemplateId: z.string().nullable().default(null),
  /** Merging and deadlines. */
  parcels: parcelSettingsSchema.prefault({}),
  /** Carrier when no rule chooses one; empty: none. */
  carrierFallback: z.string().max(20).default(''),
  /** Changes with every saving of the carrier rules: whoever keeps a copy reads them again. */
  carrierRulesStamp: z.string().max(60).default(''),
  /** Shops whose inbox folder is watched. */
  inboxShops: z.array(z.string()).default([]),
});
export type Settings = z.infer<typeof settingsSchema>;

export const settingsContract = {
  get: procedure.route({ method: 'GET', path: '/settings', tags: ['settings'] }).output(settingsSchema),
  set: procedure.route({ method: 'PATCH', path: '/settings', tags: ['settings'] }).input(settingsSchema.partial()).output(settingsSchema),
};
