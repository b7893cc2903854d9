import { addressInputSchema } from '../../../common/contract/addresses.ts';
import type { AddressInput, AddressUse, SenderAddress } from '../../../common/contract/addresses.ts';
import { checkAddress } from '../../../common/domain/addresses/check.ts';
import type { AddressFinding } from '../../../common/domain/addresses/check.ts';
import type { Divisions } from '../../../common/domain/addresses/divisions.ts';
import { mostRecipients } from '../../../common/domain/addresses/several.ts';
import { readPastedOrders } from '../../../common/domain/orders/pasted-goods.ts';
import type { PastedOrder } from '../../../common/domain/orders/pasted-goods.ts';
import { maskAddress, maskName, maskPhone } from '../../../common/domain/masking/index.ts';
import { pinyinKeys } from '../../../common/domain/text-pinyin.ts';
import { fail } from '../../../common/errors.ts';
import type { Clock, Ids } from '../../ports/index.ts';
import type { Actor, AuditService } from '../audit/service.ts';
import type { ShopsService } from '../shops/service.ts';
import type { AddressesRepository, AddressRow } from './repository.ts';
import { addressSheet, readAddressSheet } from './sheet.ts';

export interface AddressesDeps {
  readonly repository: AddressesRepository;
  readonly shops: Pick<ShopsService, 'list' | 'get' | 'update'>;
  /** The division tables, read when first needed. */
  readonly divisions: () => Promise<Divisions>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly audit: AuditService;
  /** Names of the waybill accounts, for the used-by list. */
  readonly accounts?: () => Promise<readonly { readonly id: string; readonly name: string }[]>;
  /** Recipients of earlier orders, latest first; unmasked, they never leave this service so. */
  readonly recipients?: (query: { search: string; limit: number }) => Promise<readonly KnownRecipient[]>;
}

/** A recipient somebody shipped to before, as the orders know it. */
export interface KnownRecipient extends LabelSender {
  readonly id: string;
  readonly lastAt: string;
}

/** What a label prints of an address. */
export interface LabelSender {
  readonly name: string;
  readonly phone: string;
  readonly province: string;
  readonly city: string;
  readonly district: string;
  readonly town: string;
  readonly detail: string;
}

type Purpose = AddressUse['purpose'];
type Scope = AddressUse['scope'];
type PlacedUse = AddressUse & { readonly addressId: string };

export type AddressesService = ReturnType<typeof createAddressesService>;

