/** Templates 模板: drafts are edited, only a published version prints, every version is kept. */
import { z } from 'zod';
import { documentSchema } from '../domain/label/document.ts';
import { choiceReasons } from '../domain/templates/parcel-choice.ts';
import { scopeSchema } from '../domain/templates/scope.ts';
import { procedure } from './base.ts';

const purposes = documentSchema.shape.purpose;

export const templateSchema = z.object({
  id: z.string(),
  name: z.string(),
  purpose: z.enum(['waybill', 'return', 'item', 'pick', 'packing', 'handover', 'other']),
  scope: scopeSchema,
  /** Built-in ones cannot be changed; a copy can. */
  builtin: z.boolean(),
  /** Micrometres. */
  width: z.number().int(),
  height: z.number().int(),
  continuous: z.boolean(),
  /** Version that prints now; null for one that was never published. */
  versionId: z.string().nullable(),
  versionNumber: z.number().int(),
  publishedAt: z.string().nullable(),
  publishedBy: z.string(),
  /** True when the draft differs from what prints. */
  changed: z.boolean(),
  archivedAt: z.string().nullable(),
  updatedAt: z.string(),
});
export type Template = z.infer<typeof templateSchema>;

export const findingSchema = z.object({
  severity: z.enum(['error', 'warning', 'info']),
  code: z.string(),
  element: z.string(),
  message: z.string(),
  /** Data set and resolution it was first seen with. */
  sample: z.string(),
  dpi: z.number().int(),
  /** Shop and order numbers of the parcel of the day that showed it; empty where a sample did. */
  order: z.string(),
  data: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});

export const versionSchema = z.object({
  id: z.string(),
  number: z.number().int(),
  note: z.string(),
  operator: z.string(),
  publishedAt: z.string(),
  /** Version whose document this one took over again. */
  rolledBackTo: z.number().int().nullable(),
  current: z.boolean(),
});
export type TemplateVersion = z.infer<typeof versionSchema>;

const holderSchema = z.object({ editor: z.string(), operator: z.string(), station: z.string(), since: z.string() });
export type DraftHolder = z.infer<typeof holderSchema>;

/** The document travels as JSON and is read by `readDocument` on both sides, so that a newer one is refused by name. */
const documentJson = z.record(z.string(), z.unknown());

export const draftSchema = z.object({
  template: templateSchema,
  document: documentJson,
  rev: z.number().int(),
  savedAt: z.string().nullable(),
  /** Who edits it; null when nobody else does. */
  heldBy: holderSchema.nullable(),
  /** Published document, to show the differences. */
  published: documentJson.nullable(),
});
export type TemplateDraft = z.infer<typeof draftSchema>;

export const pictureSchema = z.object({ png: z.string(), widthDots: z.number().int(), heightDots: z.number().int() });

/** Logos a printer prints: paper may have its own. */
const logosSchema = z.object({ upper: z.boolean(), lower: z.boolean() });
export type Logos = z.infer<typeof logosSchema>;

/** Something an imported file had and the template has not. */
export const notTakenSchema = z.object({ what: z.string(), where: z.string(), why: z.string() });
export type NotTaken = z.infer<typeof notTakenSchema>;

/** A parcel that waits for its label, as data of the designer; recipients masked. One that is not made yet goes by the id of its order. */
export const parcelOfTheDaySchema = z.object({ id: z.string(), name: z.string(), data: z.record(z.string(), z.unknown()), why: z.array(z.enum(choiceReasons)) });
export type ParcelOfTheDay = z.infer<typeof parcelOfTheDaySchema>;

const byId = z.object({ id: z.string() });
/** Name of the open editor, made by the page: two windows of one station are two editors. */
const editor = z.string().min(1).max(80);

