/** What the frame always tells: printer, numbers left, labels unknown, long jobs. */
import { z } from 'zod';
import { procedure } from './base.ts';

export const runningJobSchema = z.object({
  jobId: z.string(),
  printerName: z.string(),
  done: z.number().int(),
  total: z.number().int(),
  state: z.enum(['running', 'stopped']),
});

export const systemStatusSchema = z.object({
  version: z.string(),
  /** The printer new labels go to, with the last state heard; null before one exists. */
  printer: z.object({ id: z.string(), name: z.string(), condition: z.string() }).nullable(),
  numbersLeft: z.number().int(),
  /** Days the numbers last at the rate of the last seven days; null when nothing was used. */
  daysLeft: z.number().int().nullable(),
  unknownLabels: z.number().int(),
  jobs: z.array(runningJobSchema),
  /** True until the first start was answered. */
  fresh: z.boolean(),
});
export type SystemStatus = z.infer<typeof systemStatusSchema>;

export const systemContract = {
  status: procedure.route({ method: 'GET', path: '/system/status', tags: ['system'] }).output(systemStatusSchema),
  /** Fills an empty data folder with a sample shop, orders, numbers and a virtual printer. */
  acceptSamples: procedure.route({ method: 'POST', path: '/system/samples', tags: ['system'] }).output(z.object({ orders: z.number().int(), printerId: z.string() })),
  /** Declines the samples; nothing is left behind. */
  declineSamples: procedure.route({ method: 'POST', path: '/system/samples/decline', tags: ['system'] }).output(z.object({})),
};