/** Use cases of the address book. */
export function createAddressesService({ repository, shops, divisions, clock, ids, audit, accounts, recipients }: AddressesDeps) {
  /** Every default there is. What a shop sends from is kept with the shop; the rest here. */
  async function uses(): Promise<PlacedUse[]> {
    const [live, rows, accountList] = await Promise.all([shops.list({ archived: true }), repository.defaults(), accounts?.() ?? []]);
    const names = new Map([...live.map((shop) => [shop.id, shop.name] as const), ...accountList.map((account) => [account.id, account.name] as const)]);
    const fromShops = live.filter((shop) => shop.senderAddressId !== null).map((shop): PlacedUse => ({ scope: 'shop', scopeId: shop.id, name: shop.name, purpose: 'send', addressId: shop.senderAddressId ?? '' }));
    const own = rows.map((row): PlacedUse => ({ scope: row.scope as Scope, scopeId: row.scope_id, name: names.get(row.scope_id) ?? '', purpose: row.purpose as Purpose, addressId: row.address_id }));
    return [...fromShops, ...own];
  }

  async function row(id: string): Promise<AddressRow> {
    return (await repository.find(id)) ?? fail('NOT_FOUND', { what: 'address', id });
  }

  async function get(id: string): Promise<SenderAddress> {
    return toAddress(await row(id), await uses());
  }

  /** Errors stop; warnings do not. */
  async function insist(input: AddressInput): Promise<void> {
    const errors = checkAddress(input, await divisions()).filter((finding) => finding.severity === 'error');
    if (errors.length > 0) fail('ADDRESS_INVALID', { problems: errors.map(({ field, problem, text }) => ({ field, problem, text })) });
  }

  async function pick(candidates: readonly (string | null | undefined)[]): Promise<AddressRow | undefined> {
    for (const id of candidates) {
      const found = id === null || id === undefined || id === '' ? undefined : await repository.find(id);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  async function resolved(where: { shopId: string; accountId?: string | undefined; addressId?: string | null | undefined }, purpose: Purpose): Promise<AddressRow | undefined> {
    const all = await uses();
    const of = (scope: Scope, scopeId: string, wanted: Purpose): string | undefined => all.find((use) => use.scope === scope && use.scopeId === scopeId && use.purpose === wanted)?.addressId;
    const chain = (wanted: Purpose): (string | undefined)[] => [where.accountId === undefined ? undefined : of('account', where.accountId, wanted), of('shop', where.shopId, wanted), of('all', '', wanted)];
    const known = await pick([where.addressId, ...chain(purpose), ...(purpose === 'return' ? chain('send') : [])]);
    if (known !== undefined) return known;
    // One address in the whole book leaves no choice.
    const book = await repository.list({ search: '', archived: false });
    return book.length === 1 ? book[0] : undefined;
  }

  return {
    get,

    async list(query: { search: string; archived: boolean }): Promise<SenderAddress[]> {
      const [rows, all] = await Promise.all([repository.list(query), uses()]);
      return rows.map((one) => toAddress(one, all));
    },

    /** The first address of the book becomes the default of everything. Errors: ADDRESS_INVALID. */
    async create(input: AddressInput, actor: Actor): Promise<SenderAddress> {
      await insist(input);
      const now = clock.now();
      const id = ids.next('addr');
      const first = (await repository.list({ search: '', archived: false })).length === 0;
      await repository.insert([toRow(input, { id, archived_at: null, created_at: now, updated_at: now })]);
      if (first) await repository.setDefault({ scope: 'all', scope_id: '', purpose: 'send', address_id: id, updated_at: now });
      await audit.record(actor, 'address.create', id);
      return get(id);
    },

    /** Printed labels keep what they had: they were made from a copy. */
    async update(input: Partial<AddressInput> & { id: string }, actor: Actor): Promise<SenderAddress> {
      const before = await row(input.id);
      const { id, ...changes } = input;
      const next = addressInputSchema.parse({ ...toInput(before), ...Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) });
      await insist(next);
      await repository.update(toRow(next, { id, archived_at: before.archived_at, created_at: before.created_at, updated_at: clock.now() }));
      await audit.record(actor, 'address.update', id, { fields: Object.keys(changes) });
      return get(id);
    },

    /** Errors: ADDRESS_IN_USE with what uses it. */
    async archive(input: { id: string; archived: boolean }, actor: Actor): Promise<SenderAddress> {
      const before = await row(input.id);
      if (input.archived) await refuseWhileUsed(before);
      await repository.update({ ...before, archived_at: input.archived ? (before.archived_at ?? clock.now()) : null, updated_at: clock.now() });
      await audit.record(actor, input.archived ? 'address.archive' : 'address.restore', input.id);
      return get(input.id);
    },

    /** Errors: ADDRESS_IN_USE. */
    async remove(input: { id: string }, actor: Actor): Promise<void> {
      await refuseWhileUsed(await row(input.id));
      await repository.remove(input.id);
      await audit.record(actor, 'address.remove', input.id);
    },

    defaults: uses,

    /** Errors: NOT_FOUND for an address, shop or account that does not exist; CONFLICT for an archived address. */
    async setDefault(input: { scope: Scope; scopeId: string; purpose: Purpose; addressId: string | null }, actor: Actor): Promise<PlacedUse[]> {
      if (input.addressId !== null && (await row(input.addressId)).archived_at !== null) fail('CONFLICT', { what: 'address', id: input.addressId, reason: 'archived' });
      if (input.scope === 'shop') await shops.get(input.scopeId);
      if (input.scope === 'account' && accounts !== undefined && !(await accounts()).some((account) => account.id === input.scopeId)) fail('NOT_FOUND', { what: 'account', id: input.scopeId });
      const scopeId = input.scope === 'all' ? '' : input.scopeId;
      if (input.scope === 'shop' && input.purpose === 'send') await shops.update({ id: scopeId, senderAddressId: input.addressId }, actor);
      else if (input.addressId === null) await repository.clearDefault(input.scope, scopeId, input.purpose);
      else await repository.setDefault({ scope: input.scope, scope_id: scopeId, purpose: input.purpose, address_id: input.addressId, updated_at: clock.now() });
      await audit.record(actor, 'address.default', scopeId, { scope: input.scope, purpose: input.purpose, address: input.addressId });
      return uses();
    },

    async check(input: AddressInput): Promise<AddressFinding[]> {
      return checkAddress(input, await divisions());
    },

    /** Errors: RECIPIENTS_TOO_MANY. */
    async parse(input: { text: string }): Promise<{ recipients: PastedOrder[] }> {
      const found = readPastedOrders(input.text, await divisions());
      if (found.length > mostRecipients) fail('RECIPIENTS_TOO_MANY', { found: found.length, most: mostRecipients });
      return { recipients: found };
    },

    /** Names inside a division, for pickers. An unknown path has nothing inside. */
    async places(input: { path: string }): Promise<{ name: string; zone: boolean; more: boolean }[]> {
      const tree = await divisions();
      const at = input.path === '' ? undefined : tree.byPath(input.path);
      const inside = input.path === '' ? tree.provinces : (at?.children ?? []);
      const towns = at !== undefined && at.children.length === 0 ? at.towns : [];
      return [...inside.map((one) => ({ name: one.name, zone: one.zone, more: one.children.length > 0 || one.towns.length > 0 })), ...towns.map((name) => ({ name, zone: false, more: false }))];
    },

    async divisions(): Promise<{ name: string; cities: { name: string; districts: string[] }[] }[]> {
      return (await divisions()).provinces.map(({ name, children }) => ({ name, cities: children.map((city) => ({ name: city.name, districts: city.children.map((district) => district.name) })) }));
    },

    async export(): Promise<{ name: string; text: string }> {
      const rows = await repository.list({ search: '', archived: false });
      return { name: `addresses-${clock.now().slice(0, 10)}.csv`, text: addressSheet(rows.map(toInput)) };
    },

    /** Rows with errors are told and left out; a row like one in the book (name, contact and place) changes that one. Errors: TABLE_UNKNOWN. */
    async import(input: { text: string; dryRun: boolean }, actor: Actor) {
      const rows = readAddressSheet(input.text) ?? fail('TABLE_UNKNOWN', { file: '', header: input.text.slice(0, 400).split(/\r?\n/)[0]?.split(/[,\t]/) ?? [] });
      const tree = await divisions();
      const book = new Map((await repository.list({ search: '', archived: false })).map((one) => [identity(toInput(one)), one]));
      const report = { rows: rows.length, added: 0, changed: 0, same: 0, rejected: [] as { row: number; findings: AddressFinding[] }[] };
      const now = clock.now();
      const added: AddressRow[] = [];
      const changed: AddressRow[] = [];
      for (const { row: number, input: values } of rows) {
        const read = addressInputSchema.safeParse(values);
        const findings = read.success ? checkAddress(read.data, tree).filter((finding) => finding.severity === 'error') : [{ field: 'detail' as const, problem: 'too-long' as const, severity: 'error' as const, text: '' }];
        if (!read.success || findings.length > 0) {
          report.rejected.push({ row: number, findings });
          continue;
        }
        const known = book.get(identity(read.data));
        if (known === undefined) {
          const made = toRow(read.data, { id: ids.next('addr'), archived_at: null, created_at: now, updated_at: now });
          book.set(identity(read.data), made);
          added.push(made);
        } else if (JSON.stringify(toInput(known)) === JSON.stringify(read.data)) report.same += 1;
        else changed.push(toRow(read.data, { id: known.id, archived_at: null, created_at: known.created_at, updated_at: now }));
      }
      report.added = added.length;
      report.changed = changed.length;
      if (input.dryRun) return report;
      await repository.insert(added);
      for (const one of changed) await repository.update(one);
      await audit.record(actor, 'address.import', '', { added: report.added, changed: report.changed, rejected: report.rejected.length });
      return report;
    },

    /** Masked; the full recipient is filled in by the order that uses the id. */
    async recent(query: { search: string; limit: number }) {
      const found = (await recipients?.(query)) ?? [];
      return found.map((one) => ({ id: one.id, name: maskName(one.name), phone: maskPhone(one.phone), place: [one.province, one.city === one.province ? '' : one.city, one.district, one.town].filter((part) => part !== '').join(' '), detail: maskAddress(one.detail), lastAt: one.lastAt }));
    },

    /**
     * The sender on a label: the parcel's own address, else the default of the account, of the shop, of the business, else the only one.
     * Undefined when the book gives none. The privacy phone stands in for the phone.
     */
    async sender(shopId: string, addressId: string | null = null, accountId?: string): Promise<LabelSender | undefined> {
      const found = await resolved({ shopId, addressId, accountId }, 'send');
      return found && toSender(found);
    },

    /** Where a refused parcel goes back to; the sending address when no other is set. */
    async returnAddress(shopId: string, accountId?: string): Promise<LabelSender | undefined> {
      const found = await resolved({ shopId, accountId }, 'return');
      return found && toSender(found);
    },
  };

  async function refuseWhileUsed(address: AddressRow): Promise<void> {
    const used = (await uses()).filter((use) => use.addressId === address.id);
    if (used.length > 0) fail('ADDRESS_IN_USE', { address: address.label || address.contact, uses: used.map(({ name, purpose }) => ({ name, purpose })) });
  }
}

/** What makes two rows of a table the same address. */
function identity(input: AddressInput): string {
  return JSON.stringify([input.label, input.contact, input.province, input.city, input.district, input.detail]);
}

function toInput(row: AddressRow): AddressInput {
  return {
    label: row.label,
    contact: row.contact,
    company: row.company,
    phone: row.phone,
    extension: row.extension,
    privacyPhone: row.privacy_phone,
    province: row.province,
    city: row.city,
    district: row.district,
    town: row.town,
    detail: row.detail,
    postcode: row.postcode,
    note: row.note,
  };
}

function toRow(input: AddressInput, keys: Pick<AddressRow, 'id' | 'archived_at' | 'created_at' | 'updated_at'>): AddressRow {
  const { privacyPhone, ...rest } = input;
  const parts = [input.label, input.contact, input.company, input.city, input.district, input.detail].filter((part) => part !== '').map(pinyinKeys);
  return { ...rest, ...keys, privacy_phone: privacyPhone, pinyin: parts.map((part) => part.pinyin).join(' '), initials: parts.map((part) => part.initials).join(' ') };
}

function toAddress(row: AddressRow, uses: readonly PlacedUse[]): SenderAddress {
  return {
    ...toInput(row),
    id: row.id,
    archivedAt: row.archived_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    usedBy: uses.filter((use) => use.addressId === row.id).map(({ scope, scopeId, name, purpose }) => ({ scope, scopeId, name, purpose })),
  };
}

function toSender(row: AddressRow): LabelSender {
  const own = row.extension === '' ? row.phone : `${row.phone}-${row.extension}`;
  return { name: row.company === '' ? row.contact : `${row.company} ${row.contact}`, phone: row.privacy_phone === '' ? own : row.privacy_phone, province: row.province, city: row.city, district: row.district, town: row.town, detail: row.detail };
}
