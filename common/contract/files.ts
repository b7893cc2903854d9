/**
 * Files on their way in: a page hands over bytes in pieces and gets an id that imports take. The same over both doors, with
 * bounded messages; no procedure ever takes a path from a page.
 */
import { z } from 'zod';
import { procedure } from './base.ts';

export const largestFileBytes = 100_000_000;
/** Raw bytes of one piece; base64 of it stays well below the message limit of the socket. */
export const pieceBytes = 512 * 1024;

export const filesContract = {
  begin: procedure
    .route({ method: 'POST', path: '/files', tags: ['files'] })
    .input(z.object({ name: z.string().min(1).max(255), size: z.number().int().min(0).max(largestFileBytes) }))
    .output(z.object({ fileId: z.string() })),
  append: procedure
    .route({ method: 'POST', path: '/files/{fileId}/pieces', tags: ['files'] })
    .input(z.object({ fileId: z.string(), offset: z.number().int().min(0), base64: z.string().max(pieceBytes * 2) }))
    .output(z.object({ received: z.number().int() })),
  /**
   * An uploaded csv, tsv, xlsx or xls as text that every import of a table takes: cells between tabs, record n on line n, blank ones
   * included. Read in the worker with its limits; records that could not be taken apart are told and their line is empty.
   * Errors: FILE_REFUSED.
   */
  readTable: procedure
    .route({ method: 'POST', path: '/files/{fileId}/table', tags: ['files'] })
    .input(z.object({ fileId: z.string(), sheet: z.string().max(200).optional(), language: z.enum(['zh-CN', 'en']).default('zh-CN') }))
    .output(z.object({ text: z.string(), rows: z.number().int(), sheet: z.string().nullable(), sheets: z.array(z.string()), rejected: z.array(z.object({ row: z.number().int(), line: z.number().int(), reason: z.string() })) })),
  drop: procedure.route({ method: 'DELETE', path: '/files/{fileId}', tags: ['files'] }).input(z.object({ fileId: z.string() })).output(z.object({})),
};
