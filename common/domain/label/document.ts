/**
 * The label document: what a template is. A versioned JSON value in micrometres; everything that is drawn is an element.
 * Elements are drawn in the order of the list, later ones over earlier ones.
 */
import { z } from 'zod';
import { conditionSchema } from './conditions.ts';
import { contentSchema } from './content.ts';
import { tableSources } from './fields.ts';
import { fontWeights } from './fonts/font-set.ts';
import { migrateDocument } from './document-migrations.ts';

/** The version this program writes. Older ones are brought up; newer ones are refused by name. */
export const documentVersion = 1;

/** 2 m: longer than any label, short enough that no document can ask for gigabytes of dots. */
export const longestMicrometres = 2_000_000;
const coordinate = z.int().min(-longestMicrometres).max(longestMicrometres);
const length = z.int().min(0).max(longestMicrometres);

const id = z.string().min(1).max(80);
const align = z.enum(['left', 'center', 'right']);
const verticalAlign = z.enum(['top', 'middle', 'bottom']);

export const fontSchema = z.object({
  weight: z.enum(fontWeights).default('regular'),
  size: z.int().min(500).max(60_000).describe('Height of the em in micrometres'),
  spacing: z.int().min(-2_000).max(20_000).default(0).describe('Extra space between characters in micrometres'),
});
export type Font = z.output<typeof fontSchema>;

const base = {
  id,
  name: z.string().max(80).optional().describe('Name in the designer'),
  x: coordinate,
  y: coordinate,
  width: length,
  height: length,
  rotation: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]).default(0).describe('Clockwise; x, y, width, height are the box after the turn'),
  when: conditionSchema.optional(),
  logo: z.enum(['upper', 'lower']).optional().describe('Left out on printers whose paper already has it'),
  locked: z.boolean().optional(),
};

const textLook = {
  content: contentSchema,
  font: fontSchema,
  align: align.default('left'),
  valign: verticalAlign.default('middle'),
  padding: z.int().min(0).max(50_000).default(0),
  reverse: z.boolean().default(false).describe('White on black'),
};

/** What happens to text that is too long: nothing (an error), smaller letters down to a size, or an honest ….  */
const fitSchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('none') }),
    z.object({ kind: z.literal('shrink'), smallest: z.int().min(500).max(60_000), then: z.enum(['none', 'clamp']).default('none') }),
    z.object({ kind: z.literal('clamp') }),
  ])
  .default({ kind: 'none' });
export type Fit = z.output<typeof fitSchema>;

const textElement = z.object({ ...base, ...textLook, type: z.literal('text'), fit: fitSchema });

const paragraphElement = z.object({
  ...base,
  ...textLook,
  type: z.literal('paragraph'),
  valign: verticalAlign.default('top'),
  fit: fitSchema,
  lineHeight: z.int().min(80).max(400).default(120).describe('Percent of the em'),
  maxLines: z.int().min(1).max(500).optional(),
});

const barcodeElement = z.object({
  ...base,
  type: z.literal('barcode'),
  content: contentSchema,
  symbology: z.enum(['code128', 'ean13', 'ean8', 'code39', 'itf14']),
  align: align.default('center'),
  largestModule: z.int().min(100).max(3_000).default(1_000).describe('Widest module in micrometres; the widest whole number of dots that fits is taken'),
  caption: z
    .object({ size: z.int().min(500).max(60_000), weight: z.enum(fontWeights).default('medium'), group: z.int().min(0).max(20).default(0), gap: z.int().min(0).max(10_000).default(400) })
    .optional()
    .describe('The number in letters below the bars'),
  spare: z.boolean().default(false).describe('A second code: where its bars would be too narrow to scan only the number is printed'),
});

const qrElement = z.object({
  ...base,
  type: z.literal('qr'),
  content: contentSchema,
  level: z.enum(['L', 'M', 'Q', 'H']).default('M'),
  largestModule: z.int().min(100).max(3_000).default(1_500),
});

