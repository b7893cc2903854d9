import type { LabelData } from '../../../common/domain/label/data.ts';
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

/** More would have to shrink below what a sorter reads at arm's length. */
const longestDestination = 12;

/** Endings of prefecture names, with the peoples the thirty autonomous ones are named after. */
const plainEnding =
  /(?:(?:朝鲜|土家|苗|藏|羌|彝|布依|侗|哈尼|壮|傣|白|景颇|傈僳|回)族|蒙古族?|哈萨克|柯尔克孜)*自治州$|市$|地区$|盟$/u;

/**
 * Where the parcel goes, in the words sorters use (大头笔): the three-part code (三段码) comes with a number or not at all and is never made
 * up, but the place stands in the address.
 */
export function destination({ city, district }: Pick<PreparedParcel['recipient'], 'city' | 'district'>): string {
  const short = city.replace(plainEnding, '');
  return [short, district].filter((part) => part !== '').join(' ').slice(0, longestDestination);
}