export const templatesContract = {
  list: procedure.route({ method: 'GET', path: '/templates', tags: ['templates'] }).input(z.object({ archived: z.coerce.boolean().default(false) })).output(z.array(templateSchema)),
  create: procedure
    .route({ method: 'POST', path: '/templates', tags: ['templates'] })
    .input(
      z.object({
        name: z.string().trim().min(1).max(80),
        purpose: purposes.optional(),
        /** Micrometres; needed unless copied. */
        media: z.object({ width: z.number().int(), height: z.number().int(), cutLines: z.array(z.number().int()).default([]), continuous: z.boolean().default(false) }).optional(),
        copyOf: z.string().optional(),
      }),
    )
    .output(templateSchema),
  update: procedure
    .route({ method: 'PATCH', path: '/templates/{id}', tags: ['templates'] })
    .input(byId.extend({ name: z.string().trim().min(1).max(80).optional(), scope: scopeSchema.optional(), archived: z.boolean().optional() }))
    .output(templateSchema),
  /** The draft for an editor. `takeOver` ends another editor's hold; without it the other one is named in `heldBy`. */
  openDraft: procedure.route({ method: 'POST', path: '/templates/{id}/draft', tags: ['templates'] }).input(byId.extend({ editor, takeOver: z.boolean().default(false) })).output(draftSchema),
  /** Autosave. Errors: DRAFT_HELD when another editor took over, CONFLICT when `rev` is not the last one, DOCUMENT_NEWER, DOCUMENT_INVALID. */
  saveDraft: procedure
    .route({ method: 'PUT', path: '/templates/{id}/draft', tags: ['templates'] })
    .input(byId.extend({ editor, rev: z.number().int(), document: documentJson }))
    .output(z.object({ rev: z.number().int(), savedAt: z.string(), changed: z.boolean() })),
  closeDraft: procedure.route({ method: 'POST', path: '/templates/{id}/draft/close', tags: ['templates'] }).input(byId.extend({ editor })).output(z.object({})),
  /** Back to what is published. */
  discardDraft: procedure.route({ method: 'DELETE', path: '/templates/{id}/draft', tags: ['templates'] }).input(byId.extend({ editor })).output(draftSchema),
  /** What would refuse a publication, and as warnings what parcels of the day would show. */
  check: procedure.route({ method: 'POST', path: '/templates/{id}/check', tags: ['templates'] }).input(byId).output(z.array(findingSchema)),
  /** Effective at once for new prints. Errors: TEMPLATE_FAULTY with what to cure. */
  publish: procedure.route({ method: 'POST', path: '/templates/{id}/publish', tags: ['templates'] }).input(byId.extend({ editor: editor.optional(), note: z.string().max(400).default('') })).output(versionSchema),
  versions: procedure.route({ method: 'GET', path: '/templates/{id}/versions', tags: ['templates'] }).input(byId).output(z.array(versionSchema)),
  /** The document of one version. */
  version: procedure.route({ method: 'GET', path: '/templates/versions/{versionId}', tags: ['templates'] }).input(z.object({ versionId: z.string() })).output(z.object({ templateId: z.string(), version: versionSchema, document: documentJson })),
  /** A former version prints again, as a new version. */
  rollBack: procedure.route({ method: 'POST', path: '/templates/{id}/rollback', tags: ['templates'] }).input(byId.extend({ editor: editor.optional(), versionId: z.string(), note: z.string().max(400).default('') })).output(versionSchema),
  /** Picture of what prints (or of a draft never published) with sample data. */
  picture: procedure
    .route({ method: 'GET', path: '/templates/{id}/picture', tags: ['templates'] })
    .input(byId.extend({ versionId: z.string().optional(), sample: z.enum(['typical', 'longest', 'rare']).default('typical'), dpi: z.coerce.number().int().default(203) }))
    .output(pictureSchema),
  /** Two versions and their difference; `before` or `after` left out means the draft, `logos` left out means both. Red is new ink, blue is ink that is gone. */
  compare: procedure
    .route({ method: 'POST', path: '/templates/{id}/compare', tags: ['templates'] })
    .input(byId.extend({ before: z.string().optional(), after: z.string().optional(), sample: z.enum(['typical', 'longest', 'rare']).default('typical'), logos: logosSchema.optional() }))
    .output(z.object({ before: pictureSchema, after: pictureSchema, difference: pictureSchema, changedDots: z.number().int() })),
  exportFile: procedure.route({ method: 'GET', path: '/templates/{id}/file', tags: ['templates'] }).input(byId).output(z.object({ fileName: z.string(), text: z.string() })),
  /** A file of ours, or a Cainiao-language template or custom area: the safe subset, with everything that was not taken over. */
  importFile: procedure
    .route({ method: 'POST', path: '/templates/import', tags: ['templates'] })
    .input(z.object({ fileName: z.string().max(200), text: z.string().max(20_000_000) }))
    .output(z.object({ template: templateSchema, notTaken: z.array(notTakenSchema) })),
  /** Parcels to print that this template is for, to look at it with: the hardest ones and those that must leave first, each with why it is there. */
  realData: procedure.route({ method: 'GET', path: '/templates/{id}/real-data', tags: ['templates'] }).input(byId).output(z.array(parcelOfTheDaySchema)),
  /**
   * One label of the saved draft on a printer: sample data, or a parcel of the day with a number no carrier knows and a band that says it is a
   * sample. No number is used, nothing is noted of its orders.
   */
  testPrint: procedure
    .route({ method: 'POST', path: '/templates/{id}/test-print', tags: ['templates'] })
    .input(byId.extend({ printerId: z.string(), sample: z.enum(['typical', 'longest', 'rare']).default('typical'), parcelId: z.string().optional() }))
    .output(z.object({ sent: z.boolean() })),
};