const lineElement = z.object({
  ...base,
  type: z.literal('line'),
  direction: z.enum(['horizontal', 'vertical']),
  thickness: z.int().min(50).max(20_000),
  dash: z.object({ on: z.int().min(100).max(50_000), off: z.int().min(100).max(50_000) }).optional(),
});

const boxElement = z.object({ ...base, type: z.literal('box'), thickness: z.int().min(50).max(20_000).default(250), filled: z.boolean().default(false) });

/** 4 million dots of grey: more than any label has at 600 dpi across its logo. */
export const largestPicture = { side: 4_000, pixels: 4_000_000 } as const;

export const pictureSchema = z
  .object({
    width: z.int().min(1).max(largestPicture.side),
    height: z.int().min(1).max(largestPicture.side),
    grey: z.string().max(8_000_000).describe('zlib data of width × height bytes, 0 black … 255 white, in base64'),
  })
  .refine((picture) => picture.width * picture.height <= largestPicture.pixels, 'picture has too many pixels');
export type Picture = z.output<typeof pictureSchema>;

const imageElement = z.object({
  ...base,
  type: z.literal('image'),
  picture: pictureSchema,
  scaling: z.enum(['contain', 'stretch']).default('contain'),
  method: z.enum(['threshold', 'dither']).default('threshold'),
  threshold: z.int().min(1).max(255).default(128),
});

const columnSchema = z.object({
  content: contentSchema,
  width: z.int().min(0).max(longestMicrometres).describe('Micrometres; 0 takes an equal share of what the others leave'),
  title: z.string().max(40).default(''),
  align: align.default('left'),
  weight: z.enum(fontWeights).default('regular'),
  wrap: z.boolean().default(false),
  scale: z.int().min(50).max(300).optional().describe('Letters of this column in percent of those of the table, e.g. a quantity nobody may overlook'),
  emphasis: z
    .object({ field: z.string().max(100), isNot: z.union([z.string().max(100), z.number()]) })
    .optional()
    .describe('Printed white on black when the field differs from the value, e.g. a quantity that is not 1'),
});
export type TableColumn = z.output<typeof columnSchema>;

const tableElement = z.object({
  ...base,
  type: z.literal('table'),
  source: z.enum(tableSources),
  columns: z.array(columnSchema).min(1).max(12),
  font: fontSchema,
  header: z.boolean().default(false),
  rowGap: z.int().min(0).max(20_000).default(300),
  rules: z.enum(['none', 'rows', 'grid']).default('none'),
  overflow: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('shrink'), smallest: z.int().min(500).max(60_000), then: z.enum(['more', 'none']).default('more') }),
      z.object({ kind: z.literal('more') }),
      z.object({ kind: z.literal('continue') }),
      z.object({ kind: z.literal('grow') }).describe('Only on continuous paper: everything below moves down'),
    ])
    .default({ kind: 'more' }),
  more: z.string().max(60).default('… 另有 {rows} 种 {pieces} 件').describe('{rows} and {pieces} are what is not shown'),
});

const plainElements = [textElement, paragraphElement, barcodeElement, qrElement, lineElement, boxElement, imageElement, tableElement] as const;

export interface GroupElement {
  id: string;
  name?: string;
  type: 'group';
  x: number;
  y: number;
  width: number;
  height: number;
  rotation: 0;
  when?: z.output<typeof conditionSchema>;
  logo?: 'upper' | 'lower';
  locked?: boolean;
  elements: LabelElement[];
}
export type PlainElement = z.output<(typeof plainElements)[number]>;
export type LabelElement = PlainElement | GroupElement;
export type TextElement = z.output<typeof textElement>;
export type ParagraphElement = z.output<typeof paragraphElement>;
export type BarcodeElement = z.output<typeof barcodeElement>;
export type QrElement = z.output<typeof qrElement>;
export type LineElement = z.output<typeof lineElement>;
export type BoxElement = z.output<typeof boxElement>;
export type ImageElement = z.output<typeof imageElement>;
export type TableElement = z.output<typeof tableElement>;

