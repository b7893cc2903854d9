/** What the main job needs of other features: its own words for it, filled in where the core is composed. */
import type { LabelDocument } from '../../../common/domain/label/document.ts';
import type { PreparedLine } from '../../../common/contract/orders.ts';
import type { LabelData } from '../../../common/domain/label/data.ts';
import type { TemplateScope } from '../../../common/domain/templates/scope.ts';
import type { AppError } from '../../../common/errors.ts';
import type { PrinterAddress, PrinterProfile } from '../../printing/types.ts';

/** A parcel as the printing of its label needs it. */
export interface PreparedParcel {
  readonly parcelId: string;
  readonly shopId: string;
  /** Ids of its orders. */
  readonly orderIds: readonly string[];
  readonly carrierCode: string | null;
  /** Carrier product on the label: the one kept with its number, else what was asked for, else the default of the account it will be drawn from. */
  readonly product: string;
  /** Product its number must be drawn for; empty when any will do. */
  readonly wantedProduct: string;
  readonly recipient: LabelData['recipient'];
  readonly weightGrams: number | null;
  readonly lines: readonly PreparedLine[];
  readonly orders: LabelData['orders'];
  readonly index: number;
  readonly total: number;
  /** Number the parcel already has. */
  readonly number: string | null;
  /** Why no label can be made of it: an encrypted or incomplete receiver, a hold, a refund. */
  readonly problem: AppError | null;
}

export interface Printer {
  readonly id: string;
  readonly name: string;
  readonly address: PrinterAddress;
  readonly profile: PrinterProfile;
}

export interface ResolvedTemplate {
  readonly versionId: string;
  readonly name: string;
  readonly document: LabelDocument;
}

/** What prints now under a template, and for which parcels it is meant. */
export interface CurrentTemplate extends ResolvedTemplate {
  readonly scope: TemplateScope;
}

export interface PrintingSources {
  /** Parcels of these orders, made where they do not exist yet, in the order given; `product` is what a person asked for. */
  parcels(orderIds: readonly string[], product?: string): Promise<PreparedParcel[]>;
  /** Parcels these orders would be printed as now; nothing is made of them. */
  foreseen(orderIds: readonly string[]): Promise<PreparedParcel[]>;
  /** How many parcels these orders make, without reading them. */
  parcelCount(orderIds: readonly string[]): Promise<number>;
  /**
   * Ties drawn numbers to their parcels, which stay as they are from then on, and gives them so: what their labels show. One that must not
   * be printed any more since it was prepared says so in `problem`.
   */
  numbered(drawn: readonly { readonly parcelId: string; readonly waybill: string; readonly carrierCode: string }[]): Promise<PreparedParcel[]>;
  /** The parcels again, for a reprint. */
  parcelsById(parcelIds: readonly string[]): Promise<PreparedParcel[]>;
  /** Items of a parcel as the label shows them. */
  items(shopId: string, lines: PreparedParcel['lines']): Promise<LabelData['items']>;
  /** The address a parcel is sent from: that of the waybill account it is shipped on, or the shop's default. */
  sender(shopId: string, accountId?: string): Promise<LabelData['sender']>;
  /** Where a refused parcel goes back to; the sending address when no other is set. */
  returnTo(shopId: string, accountId?: string): Promise<LabelData['returnTo']>;
  /** Name of a carrier code. */
  carrierName(code: string): string;
  template(templateId: string): Promise<CurrentTemplate>;
  templateVersion(versionId: string): Promise<ResolvedTemplate>;
  printer(printerId: string): Promise<Printer>;
  /** Every published template, with why one may not be used for these parcels on this printer, and the one the rules choose. */
  templateOffers(parcels: readonly PreparedParcel[], printer: Printer | undefined, preferred: string | null): Promise<{ readonly templates: readonly TemplateOffer[]; readonly templateId: string | null }>;
  /** Parcels the template is not meant for, by id, each with the failure that says why. */
  misfits(template: CurrentTemplate, parcels: readonly PreparedParcel[]): Promise<ReadonlyMap<string, AppError>>;
  /** Carrier products the contracts these parcels may draw on give. */
  productOffers(parcels: readonly PreparedParcel[]): Promise<readonly ProductOffer[]>;
  printerOffers(): Promise<readonly PrinterOffer[]>;
  /** What was chosen last, or set by the lead. */
  defaults(): Promise<{ readonly templateId: string | null; readonly printerId: string | null }>;
}

export interface TemplateOffer {
  readonly id: string;
  readonly name: string;
  readonly fits: boolean;
  readonly why: { readonly 'zh-CN': string; readonly en: string };
  readonly widthMm: number;
  readonly heightMm: number;
}

export interface ProductOffer {
  readonly carrierCode: string;
  readonly name: string;
}

export interface PrinterOffer {
  readonly id: string;
  readonly name: string;
  readonly fits: boolean;
  readonly why: { readonly 'zh-CN': string; readonly en: string };
  readonly condition: string;
}
