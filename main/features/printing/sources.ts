/** The main job's view of the other features: what they know, in its own words. */
import { platformName } from '../../../common/domain/platforms.ts';
import { misfitOf, misfitText } from '../../../common/domain/templates/scope.ts';
import type { Misfit, PrintSubject } from '../../../common/domain/templates/scope.ts';
import type { Locale } from '../../../common/error-texts.ts';
import type { PreparedParcel as OrdersParcel } from '../../../common/contract/orders.ts';
import type { LabelData } from '../../../common/domain/label/data.ts';
import { findCarrier } from '../../../common/domain/waybills/carriers.ts';
import type { DrawRequest, Offer } from '../../../common/domain/waybills/choose.ts';
import { failure } from '../../../common/errors.ts';
import type { AppError } from '../../../common/errors.ts';
import type { PrintersService } from '../printers/service.ts';
import type { SettingsService } from '../settings/service.ts';
import type { ShopsService } from '../shops/service.ts';
import type { TemplatesService } from '../templates/service.ts';
import type { PreparedParcel, PrintingSources, ProductOffer } from './types.ts';

export interface SourcesDeps {
  readonly parcels: { prepare(orderIds: readonly string[]): Promise<readonly OrdersParcel[]>; foresee(orderIds: readonly string[]): Promise<readonly OrdersParcel[]>; prepareById(parcelIds: readonly string[]): Promise<readonly OrdersParcel[]>; numbered(drawn: Parameters<PrintingSources['numbered']>[0]): Promise<readonly OrdersParcel[]>; count(orderIds: readonly string[]): Promise<number> };
  /** Items of a parcel as its label shows them, by the shop's short names. */
  readonly labelLines: (shopId: string, lines: OrdersParcel['lines']) => Promise<LabelData['items']>;
  readonly sender: (shopId: string, accountId?: string) => Promise<LabelData['sender'] | undefined>;
  readonly returnTo: (shopId: string, accountId?: string) => Promise<LabelData['returnTo'] | undefined>;
  readonly shops: Pick<ShopsService, 'get'>;
  readonly printers: Pick<PrintersService, 'get' | 'list'>;
  readonly templates: Pick<TemplatesService, 'resolve' | 'resolveVersion' | 'offers'>;
  readonly settings: Pick<SettingsService, 'get'>;
  readonly numbers: {
    /** The product each number would be drawn for now. */
    products(requests: readonly DrawRequest[]): Promise<string[]>;
    /** Products that drawn numbers keep, by parcel; parcels without a number are not in it. */
    productsOf(parcelIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
    /** Pools these shops may draw from. */
    offers(shopIds: readonly string[]): Promise<readonly { readonly offer: Pick<Offer, 'carrierCode' | 'products'> }[]>;
  };
}

const noReason = { 'zh-CN': '', en: '' } as const;

export function createPrintingSources(deps: SourcesDeps): PrintingSources {
  const { parcels, shops, printers, templates, settings, numbers } = deps;

  /** What a person asked for holds for the parcels of the carriers that sell it; the others keep what their rules ask for. */
  async function wantedOf(prepared: readonly OrdersParcel[], asked: string | undefined): Promise<(parcel: OrdersParcel) => string> {
    if (asked === undefined || asked === '') return (parcel) => parcel.carrierProduct;
    const sellers = new Set((await contracts(prepared.map((parcel) => parcel.shopId))).filter((one) => one.name === asked).map((one) => one.carrierCode));
    return (parcel) => (parcel.carrierCode === '' || sellers.has(parcel.carrierCode) ? asked : parcel.carrierProduct);
  }

  async function contracts(shopIds: readonly string[]): Promise<ProductOffer[]> {
    const known = new Map<string, ProductOffer>();
    for (const { offer } of await numbers.offers([...new Set(shopIds)])) {
      for (const name of offer.products) known.set(`${offer.carrierCode} ${name}`, { carrierCode: offer.carrierCode, name });
    }
    return [...known.values()];
  }

  /**
   * The product of each parcel: kept with its number, or the one its number would be drawn for. Asked of the ledger by parcel, because
   * the parcels' own copy of the number comes a moment after the label, and a reprint may not wait for it.
   */
  async function productsOf(prepared: readonly OrdersParcel[], wanted: (parcel: OrdersParcel) => string): Promise<Map<string, string>> {
    const kept = await numbers.productsOf(prepared.map((parcel) => parcel.parcelId));
    const fresh = prepared.filter((parcel) => !kept.has(parcel.parcelId));
    const expected = await numbers.products(
      fresh.map((parcel) => ({ shopId: parcel.shopId, carrierCode: parcel.carrierCode || undefined, product: wanted(parcel) || undefined, province: parcel.recipient.province, weightGrams: parcel.weightGrams ?? undefined })),
    );
    return new Map([...kept, ...fresh.map((parcel, index): [string, string] => [parcel.parcelId, expected[index] ?? ''])]);
  }

  async function adapt(prepared: readonly OrdersParcel[], asked?: string): Promise<PreparedParcel[]> {
    const names = new Map<string, string>();
    for (const shopId of new Set(prepared.map((parcel) => parcel.shopId))) names.set(shopId, (await shops.get(shopId)).name);
    const wanted = await wantedOf(prepared, asked);
    const products = await productsOf(prepared, wanted);
    return prepared.map((parcel) => ({
      parcelId: parcel.parcelId,
      shopId: parcel.shopId,
      orderIds: parcel.orderIds,
      carrierCode: parcel.carrierCode === '' ? null : parcel.carrierCode,
      product: products.get(parcel.parcelId) ?? '',
      wantedProduct: wanted(parcel),
      recipient: parcel.recipient,
      weightGrams: parcel.weightGrams,
      lines: parcel.lines,
      orders: parcel.orderNumbers.map((id, index) => ({
        id,
        shop: names.get(parcel.shopId) ?? '',
        platform: parcel.platform,
        paidAt: parcel.paidAt,
        // Notes and amounts belong to the parcel as a whole; the first order carries them.
        buyerNote: index === 0 ? parcel.buyerNote : '',
        sellerNote: index === 0 ? [parcel.memo, parcel.sellerNote].filter((note) => note !== '').join(' ') : '',
        flag: parcel.flag === 'none' ? '' : parcel.flag,
        amountFen: index === 0 ? parcel.paidFen : null,
      })),
      index: parcel.position,
      total: parcel.total,
      number: parcel.waybill === '' ? null : parcel.waybill,
      problem: parcel.problem as AppError | null,
    }));
  }

  /** A shop without an address in the book still ships: its name stands for it. */
  const orName = async (known: LabelData['sender'] | undefined, shopId: string): Promise<LabelData['sender']> => known ?? { name: (await shops.get(shopId)).name, phone: '', province: '', city: '', district: '', town: '', detail: '' };

  /** Says why a template does not fit, in the names people use. */
  async function misfitWords(misfits: readonly Misfit[]): Promise<(misfit: Misfit, locale: Locale) => string> {
    const shopIds = new Set(misfits.flatMap((misfit) => (misfit.kind === 'shops' ? [...misfit.meant, ...misfit.found] : [])));
    const shopNames = new Map(await Promise.all([...shopIds].map(async (id) => [id, await shops.get(id).then(({ name }) => name, () => id)] as const)));
    return (misfit, locale) =>
      misfitText(misfit, locale, (kind, value) => {
        if (kind === 'shops') return shopNames.get(value) ?? value;
        if (kind === 'platforms') return platformName(value, locale);
        const carrier = kind === 'carriers' ? findCarrier(value) : undefined;
        return carrier === undefined ? value : locale === 'en' ? carrier.nameEn : carrier.shortName;
      });
  }

  return {
    parcels: async (orderIds, product) => adapt(await parcels.prepare(orderIds), product),
    foreseen: async (orderIds) => adapt(await parcels.foresee(orderIds)),
    parcelCount: (orderIds) => parcels.count(orderIds),
    numbered: async (drawn) => adapt(await parcels.numbered(drawn)),
    parcelsById: async (parcelIds) => adapt(await parcels.prepareById(parcelIds)),
    items: (shopId, lines) => deps.labelLines(shopId, lines),

    sender: async (shopId, accountId) => orName(await deps.sender(shopId, accountId), shopId),
    returnTo: async (shopId, accountId) => orName(await deps.returnTo(shopId, accountId), shopId),

    carrierName: (code) => findCarrier(code)?.name ?? code,
    template: (id) => templates.resolve(id),
    templateVersion: (id) => templates.resolveVersion(id),
    printer: (id) => printers.get(id),

    async templateOffers(of, printer, preferred) {
      const { media } = printer?.profile ?? {};
      const paper = media !== undefined && media.heightMicrometres > 0 ? { paper: { width: media.widthMicrometres, height: media.heightMicrometres } } : {};
      const { templates: offers, templateId } = await templates.offers({ ...subjectOf(of), ...paper }, preferred);
      const words = await misfitWords(offers.flatMap((offer) => offer.misfit ?? []));
      return {
        templates: offers.map((offer) => ({ id: offer.id, name: offer.name, fits: offer.fits, why: offer.misfit === undefined ? noReason : { 'zh-CN': words(offer.misfit, 'zh-CN'), en: words(offer.misfit, 'en') }, widthMm: offer.width / 1_000, heightMm: offer.height / 1_000 })),
        templateId,
      };
    },

    async misfits(template, of) {
      const found = of.flatMap((parcel) => {
        // The paper in the printer was chosen with the printer; here only whom the template is for.
        const misfit = misfitOf({ scope: template.scope, width: 0, height: 0 }, subjectOf([parcel]));
        return misfit === undefined ? [] : [{ parcel, misfit }];
      });
      const words = await misfitWords(found.map(({ misfit }) => misfit));
      return new Map(found.map(({ parcel, misfit }) => [parcel.parcelId, failure('TEMPLATE_MISFIT', { parcel: parcel.parcelId, template: template.name, why: { 'zh-CN': words(misfit, 'zh-CN'), en: words(misfit, 'en') } }).error]));
    },

    async productOffers(of) {
      const carriers = new Set(of.map((parcel) => parcel.carrierCode));
      return (await contracts(of.map((parcel) => parcel.shopId))).filter((one) => carriers.has(null) || carriers.has(one.carrierCode));
    },

    async printerOffers() {
      const all = await printers.list({ archived: false });
      return all.map((printer) => ({ id: printer.id, name: printer.name, fits: true, why: noReason, condition: printer.state?.condition ?? 'idle' }));
    },

    async defaults() {
      const { defaultTemplateId, defaultPrinterId } = await settings.get();
      return { templateId: defaultTemplateId, printerId: defaultPrinterId };
    },
  };
}

/** What a template's scope is held against: all distinct values of the parcels. */
function subjectOf(of: readonly PreparedParcel[]): PrintSubject {
  const distinct = (values: readonly string[]): string[] => [...new Set(values.filter((value) => value !== ''))];
  return {
    platforms: distinct(of.flatMap((parcel) => parcel.orders.map((order) => order.platform))),
    shops: distinct(of.map((parcel) => parcel.shopId)),
    carriers: distinct(of.map((parcel) => parcel.carrierCode ?? '')),
    products: distinct(of.map((parcel) => parcel.product)),
  };
}