/** What an author writes: values with a default may be left out. */
export type PlainElementInput = z.input<(typeof plainElements)[number]>;
export type GroupElementInput = Omit<GroupElement, 'rotation' | 'elements'> & { rotation?: 0; elements: LabelElementInput[] };
export type LabelElementInput = PlainElementInput | GroupElementInput;

export const elementSchema: z.ZodType<LabelElement, LabelElementInput> = z.lazy(() => z.discriminatedUnion('type', [...plainElements, groupElement]));
/** Positions inside a group count from its top left corner; a group itself is not turned. */
const groupElement = z.object({ ...base, rotation: z.literal(0).default(0), type: z.literal('group'), elements: z.array(z.lazy((): z.ZodType<LabelElement, LabelElementInput> => elementSchema)).max(500) });

export const mediaSchema = z.object({
  width: z.int().min(10_000).max(400_000),
  height: z.int().min(5_000).max(longestMicrometres),
  cutLines: z.array(z.int().min(0).max(longestMicrometres)).max(10).default([]).describe('Perforations and cuts across the label, micrometres from the top'),
  continuous: z.boolean().default(false).describe('Receipt rolls: the label ends below its last ink, height is the most it may be'),
  underlay: pictureSchema.optional().describe('What the paper has printed on it already: shown in the designer, never printed'),
  bottomMargin: z.int().min(0).max(100_000).default(5_000).describe('White below the last ink on continuous paper'),
});

export const documentSchema = z.object({
  format: z.literal('packbench-label'),
  version: z.literal(documentVersion),
  name: z.string().min(1).max(80),
  purpose: z.enum(['waybill', 'return', 'item', 'pick', 'packing', 'handover', 'other']).default('waybill'),
  media: mediaSchema,
  privacy: z.enum(['masked', 'internal']).default('masked').describe('masked: personal fields must pass a mask; internal: paper that never leaves the shop'),
  repeat: z.enum(tableSources).optional().describe('One label for every row of this list, e.g. one item label per item'),
  elements: z.array(elementSchema).max(500),
});
export type LabelDocument = z.output<typeof documentSchema>;
export type LabelDocumentInput = z.input<typeof documentSchema>;

export type DocumentReading =
  | { readonly ok: true; readonly document: LabelDocument }
  | { readonly ok: false; readonly reason: 'newer'; readonly version: number; readonly supported: number }
  | { readonly ok: false; readonly reason: 'not_a_label' }
  | { readonly ok: false; readonly reason: 'invalid'; readonly issues: readonly { readonly path: string; readonly message: string }[] };

/** Reads a document of any version this program knows; never throws. */
export function readDocument(value: unknown): DocumentReading {
  const migrated = migrateDocument(value, documentVersion);
  if (!migrated.ok) return migrated;
  const parsed = documentSchema.safeParse(migrated.value);
  if (!parsed.success) {
    const issues = parsed.error.issues.slice(0, 50).map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
    return { ok: false, reason: 'invalid', issues };
  }
  const repeated = repeatedIds(parsed.data.elements);
  if (repeated.length > 0) return { ok: false, reason: 'invalid', issues: repeated.map((one) => ({ path: 'elements', message: `element id ${one} is used twice` })) };
  return { ok: true, document: parsed.data };
}

function repeatedIds(elements: readonly LabelElement[]): string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const element of allElements(elements)) {
    if (seen.has(element.id)) twice.add(element.id);
    seen.add(element.id);
  }
  return [...twice];
}

/** Elements and those inside groups, in drawing order. */
export function allElements(elements: readonly LabelElement[]): LabelElement[] {
  return elements.flatMap((element) => (element.type === 'group' ? [element, ...allElements(element.elements)] : [element]));
}

/** Writes a document of this program's version from what an author gives; throws a ZodError for one that is not valid. */
export function defineDocument(input: LabelDocumentInput): LabelDocument {
  return documentSchema.parse(input);
}
