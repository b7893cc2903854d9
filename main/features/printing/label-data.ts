import type { LabelData } from '../../../common/domain/label/data.ts';
import { destination } from '../../../common/domain/label/destination.ts';
import type { PreparedParcel, PrintingSources } from './types.ts';

export interface LabelFacts {
  readonly parcel: PreparedParcel;
  readonly number: string;
  readonly carrierCode: string;
  /** Waybill account of the number, when one is drawn. */
  readonly accountId?: string;
  /** i of total on paper. */
  readonly sequence: number;
  readonly total: number;
  /** 0 = first label, k = 补打 k. */
  readonly mark: number;
  readonly printedAt: string;
  readonly operator: string;
  readonly station: string;
}

/** Joins what is known of a parcel into the data every template is filled from. */
export async function labelData(sources: PrintingSources, facts: LabelFacts): Promise<LabelData> {
  const { parcel } = facts;
  const [items, sender, returnTo] = await Promise.all([sources.items(parcel.shopId, parcel.lines), sources.sender(parcel.shopId, facts.accountId), sources.returnTo(parcel.shopId, facts.accountId)]);
  return {
    waybill: {
      number: facts.number,
      carrier: { code: facts.carrierCode, name: sources.carrierName(facts.carrierCode) },
      product: parcel.product,
      sortCode: destination(parcel.recipient),
      consolidation: '',
      originCode: '',
      qr: '',
    },
    recipient: parcel.recipient,
    sender,
    returnTo,
    items,
    orders: parcel.orders,
    parcel: { weightGrams: parcel.weightGrams, index: parcel.index, total: parcel.total },
    job: {
      sequence: facts.sequence,
      total: facts.total,
      attempt: facts.mark + 1,
      reprint: facts.mark > 0,
      printedAt: facts.printedAt,
      operator: facts.operator,
      station: facts.station,
    },
    manifest: [],
  };
}
