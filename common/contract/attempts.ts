/** Print attempts 打印记录: what is known of every label, what is not, and how a person settles it. */
import { z } from 'zod';
import { attemptStates } from '../domain/waybills/attempts.ts';
import { procedure } from './base.ts';

export const attemptSchema = z.object({
  id: z.string(), jobId: z.string(), position: z.number(), parcelId: z.string(), number: z.string(), printerId: z.string(), templateVersionId: z.string(),
  attemptNo: z.number(), mark: z.number(), reprintOf: z.string().nullable(), reason: z.string(), approvedBy: z.string().nullable(), state: z.enum(attemptStates),
  sha256: z.string().nullable(), byteCount: z.number().nullable(), evidence: z.array(z.looseObject({ kind: z.string() })), detail: z.string(), operator: z.string(), stationId: z.string(),
  createdAt: z.string(), sendingAt: z.string().nullable(), sentAt: z.string().nullable(), settledAt: z.string().nullable(), settledBy: z.string().nullable(),
});
export type Attempt = z.infer<typeof attemptSchema>;

export const jobSchema = z.object({
  id: z.string(), name: z.string(), printerId: z.string(), templateVersionId: z.string(), total: z.number(), state: z.enum(['open', 'done', 'stopped', 'cancelled']), reason: z.string(),
  operator: z.string(), stationId: z.string(), createdAt: z.string(), endedAt: z.string().nullable(), counts: z.record(z.string(), z.number()),
});
export type PrintJob = z.infer<typeof jobSchema>;

/** One batch with labels nobody knows about: the last one known to be good stands beside them. */
export const doubtSchema = z.object({ job: jobSchema, lastGood: attemptSchema.nullable(), doubtful: z.array(attemptSchema), notSent: z.number() });
export type Doubt = z.infer<typeof doubtSchema>;

export const outcomes = ['confirmed', 'not_printed'] as const;
const number = z.string().trim().min(1).max(60);
const settled = z.object({ confirmed: z.number(), notPrinted: z.number(), left: z.number() });
const route = (method: 'GET' | 'POST', path: `/${string}`) => procedure.route({ method, path, tags: ['attempts'] });

export const attemptsContract = {
  list: route('GET', '/attempts')
    .input(z.object({
      number: z.string().max(60).optional(), parcelId: z.string().optional(), jobId: z.string().optional(), state: z.enum(attemptStates).optional(), before: z.string().optional(),
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }))
    .output(z.array(attemptSchema)),
  get: route('GET', '/attempts/{id}')
    .input(z.object({ id: z.string() }))
    .output(attemptSchema.extend({ steps: z.array(z.object({ from: z.string(), to: z.string(), at: z.string(), by: z.string(), detail: z.string() })) })),
  jobs: route('GET', '/attempts/jobs').input(z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) })).output(z.array(jobSchema)),
  /** Everything that waits for a person, batch by batch. */
  uncertain: route('GET', '/attempts/uncertain').output(z.array(doubtSchema)),
  /** A person's word on one label. */
  settle: route('POST', '/attempts/{id}/settle').input(z.object({ id: z.string(), outcome: z.enum(outcomes), note: z.string().trim().max(200).default('') })).output(attemptSchema),
  /** The last label that came out settles its whole batch: it and all before are confirmed, all after did not come out. */
  settleByLast: route('POST', '/attempts/settle-by-last').input(z.object({ number, jobId: z.string().optional() })).output(settled.extend({ jobId: z.string() })),
  /** Nothing of the batch came out, or all of it did. */
  settleJob: route('POST', '/attempts/jobs/{jobId}/settle').input(z.object({ jobId: z.string(), outcome: z.enum(outcomes) })).output(settled),
  /** Scan of a label at packing: confirms it, and raises the alarm when it was seen before or is not the expected one. */
  scan: route('POST', '/attempts/scan')
    .input(z.object({ number, parcelId: z.string().optional() }))
    .output(z.object({ outcome: z.enum(['confirmed', 'seen_before', 'under_way', 'other_parcel', 'void', 'unknown_number', 'not_printed_here']), number: z.string(), parcelId: z.string().nullable(), attemptId: z.string().nullable(), seenAt: z.string().nullable() })),
  rights: route('GET', '/attempts/rights').output(z.object({ reprint: z.enum(['allowed', 'reason', 'pin']), pinSet: z.boolean() })),
  setRights: route('POST', '/attempts/rights')
    .input(z.object({ reprint: z.enum(['allowed', 'reason', 'pin']), pin: z.string().regex(/^\d{4,12}$/).optional() }))
    .output(z.object({ reprint: z.enum(['allowed', 'reason', 'pin']), pinSet: z.boolean() })),
};
