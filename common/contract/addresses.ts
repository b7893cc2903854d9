/** Sender addresses 常用地址, and reading pasted ones. */
import { z } from 'zod';
import { addressFields, addressProblems, ambiguityReasons, doubtReasons, longestDetail } from '../domain/addresses/types.ts';
import { procedure } from './base.ts';

const id = z.string().min(1).max(80);
const line = (most: number) => z.string().trim().max(most);

export const addressInputSchema = z.object({
  label: line(40).default(''),
  contact: line(40),
  company: line(60).default(''),
  phone: line(24),
  extension: line(6).default(''),
  privacyPhone: line(24).default(''),
  province: line(30),
  city: line(30),
  district: line(30).default(''),
  town: line(30).default(''),
  detail: line(longestDetail),
  postcode: line(6).default(''),
  note: line(200).default(''),
});
export type AddressInput = z.infer<typeof addressInputSchema>;

export const purposes = ['send', 'return'] as const;
export const scopes = ['all', 'shop', 'account'] as const;

export const usedBySchema = z.object({ scope: z.enum(scopes), scopeId: z.string(), name: z.string(), purpose: z.enum(purposes) });
export type AddressUse = z.infer<typeof usedBySchema>;

export const senderAddressSchema = addressInputSchema.required().extend({
  id: z.string(),
  archivedAt: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
  usedBy: z.array(usedBySchema),
});
export type SenderAddress = z.infer<typeof senderAddressSchema>;

export const findingSchema = z.object({
  field: z.enum(['contact', 'phone', 'extension', 'privacyPhone', 'province', 'city', 'district', 'town', 'detail', 'postcode']),
  problem: z.enum(addressProblems),
  severity: z.enum(['error', 'warning']),
  text: z.string(),
});

export const parsedAddressSchema = z.object({
  name: z.string(),
  phone: z.string(),
  extension: z.string(),
  phone2: z.string().optional(),
  province: z.string(),
  city: z.string(),
  district: z.string(),
  town: z.string(),
  detail: z.string(),
  note: z.string(),
  postcode: z.string().optional(),
  confidence: z.number(),
  ambiguities: z.array(z.object({ field: z.enum(addressFields), reason: z.enum(ambiguityReasons), text: z.string(), candidates: z.array(z.string()) })),
  doubts: z.array(z.object({ field: z.enum(addressFields), reason: z.enum(doubtReasons), text: z.string() })),
});

export const addressImportSchema = z.object({
  rows: z.number().int(),
  added: z.number().int(),
  changed: z.number().int(),
  same: z.number().int(),
  rejected: z.array(z.object({ row: z.number().int(), findings: z.array(findingSchema) })),
});

/** A recipient of before, masked. */
export const recentRecipientSchema = z.object({ id: z.string(), name: z.string(), phone: z.string(), place: z.string(), detail: z.string(), lastAt: z.string() });

export const placeSchema = z.object({ name: z.string(), zone: z.boolean(), more: z.boolean() });

const tags = ['addresses'];

export const addressesContract = {
  list: procedure
    .route({ method: 'GET', path: '/addresses', tags })
    /** Words, pinyin or initials; `archived` gives the archived ones instead. */
    .input(z.object({ search: z.string().max(100).default(''), archived: z.coerce.boolean().default(false) }))
    .output(z.array(senderAddressSchema)),
  get: procedure.route({ method: 'GET', path: '/addresses/{id}', tags }).input(z.object({ id })).output(senderAddressSchema),
  create: procedure.route({ method: 'POST', path: '/addresses', tags }).input(addressInputSchema).output(senderAddressSchema),
  update: procedure.route({ method: 'PATCH', path: '/addresses/{id}', tags }).input(addressInputSchema.partial().extend({ id })).output(senderAddressSchema),
  /** Takes it out of every list. Refused with ADDRESS_IN_USE while something is sent from it or returned to it. */
  archive: procedure.route({ method: 'POST', path: '/addresses/{id}/archive', tags }).input(z.object({ id, archived: z.boolean().default(true) })).output(senderAddressSchema),
  /** Deletes one that was never used; others are archived. */
  remove: procedure.route({ method: 'DELETE', path: '/addresses/{id}', tags }).input(z.object({ id })).output(z.object({})),
  setDefault: procedure
    .route({ method: 'PUT', path: '/addresses/defaults', tags })
    /** `scopeId`: shop or waybill account; `addressId` null takes the default away. */
    .input(z.object({ scope: z.enum(scopes), scopeId: z.string().default(''), purpose: z.enum(purposes).default('send'), addressId: z.string().nullable() }))
    .output(z.array(usedBySchema.extend({ addressId: z.string() }))),
  defaults: procedure.route({ method: 'GET', path: '/addresses/defaults', tags }).output(z.array(usedBySchema.extend({ addressId: z.string() }))),
  check: procedure.route({ method: 'POST', path: '/addresses/check', tags }).input(addressInputSchema).output(z.array(findingSchema)),
  /** Recipients of a pasted text; goods written beside one are a guess. */
  parse: procedure
    .route({ method: 'POST', path: '/addresses/parse', tags })
    .input(z.object({ text: z.string().max(200_000) }))
    .output(z.object({ recipients: z.array(z.object({ text: z.string(), address: parsedAddressSchema, goods: z.array(z.object({ title: z.string(), spec: z.string(), quantity: z.number().int() })) })) })),
  /** What lies in a division: provinces for an empty path, else cities, districts or towns. */
  places: procedure.route({ method: 'GET', path: '/addresses/places', tags }).input(z.object({ path: z.string().max(120).default('') })).output(z.array(placeSchema)),
  /** Provinces, their cities, their districts: the official tables for linked pickers. */
  divisions: procedure.route({ method: 'GET', path: '/addresses/divisions', tags }).output(z.array(z.object({ name: z.string(), cities: z.array(z.object({ name: z.string(), districts: z.array(z.string()) })) }))),
  export: procedure.route({ method: 'GET', path: '/addresses/export', tags }).output(z.object({ name: z.string(), text: z.string() })),
  import: procedure
    .route({ method: 'POST', path: '/addresses/import', tags })
    .input(z.object({ text: z.string().max(5_000_000), dryRun: z.boolean().default(false) }))
    .output(addressImportSchema),
  /** Recipients of earlier parcels for a manual order, latest first. */
  recent: procedure
    .route({ method: 'GET', path: '/addresses/recent', tags })
    .input(z.object({ search: z.string().max(60).default(''), limit: z.coerce.number().int().min(1).max(100).default(20) }))
    .output(z.array(recentRecipientSchema)),
};
