/** Waybill accounts and their pools: state, paid units, who owns what. */
import type { Account, AccountState, Pool, Settlement } from '../../../common/contract/waybills.ts';
import { findCarrier } from '../../../common/domain/waybills/carriers.ts';
import { fail } from '../../../common/errors.ts';
import type { Ids } from '../../ports/index.ts';
import type { Actor, AuditService } from '../audit/service.ts';
import type { Ledger, LedgerHead } from './ledger.ts';
import type { AccountRow, PoolRow, WaybillsRepository } from './repository.ts';
import type { Store } from './store.ts';

/** Allowed steps of an account. Closed is for ever: a new contract is a new account. */
export const accountSteps: Readonly<Record<AccountState, readonly AccountState[]>> = {
  applied: ['waiting', 'active', 'closed'],
  waiting: ['active', 'closed'],
  active: ['suspended', 'closed'],
  suspended: ['active', 'closed'],
  closed: [],
};

export interface AccountsDeps {
  readonly store: Store;
  readonly repository: WaybillsRepository;
  readonly ledger: Ledger;
  readonly ids: Ids;
  readonly clock: { now(): string };
  readonly audit: AuditService;
  readonly witness: { record(head: LedgerHead): void };
}

export function createAccounts({ store, repository, ledger, ids, clock, audit, witness }: AccountsDeps) {
  async function need(id: string): Promise<AccountRow> {
    return (await repository.account(id)) ?? fail('NOT_FOUND', { what: 'account', id });
  }
  async function needPool(id: string): Promise<PoolRow> {
    return (await repository.pool(id)) ?? fail('NOT_FOUND', { what: 'pool', id });
  }
  /** Paid units come and go: a top-up, or a correction that says why. */
  async function moveUnits(accountId: string, move: { kind: 'top_up' | 'correct'; units: number; reason: string; facts?: Record<string, unknown> }, actor: Actor): Promise<number> {
    const account = await need(accountId);
    if (account.settlement !== 'prepaid') fail('CONFLICT', { what: 'account', id: account.name, reason: 'not prepaid' });
    if (!Number.isSafeInteger(move.units) || move.units === 0) fail('BAD_INPUT', { issues: [{ path: 'units', message: 'must be a whole number other than 0' }] });
    const { head, balance } = await store.write(async (trx) => {
      const writing = await ledger.open(trx, { evenStopped: true });
      const key = { book: 'units', accountId, poolId: '', acct: 'balance' } as const;
      const before = await repository.balance(trx, key);
      if (before + move.units < 0) fail('ACCOUNT_EMPTY', { account: account.name, wanted: -move.units, balance: before });
      writing.move({
        kind: move.kind, book: 'units', accountId, poolId: '', from: move.units > 0 ? 'outside' : 'balance', to: move.units > 0 ? 'balance' : 'outside',
        n: Math.abs(move.units), stationId: actor.station.id, operator: actor.operator, reason: move.reason, facts: move.facts,
      });
      return { head: await writing.flush(), balance: before + move.units };
    });
    witness.record(head);
    await audit.record(actor, `account.${move.kind}`, accountId, { units: move.units });
    return balance;
  }

  return {
    need,
    needPool,

    async create(
      input: { carrierCode: string; branchCode: string; branchName: string; name: string; settlement: Settlement; ownerShopId: string | null; unitPrice: number; lowWater: number; recycleDays?: number | undefined; products?: readonly string[] | undefined; state?: 'applied' | 'active' | undefined },
      actor: Actor,
    ): Promise<Account> {
      const carrier = findCarrier(input.carrierCode) ?? fail('NOT_FOUND', { what: 'carrier', id: input.carrierCode });
      const at = clock.now();
      const row: AccountRow = {
        id: ids.next('acc'), carrier_code: carrier.code, branch_code: input.branchCode, branch_name: input.branchName, name: input.name, settlement: input.settlement,
        state: input.state ?? 'applied', owner_shop_id: input.ownerShopId, agreement_at: null, agreement_account: null, unit_price: input.unitPrice, low_water: input.lowWater,
        recycle_days: input.recycleDays ?? (carrier.direct ? 0 : 15), created_at: at, products: JSON.stringify(input.products ?? []),
      };
      await store.write(async (trx) => {
        await trx.insertInto('waybill_accounts').values(row).execute();
        await trx
          .insertInto('waybill_account_steps')
          .values({ id: ids.next('step'), account_id: row.id, from_state: null, to_state: row.state, at, operator: actor.operator, station_id: actor.station.id, reason: '' })
          .execute();
      });
      await audit.record(actor, 'account.create', row.id, { carrier: carrier.code, settlement: input.settlement });
      return accountFromRow(row);
    },

    async update(
      input: { id: string; name?: string | undefined; branchCode?: string | undefined; branchName?: string | undefined; unitPrice?: number | undefined; lowWater?: number | undefined; recycleDays?: number | undefined; products?: readonly string[] | undefined; ownerShopId?: string | null | undefined },
      actor: Actor,
    ): Promise<Account> {
      const row = await need(input.id);
      const next: AccountRow = {
        ...row, name: input.name ?? row.name, branch_code: input.branchCode ?? row.branch_code, branch_name: input.branchName ?? row.branch_name,
        unit_price: input.unitPrice ?? row.unit_price, low_water: input.lowWater ?? row.low_water, recycle_days: input.recycleDays ?? row.recycle_days,
        products: input.products === undefined ? row.products : JSON.stringify(input.products),
        owner_shop_id: input.ownerShopId === undefined ? row.owner_shop_id : input.ownerShopId,
      };
      await store.write(async (trx) => void (await trx.updateTable('waybill_accounts').set(next).where('id', '=', row.id).execute()));
      await audit.record(actor, 'account.update', row.id, { fields: Object.keys(input).filter((key) => key !== 'id') });
      return accountFromRow(next);
    },

    /** Changes the state with who, when and why. Errors: NOT_FOUND, ACCOUNT_NOT_ACTIVE (no such step), AGREEMENT_MISSING. */
    async setState(input: { id: string; state: AccountState; reason: string }, actor: Actor): Promise<Account> {
      const at = clock.now();
      const row = await store.write(async (trx) => {
        const row = (await repository.account(input.id, trx)) ?? fail('NOT_FOUND', { what: 'account', id: input.id });
        if (row.state === input.state) return row;
        if (!accountSteps[row.state as AccountState].includes(input.state)) fail('ACCOUNT_NOT_ACTIVE', { account: row.name, state: row.state });
        if (input.state === 'active' && row.settlement === 'pickup' && row.agreement_at === null) fail('AGREEMENT_MISSING', { account: row.name });
        await trx.updateTable('waybill_accounts').set({ state: input.state }).where('id', '=', row.id).execute();
        await trx
          .insertInto('waybill_account_steps')
          .values({ id: ids.next('step'), account_id: row.id, from_state: row.state, to_state: input.state, at, operator: actor.operator, station_id: actor.station.id, reason: input.reason })
          .execute();
        return { ...row, state: input.state };
      });
      await audit.record(actor, 'account.state', row.id, { state: input.state });
      return accountFromRow(row);
    },

    /** The signed payment agreement of a pick-up account: date and the account it is for. */
    async recordAgreement(input: { id: string; signedAt: string; account: string }, actor: Actor): Promise<Account> {
      const row = await need(input.id);
      if (row.settlement !== 'pickup') fail('CONFLICT', { what: 'account', id: row.name, reason: 'no agreement needed' });
      const next = { ...row, agreement_at: input.signedAt, agreement_account: input.account };
      await store.write(async (trx) => void (await trx.updateTable('waybill_accounts').set(next).where('id', '=', row.id).execute()));
      await audit.record(actor, 'account.agreement', row.id, { signedAt: input.signedAt });
      return accountFromRow(next);
    },

    /** Units bought, with what was paid in fen. Returns the new balance. */
    topUp(input: { id: string; units: number; paidFen: number; note: string }, actor: Actor): Promise<number> {
      if (input.units < 1) fail('BAD_INPUT', { issues: [{ path: 'units', message: 'must be at least 1' }] });
      return moveUnits(input.id, { kind: 'top_up', units: input.units, reason: input.note, facts: { paidFen: input.paidFen } }, actor);
    },
    /** A correction after comparing with the branch; needs a reason. Returns the new balance. */
    correct(input: { id: string; units: number; reason: string }, actor: Actor): Promise<number> {
      if (input.reason.trim() === '') fail('REASON_NEEDED', { action: 'correct' });
      return moveUnits(input.id, { kind: 'correct', units: input.units, reason: input.reason }, actor);
    },
    async steps(accountId: string) {
      return store.db.selectFrom('waybill_account_steps').selectAll().where('account_id', '=', accountId).orderBy('at').orderBy('id').execute();
    },

    /** A pool and the right of its owner's shop to draw from it without limit. */
    async createPool(input: { accountId: string; name: string; ownerShopId: string; reserve: number }, actor: Actor): Promise<Pool> {
      const account = await need(input.accountId);
      const at = clock.now();
      const row: PoolRow = { id: ids.next('pool'), account_id: account.id, name: input.name, owner_shop_id: input.ownerShopId, reserve: input.reserve, archived_at: null, created_at: at };
      await store.write(async (trx) => {
        await trx.insertInto('waybill_pools').values(row).execute();
        await trx
          .insertInto('waybill_grants')
          .values({
            id: ids.next('gr'), pool_id: row.id, shop_id: input.ownerShopId, own: 1, cap: null, used: 0, daily_cap: null, valid_from: at, valid_to: null, priority: 100,
            provinces: null, min_grams: null, max_grams: null, state: 'active', created_at: at, created_by: actor.operator, changed_at: at,
          })
          .execute();
      });
      await audit.record(actor, 'pool.create', row.id, { account: account.id });
      return poolFromRow(row);
    },
    async updatePool(input: { id: string; name?: string | undefined; reserve?: number | undefined; archived?: boolean | undefined }, actor: Actor): Promise<Pool> {
      const row = await needPool(input.id);
      const next: PoolRow = {
        ...row, name: input.name ?? row.name, reserve: input.reserve ?? row.reserve,
        archived_at: input.archived === undefined ? row.archived_at : input.archived ? clock.now() : null,
      };
      await store.write(async (trx) => void (await trx.updateTable('waybill_pools').set(next).where('id', '=', row.id).execute()));
      await audit.record(actor, 'pool.update', row.id, { fields: Object.keys(input).filter((key) => key !== 'id') });
      return poolFromRow(next);
    },
  };
}

export function accountFromRow(row: AccountRow): Account {
  return {
    id: row.id, carrierCode: row.carrier_code, branchCode: row.branch_code, branchName: row.branch_name, name: row.name, settlement: row.settlement as Settlement,
    state: row.state as AccountState, ownerShopId: row.owner_shop_id, agreementAt: row.agreement_at, agreementAccount: row.agreement_account,
    unitPrice: row.unit_price, lowWater: row.low_water, recycleDays: row.recycle_days, products: JSON.parse(row.products) as string[], createdAt: row.created_at,
  };
}

export function poolFromRow(row: PoolRow): Pool {
  return { id: row.id, accountId: row.account_id, name: row.name, ownerShopId: row.owner_shop_id, reserve: row.reserve, archivedAt: row.archived_at, createdAt: row.created_at };
}
