/** Station 扫描: what a scan was, what is packed, and what goes to the courier. */
import { z } from 'zod';
import { procedure } from './base.ts';
import { flagSchema } from './orders.ts';

const int = z.number().int();
const text = z.string();

const cardLineSchema = z.object({ name: text, sku: text, location: text, needed: int.nullable(), counted: int });

/** One parcel as the packer sees it; the receiver is masked. */
export const cardSchema = z.object({
  parcelId: text,
  number: text,
  carrierCode: text,
  carrierName: text,
  shopName: text,
  orders: z.array(z.object({ number: text, alarm: text, held: text, boxes: int })),
  receiver: text,
  place: text,
  position: int,
  total: int,
  lines: z.array(cardLineSchema),
  pieces: int,
  buyerNote: text,
  sellerNote: text,
  memo: text,
  flag: flagSchema,
  weightGrams: int.nullable(),
  /** Labels of this number that may be on paper; more than one: the old ones must be torn up. */
  labels: int,
  /** open: nothing done yet · counting · aside: taken out on purpose · packed · handed */
  state: z.enum(['open', 'counting', 'aside', 'packed', 'handed']),
  by: text,
  station: text,
  at: text,
});
export type Card = z.infer<typeof cardSchema>;

const withCard = z.object({ card: cardSchema });
const goods = z.object({ code: text, name: text, quantity: int });
const box = z.object({ number: text, position: int, total: int, state: text });

/** What the scan was. Closed: the screen has a picture and a sound for each. */
export const answerSchema = z.discriminatedUnion('kind', [
  /** The parcel is packed: how it came to be. */
  withCard.extend({ kind: z.literal('packed'), how: z.enum(['label', 'counted', 'as_is', 'despite']) }),
  /** One piece of it is in the box, or the parcel was opened for counting. */
  withCard.extend({ kind: z.literal('counted') }),
  withCard.extend({ kind: z.literal('opened') }),
  /** Must not leave: the platform changed the order after the label was printed. */
  withCard.extend({ kind: z.literal('alarm') }),
  /** Taken aside or held by somebody. */
  withCard.extend({ kind: z.literal('held') }),
  withCard.extend({ kind: z.literal('set_aside') }),
  withCard.extend({ kind: z.literal('duplicate') }),
  /** Another station is packing it; the same scan once more takes it over. */
  withCard.extend({ kind: z.literal('elsewhere') }),
  /** Another label was scanned while this parcel is not complete. */
  withCard.extend({ kind: z.literal('unfinished'), scanned: text }),
  withCard.extend({ kind: z.literal('not_printed') }),
  /** Goods that do not belong into the parcel, or more of them than ordered. */
  withCard.extend({ kind: z.literal('wrong_goods'), why: z.enum(['not_in_parcel', 'too_many']), goods: z.array(goods) }),
  /** Goods before the label: kept until the label is scanned. */
  z.object({ kind: z.literal('basket'), goods: z.array(goods) }),
  /** An order in several boxes, or one without a label yet. */
  z.object({ kind: z.literal('order'), order: text, boxes: z.array(box) }),
  z.object({ kind: z.literal('void'), number: text, state: text, reason: text, at: text, by: text, instead: text }),
  /** A number of ours that no parcel has. */
  z.object({ kind: z.literal('no_parcel'), number: text, state: text }),
  z.object({ kind: z.literal('unknown'), code: text }),
  /** The same scan a second time within a moment: nothing happened. */
  z.object({ kind: z.literal('repeated') }),
  z.object({ kind: z.literal('undone'), of: text, number: text, card: cardSchema.nullable() }),
  z.object({ kind: z.literal('cannot_undo'), why: z.enum(['nothing', 'handed', 'changed', 'decided']) }),
  z.object({ kind: z.literal('put_down') }),
]);
export type Answer = z.infer<typeof answerSchema>;
export type AnswerKind = Answer['kind'];

