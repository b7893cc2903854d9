/** Parcels of the day as label data: those that are to print, just as they would, the hardest of them first. */
import type { OrderQuery, OrderSummary } from '../../../common/contract/orders.ts';
import type { ParcelOfTheDay } from '../../../common/contract/templates.ts';
import type { LabelData } from '../../../common/domain/label/data.ts';
import { maskAddress, maskName, maskPhone } from '../../../common/domain/masking/index.ts';
import { chooseParcels } from '../../../common/domain/templates/parcel-choice.ts';
import type { Chosen } from '../../../common/domain/templates/parcel-choice.ts';
import type { ProofParcel } from '../../../common/domain/templates/proof.ts';
import { sampleNumber } from '../../../common/domain/templates/sample-mark.ts';
import type { TemplateScope } from '../../../common/domain/templates/scope.ts';
import { fail } from '../../../common/errors.ts';
import type { PreparedParcel } from '../printing/types.ts';

/** Who looks: operator and station stand on some labels. */
export interface Looker {
  readonly operator: string;
  readonly station: { readonly id: string; readonly name?: string };
}

export interface RealDataDeps {
  /** A page of orders. */
  readonly orders: (query: Pick<OrderQuery, 'stage' | 'sort' | 'shopIds' | 'cursor' | 'limit'>) => Promise<{ readonly orders: readonly Pick<OrderSummary, 'id'>[]; readonly next: string | null }>;
  /** What the main job would print of these orders now: merged ones as one parcel, split ones as several. Nothing is made. */
  readonly parcels: (orderIds: readonly string[]) => Promise<readonly PreparedParcel[]>;
  readonly parcelsById: (parcelIds: readonly string[]) => Promise<readonly PreparedParcel[]>;
  /** What the main job would put on its label. */
  readonly labelOf: (parcel: PreparedParcel, position: number, total: number, actor: { readonly operator: string; readonly station: { readonly id: string; readonly name: string } }) => Promise<LabelData>;
}

/** How many parcels the designer offers and a template is proved with before it is published. */
const offered = 10;
/** Among how many orders that leave first the hardest are looked for: more than a shop packs in a day need not be read. */
const looked = { orders: 400, page: 200 } as const;

export function createRealData(deps: RealDataDeps) {
  const labelOf = (parcel: PreparedParcel, position: number, total: number, { operator, station }: Looker): Promise<LabelData> => deps.labelOf(parcel, position, total, { operator, station: { id: station.id, name: station.name ?? station.id } });

  /** Parcels that wait for their label and that a template of this scope is for, the hardest chosen among those that must leave first. */
  async function choose(scope: TemplateScope): Promise<Chosen<PreparedParcel>[]> {
    const waiting: PreparedParcel[] = [];
    let read = 0;
    let cursor: string | undefined;
    do {
      const page = await deps.orders({ stage: 'to_print', sort: 'deadline', limit: looked.page, ...(scope.shops.length > 0 && { shopIds: scope.shops }), ...(cursor !== undefined && { cursor }) });
      const known = new Set(waiting.map((parcel) => parcel.parcelId));
      waiting.push(...(await deps.parcels(page.orders.map((order) => order.id))).filter((parcel) => !known.has(parcel.parcelId) && isMeant(scope, parcel)));
      read += page.orders.length;
      cursor = page.next ?? undefined;
    } while (cursor !== undefined && read < looked.orders);
    return chooseParcels(waiting, offered, ({ recipient: { name, province, city, district, town, detail }, lines, orders }) => ({
      orders: orders.length,
      recipient: name,
      address: `${province}${city}${district}${town}${detail}`,
      lines: lines.length,
      goods: lines.map((line) => `${line.title}${line.spec}`).join(''),
      notes: orders.map((order) => `${order.sellerNote}${order.buyerNote}`).join(''),
    }));
  }

  /** As their labels would really be: recipients in the clear, behind the template's own masks. */
  async function forProof(scope: TemplateScope, looker: Looker): Promise<(ProofParcel & Pick<ParcelOfTheDay, 'id' | 'why'>)[]> {
    const chosen = await choose(scope);
    return Promise.all(chosen.map(async ({ parcel, why }, index) => ({ id: parcel.parcelId, name: nameOf(parcel), why: [...why], data: await labelOf(parcel, index + 1, chosen.length, looker) })));
  }

  return {
    forProof,
    /** For the designer. Recipients are masked: a page never needs them in the clear to place a box. */
    async forPage(scope: TemplateScope, looker: Looker): Promise<ParcelOfTheDay[]> {
      return (await forProof(scope, looker)).map((one) => ({ ...one, data: { ...one.data, recipient: masked(one.data.recipient) } }));
    },
    /** For a test on paper: the parcel as it would print, with a number no carrier knows. Errors: NOT_FOUND. */
    async forTest(parcelId: string, looker: Looker): Promise<LabelData> {
      // One that was not made yet went by the id of its order.
      const parcel = (await deps.parcelsById([parcelId]))[0] ?? (await deps.parcels([parcelId]))[0] ?? fail('NOT_FOUND', { what: 'parcel', id: parcelId });
      const data = await labelOf(parcel, 1, 1, looker);
      return { ...data, waybill: { ...data.waybill, number: sampleNumber, qr: '' } };
    },
  };
}

function masked(recipient: LabelData['recipient']): LabelData['recipient'] {
  return { ...recipient, name: maskName(recipient.name), phone: maskPhone(recipient.phone), detail: maskAddress(recipient.detail) };
}

/** What a person finds it by: shop, number of its first order and how many more, which box of how many. */
function nameOf({ orders, index, total }: PreparedParcel): string {
  const [first] = orders;
  return [first?.shop ?? '', first?.id ?? '', orders.length > 1 ? `+${orders.length - 1}` : '', total > 1 ? `${index}/${total}` : ''].filter((part) => part !== '').join(' ');
}

/** What is not decided yet may still become what the template is for. */
function isMeant(scope: TemplateScope, parcel: PreparedParcel): boolean {
  const fits = (meant: readonly string[], found: readonly string[]): boolean => meant.length === 0 || found.every((one) => one === '' || meant.includes(one));
  return fits(scope.platforms, parcel.orders.map((order) => order.platform)) && fits(scope.carriers, [parcel.carrierCode ?? '']) && fits(scope.products, [parcel.product]);
}
