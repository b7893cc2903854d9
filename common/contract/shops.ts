/** Shops 店铺: seller accounts on a platform, or offline ones. */
import { z } from 'zod';
import { procedure } from './base.ts';

export const platforms = ['taobao', 'pdd', 'douyin', 'jd', '1688', 'kuaishou', 'xiaohongshu', 'youzan', 'offline'] as const;
export const platformSchema = z.enum(platforms);
export type Platform = z.infer<typeof platformSchema>;

export const shopSchema = z.object({
  id: z.string(),
  name: z.string(),
  platform: platformSchema,
  senderAddressId: z.string().nullable(),
  archivedAt: z.string().nullable(),
  createdAt: z.string(),
});
export type Shop = z.infer<typeof shopSchema>;

const shopInput = z.object({
  name: z.string().trim().min(1).max(60),
  platform: platformSchema,
  senderAddressId: z.string().nullable().default(null),
});

export const shopsContract = {
  list: procedure
    .route({ method: 'GET', path: '/shops', tags: ['shops'] })
    .input(z.object({ archived: z.coerce.boolean().default(false) }))
    .output(z.array(shopSchema)),
  create: procedure.route({ method: 'POST', path: '/shops', tags: ['shops'] }).input(shopInput).output(shopSchema),
  update: procedure
    .route({ method: 'PATCH', path: '/shops/{id}', tags: ['shops'] })
    .input(shopInput.partial().extend({ id: z.string(), archived: z.boolean().optional() }))
    .output(shopSchema),
};