export const deskSchema = z.object({
  card: cardSchema.nullable(),
  basket: z.array(goods),
  /** The last five scans of this station, latest first. */
  recent: z.array(z.object({ id: text, at: text, kind: text, number: text, code: text, undone: z.boolean() })),
  /** Parcels packed today: at this station, and at all. */
  today: z.object({ here: int, all: int }),
});
export type Desk = z.infer<typeof deskSchema>;

const replySchema = z.object({ answer: answerSchema, desk: deskSchema });
export type Reply = z.infer<typeof replySchema>;

const packedSchema = z.object({ number: text, orders: z.array(text), place: text, pieces: int, at: text, by: text, stop: text });
const carrierSchema = z.object({ carrierCode: text, carrierName: text, ready: z.array(packedSchema), stopped: z.array(packedSchema) });
const leftoverSchema = z.object({ number: text, carrierCode: text, orders: z.array(text), place: text, printedAt: text, today: z.boolean(), stop: text });

export const handOverSchema = z.object({
  carriers: z.array(carrierSchema),
  /** Label on paper, never packed, not handed over, not void: today's first, then those of the last days. */
  leftovers: z.array(leftoverSchema),
  /** What was handed over today. */
  done: z.array(z.object({ id: text, at: text, carrierCode: text, carrierName: text, parcels: int, by: text })),
});
export type HandOver = z.infer<typeof handOverSchema>;

const post = (path: `/${string}`) => procedure.route({ method: 'POST', path, tags: ['stations'] });
const get = (path: `/${string}`) => procedure.route({ method: 'GET', path, tags: ['stations'] });
const number = text.trim().min(1).max(60);

export const stationsContract = {
  desk: get('/stations/desk').output(deskSchema),
  /**
   * One scan. `scanId` makes a lost answer harmless: the same id again is the same scan. `capturedMs` is the station's own clock, which
   * tells two scans from one that came twice.
   */
  scan: post('/stations/scan')
    .input(z.object({ scanId: text.min(1).max(60), code: text.min(1).max(500), capturedMs: z.number().optional() }))
    .output(replySchema),
  /** Packs the parcel on the desk as it is, not all of its goods scanned. */
  packAsIs: post('/stations/pack-as-is').input(z.object({ number })).output(replySchema),
  /** Clears the desk; nothing is packed. */
  putDown: post('/stations/put-down').output(replySchema),
  /** Takes back the last scan of this station, while the parcel is not handed over. */
  undo: post('/stations/undo').output(replySchema),
  /** Takes a parcel out: its orders are held, its number stays its own. Settles the alarm. */
  setAside: post('/stations/set-aside').input(z.object({ number, reason: text.trim().min(1).max(200) })).output(replySchema),
  /** Packs a parcel in spite of its alarm or hold, with who and why. Errors: REASON_NEEDED, PIN_NEEDED, PIN_WRONG. */
  packDespite: post('/stations/pack-despite').input(z.object({ number, reason: text.trim().max(200), pin: text.max(20).optional() })).output(replySchema),

  handOver: {
    list: get('/stations/hand-over').output(handOverSchema),
    /** The numbers the packer saw on the list; those with an alarm or a hold since then stay behind and are named. */
    confirm: post('/stations/hand-over')
      .input(z.object({ carrierCode: text, numbers: z.array(number).min(1).max(10_000) }))
      .output(z.object({ id: text, handed: z.array(text), refused: z.array(z.object({ number: text, why: text })) })),
    /** The signed sheet of one hand-over on a printer that takes A4. */
    print: post('/stations/hand-over/{id}/print').input(z.object({ id: text, printerId: text })).output(z.object({ sheets: int })),
    /** The same sheet as PDF, base64. */
    pdf: get('/stations/hand-over/{id}/pdf').input(z.object({ id: text })).output(z.object({ name: text, pdf: text })),
  },
};
