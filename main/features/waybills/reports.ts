/** What people read: balances, forecast, usage, statement, settlement, the ledger and one number's whole life. */
import type { AccountView, Forecast, LedgerEvent, PoolView } from '../../../common/contract/waybills.ts';
import { normaliseNumber } from '../../../common/domain/waybills/formats.ts';
import { fail } from '../../../common/errors.ts';
import { accountFromRow, poolFromRow } from './accounts.ts';
import { businessDay, monthBounds } from './days.ts';
import type { LedgerRow } from './ledger.ts';
import type { WaybillsRepository } from './repository.ts';
import type { Store } from './store.ts';

/** Days of use the forecast looks back over. */
const rateDays = 14;

export interface ReportsDeps {
  readonly store: Store;
  readonly repository: WaybillsRepository;
  readonly clock: { now(): string };
}

export type Reports = ReturnType<typeof createReports>;

export function createReports({ store, repository, clock }: ReportsDeps) {
  const { db } = store;

  async function shopNames(): Promise<(id: string | null) => string> {
    const rows = await db.selectFrom('shops').select(['id', 'name']).execute();
    const names = new Map(rows.map((row) => [row.id, row.name]));
    return (id) => (id === null ? '' : (names.get(id) ?? id));
  }

  /** Numbers drawn per day over the last days, per account. A young account counts only the days it lived. */
  async function rates(): Promise<Map<string, number>> {
    const now = clock.now();
    const since = businessDay(new Date(Date.parse(now) - (rateDays - 1) * 86_400_000).toISOString());
    const rows = await db
      .selectFrom('waybill_grant_days as d')
      .innerJoin('waybill_grants as g', 'g.id', 'd.grant_id')
      .innerJoin('waybill_pools as p', 'p.id', 'g.pool_id')
      .select((eb) => ['p.account_id', eb.fn.sum('d.used').as('used'), eb.fn.min('d.day').as('first')])
      .where('d.day', '>=', since)
      .groupBy('p.account_id')
      .execute();
    const today = Date.parse(businessDay(now));
    return new Map(rows.map((row) => [row.account_id, Number(row.used) / Math.min(rateDays, (today - Date.parse(row.first)) / 86_400_000 + 1)]));
  }

  function forecast(free: number, units: number | null, perDay: number, lowWater: number): Forecast {
    const usable = units === null ? free : Math.min(free, units);
    const daysLeft = perDay > 0 ? Math.floor((usable / perDay) * 10) / 10 : null;
    return { free, units, usable, perDay: Math.round(perDay * 10) / 10, daysLeft, low: usable < lowWater };
  }

  return {
    forecast,

    async accounts(): Promise<AccountView[]> {
      const [rows, balances, steps, perDay] = await Promise.all([
        db.selectFrom('waybill_accounts').selectAll().orderBy('created_at').execute(),
        db.selectFrom('waybill_balances').selectAll().execute(),
        db.selectFrom('waybill_account_steps').selectAll().orderBy('at').orderBy('id').execute(),
        rates(),
      ]);
      return rows.map((row) => {
        const own = balances.filter((balance) => balance.account_id === row.id);
        const sums: Record<string, number> = {};
        for (const balance of own.filter((one) => one.book === 'numbers')) sums[balance.acct] = (sums[balance.acct] ?? 0) + Number(balance.balance);
        const units = row.settlement === 'prepaid' ? Number(own.find((one) => one.book === 'units' && one.acct === 'balance')?.balance ?? 0) : null;
        return {
          ...accountFromRow(row), balances: sums, forecast: forecast(sums['free'] ?? 0, units, perDay.get(row.id) ?? 0, row.low_water),
          steps: steps.filter((step) => step.account_id === row.id).map((step) => ({ from: step.from_state, to: step.to_state, at: step.at, operator: step.operator, reason: step.reason })),
        };
      });
    },

    async pools(): Promise<PoolView[]> {
      const name = await shopNames();
      const [rows, balances, grants, segments] = await Promise.all([
        db.selectFrom('waybill_pools as p').innerJoin('waybill_accounts as a', 'a.id', 'p.account_id').selectAll('p').select(['a.name as account_name', 'a.carrier_code', 'a.state as account_state']).orderBy('p.created_at').execute(),
        db.selectFrom('waybill_balances').selectAll().where('book', '=', 'numbers').execute(),
        db.selectFrom('waybill_grants').select(['pool_id', 'shop_id', 'own', 'used']).where('used', '>', 0).execute(),
        db.selectFrom('waybill_segments').select((eb) => ['pool_id', eb.fn.countAll().as('count')]).where('state', '=', 'open').groupBy('pool_id').execute(),
      ]);
      const counts = new Map(segments.map((row) => [row.pool_id, Number(row.count)]));
      return rows.map((row) => {
        const usage = new Map<string, { shopId: string; shopName: string; own: boolean; used: number }>();
        for (const grant of grants.filter((one) => one.pool_id === row.id)) {
          const known = usage.get(grant.shop_id);
          if (known) known.used += grant.used;
          else usage.set(grant.shop_id, { shopId: grant.shop_id, shopName: name(grant.shop_id), own: grant.own === 1, used: grant.used });
        }
        return {
          ...poolFromRow(row), accountName: row.account_name, carrierCode: row.carrier_code, accountState: row.account_state, segments: counts.get(row.id) ?? 0,
          balances: Object.fromEntries(balances.filter((one) => one.pool_id === row.id).map((one) => [one.acct, Number(one.balance)])),
          usage: [...usage.values()].sort((a, b) => b.used - a.used),
        };
      });
    },

    /** Numbers the program may still issue and for how many whole days, over all active accounts. */
    async overall(): Promise<{ free: number; daysLeft: number | null }> {
      const accounts = (await this.accounts()).filter((account) => account.state === 'active');
      const usable = accounts.reduce((sum, account) => sum + account.forecast.usable, 0);
      const perDay = accounts.reduce((sum, account) => sum + account.forecast.perDay, 0);
      return { free: usable, daysLeft: perDay > 0 ? Math.floor(usable / perDay) : null };
    },

    /** A month of one account from the ledger: opening, every kind of movement, closing, and who drew. */
    async statement(input: { id: string; month: string }) {
      const account = (await repository.account(input.id)) ?? fail('NOT_FOUND', { what: 'account', id: input.id });
      const { from, to } = monthBounds(input.month);
      const name = await shopNames();
      const units = await db
        .selectFrom('waybill_ledger')
        .select(['at', 'kind', 'book', 'from_acct', 'to_acct', 'n', 'shop_id', 'facts'])
        .where('account_id', '=', account.id)
        .where('number', 'is', null)
        .where('at', '<', to)
        .orderBy('seq')
        .execute();
      let opening = 0;
      let closing = 0;
      const lines = new Map<string, { kind: string; book: string; n: number; fen: number }>();
      const shops = new Map<string, { shopId: string; shopName: string; drawn: number; recycled: number }>();
      for (const event of units) {
        const balance = event.book !== 'units' ? 0 : event.to_acct === 'balance' ? event.n : event.from_acct === 'balance' ? -event.n : 0;
        closing += balance;
        if (event.at < from) {
          opening += balance;
          continue;
        }
        const key = `${event.book}|${event.kind}`;
        const line = lines.get(key) ?? { kind: event.kind, book: event.book, n: 0, fen: 0 };
        const sign = event.kind === 'correct' && event.from_acct === 'balance' ? -1 : 1;
        line.n += sign * event.n;
        line.fen += Number((JSON.parse(event.facts) as { paidFen?: number }).paidFen ?? 0);
        lines.set(key, line);
        if (event.book === 'units' && event.shop_id !== null) {
          const shop = shops.get(event.shop_id) ?? { shopId: event.shop_id, shopName: name(event.shop_id), drawn: 0, recycled: 0 };
          if (event.kind === 'recycle') shop.recycled += event.n;
          else shop.drawn += event.n;
          shops.set(event.shop_id, shop);
        }
      }
      return { month: input.month, accountId: account.id, opening, closing, lines: [...lines.values()], shops: [...shops.values()].sort((a, b) => b.drawn - a.drawn) };
    },

    /** What each shop owes the owner of the pools it drew from, per month: units drawn less units that came back, at the account's price. */
    async settlement(input: { month: string }) {
      const { from, to } = monthBounds(input.month);
      const name = await shopNames();
      const accounts = new Map((await db.selectFrom('waybill_accounts').selectAll().execute()).map((row) => [row.id, row]));
      const rows = await db
        .selectFrom('waybill_ledger')
        .select((eb) => ['account_id', 'payer_shop_id', 'shop_id', 'kind', eb.fn.sum('n').as('n')])
        .where('book', '=', 'units')
        .where('number', 'is', null)
        .where('shop_id', 'is not', null)
        .where('at', '>=', from)
        .where('at', '<', to)
        .groupBy(['account_id', 'payer_shop_id', 'shop_id', 'kind'])
        .execute();
      const merged = new Map<string, { payerShopId: string; shopId: string; accountId: string; drawn: number; recycled: number }>();
      for (const row of rows) {
        const payerShopId = row.payer_shop_id ?? '';
        const shopId = row.shop_id ?? '';
        const key = `${payerShopId}|${shopId}|${row.account_id}`;
        const entry = merged.get(key) ?? { payerShopId, shopId, accountId: row.account_id, drawn: 0, recycled: 0 };
        if (row.kind === 'recycle') entry.recycled += Number(row.n);
        else entry.drawn += Number(row.n);
        merged.set(key, entry);
      }
      return {
        month: input.month,
        rows: [...merged.values()]
          .map((entry) => {
            const account = accounts.get(entry.accountId);
            const unitPrice = account?.unit_price ?? 0;
            const charged = entry.drawn - entry.recycled;
            return {
              ...entry, payerShopName: name(entry.payerShopId), shopName: name(entry.shopId), accountName: account?.name ?? entry.accountId, carrierCode: account?.carrier_code ?? '',
              charged, unitPrice, fen: Math.round((charged * unitPrice) / 100),
            };
          })
          .sort((a, b) => a.payerShopName.localeCompare(b.payerShopName) || b.drawn - a.drawn),
      };
    },

    async ledger(query: { accountId?: string | undefined; poolId?: string | undefined; shopId?: string | undefined; kind?: string | undefined; number?: string | undefined; from?: string | undefined; to?: string | undefined; before?: number | undefined; limit: number }) {
      let select = db.selectFrom('waybill_ledger').selectAll().orderBy('seq', 'desc').limit(query.limit + 1);
      if (query.accountId !== undefined) select = select.where('account_id', '=', query.accountId);
      if (query.poolId !== undefined) select = select.where('pool_id', '=', query.poolId);
      if (query.shopId !== undefined) select = select.where('shop_id', '=', query.shopId);
      if (query.kind !== undefined) select = select.where('kind', '=', query.kind);
      if (query.number !== undefined) select = select.where('number', '=', normaliseNumber(query.number));
      if (query.from !== undefined) select = select.where('at', '>=', query.from);
      if (query.to !== undefined) select = select.where('at', '<', query.to);
      if (query.before !== undefined) select = select.where('seq', '<', query.before);
      const rows = await select.execute();
      return { events: rows.slice(0, query.limit).map(toEvent), more: rows.length > query.limit };
    },

    /** One number from the list it came in to the last thing that happened to it. */
    async follow(text: string) {
      const number = normaliseNumber(text);
      const row = await repository.number(number);
      const segment = await repository.segmentWith(number);
      if (!row && !segment) fail('NUMBER_UNKNOWN', { number });
      const accountId = row?.account_id ?? segment?.account_id ?? '';
      const poolId = row?.pool_id ?? segment?.pool_id ?? '';
      const [account, pool, own, brought, attempts] = await Promise.all([
        repository.account(accountId),
        repository.pool(poolId),
        db.selectFrom('waybill_ledger').selectAll().where('number', '=', number).orderBy('seq').execute(),
        segment
          ? db.selectFrom('waybill_ledger').selectAll().where('account_id', '=', accountId).where('book', '=', 'numbers').where('number', 'is', null).where('pool_id', '=', poolId).orderBy('seq').execute()
          : Promise.resolve([]),
        db.selectFrom('print_attempts').selectAll().where('number', '=', number).orderBy('attempt_no').execute(),
      ]);
      const ranges = brought.filter((event) => event.first_number !== null && event.last_number !== null && within(number, event.first_number, event.last_number));
      const before = row ? ranges.filter((event) => Number(event.seq) < Number(own[0]?.seq ?? Number.POSITIVE_INFINITY)) : ranges;
      return {
        number, state: row?.state ?? (segment?.state === 'open' || segment?.state === 'used' ? (segment.holder === 'pool' ? 'free' : 'leased') : (segment?.state ?? 'free')),
        carrierCode: account?.carrier_code ?? '', accountName: account?.name ?? '', poolName: pool?.name ?? '', parcelId: row?.parcel_id ?? null, shopId: row?.shop_id ?? null,
        drawnAt: row?.drawn_at ?? null, releaseAt: row?.release_at ?? null, reason: row?.reason ?? '', events: [...before, ...own].map(toEvent),
        attempts: attempts.map((attempt) => ({
          id: attempt.id, attemptNo: attempt.attempt_no, mark: attempt.mark, state: attempt.state, printerId: attempt.printer_id, operator: attempt.operator, reason: attempt.reason,
          createdAt: attempt.created_at, detail: attempt.detail,
        })),
      };
    },
  };
}

/** Ranges of the ledger are of one series, so equal length and order of text is order of numbers. */
function within(number: string, first: string, last: string): boolean {
  return number.length === first.length && number >= first && number <= last;
}

export function toEvent(row: LedgerRow): LedgerEvent {
  return {
    seq: Number(row.seq), at: row.at, kind: row.kind, book: row.book, accountId: row.account_id, poolId: row.pool_id, from: row.from_acct, to: row.to_acct, n: row.n, number: row.number,
    firstNumber: row.first_number, lastNumber: row.last_number, parcelId: row.parcel_id, shopId: row.shop_id, payerShopId: row.payer_shop_id, attemptId: row.attempt_id,
    stationId: row.station_id, operator: row.operator, reason: row.reason, facts: row.facts, hash: row.hash,
  };
}

/** A table as csv for Excel: BOM, RFC 4180 quotes, and no cell that a spreadsheet would run as a formula. */
export function toCsv(rows: readonly (readonly (string | number | null)[])[]): string {
  const cell = (value: string | number | null): string => {
    const text = value === null ? '' : String(value);
    const safe = typeof value === 'string' && /^[=+\-@\t\r\0＝＋－＠]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}
