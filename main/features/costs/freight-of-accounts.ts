import { compileFreight, isValidOn } from '../../../common/domain/costs/freight.ts';
import type { CompiledFreight } from '../../../common/domain/costs/freight.ts';
import type { FreightTable } from '../../../common/domain/costs/freight-schema.ts';
import type { Freight } from '../../../common/domain/waybills/choose.ts';
import { findCarrier } from '../../../common/domain/waybills/carriers.ts';

export interface FreightOfAccountsDeps {
  readonly tables: () => Promise<readonly FreightTable[]>;
  readonly accounts: () => Promise<readonly { readonly id: string; readonly name: string; readonly carrierCode: string }[]>;
  /** Today in China, YYYY-MM-DD. */
  readonly today: () => string;
}

export type FreightOfAccounts = ReturnType<typeof createFreightOfAccounts>;

/**
 * What a parcel costs on a waybill account, for choosing the cheapest pool: by the freight table that names the account, else by the one
 * of its carrier. Tables with example figures decide nothing. The answer comes from memory, because it is asked inside the draw's
 * transaction; `refresh` reads tables and accounts again after a change.
 */
export function createFreightOfAccounts({ tables, accounts, today }: FreightOfAccountsDeps) {
  let byAccount = new Map<string, readonly CompiledFreight[]>();

  return {
    async refresh(): Promise<void> {
      const [known, all] = await Promise.all([tables(), accounts()]);
      const compiled = known.filter((table) => !table.example && table.carrier !== undefined).map((table) => ({ named: table.carrier ?? '', freight: compileFreight(table) }));
      byAccount = new Map(
        all.map((account) => {
          const own = compiled.filter(({ named }) => named === account.name);
          const ofCarrier = compiled.filter(({ named }) => findCarrier(named)?.code === account.carrierCode);
          return [account.id, (own.length > 0 ? own : ofCarrier).map(({ freight }) => freight)];
        }),
      );
    },

    /** Price in fen, or undefined when no table, place or weight is known. */
    price: ((accountId, request) => {
      if (request.province === undefined || request.weightGrams === undefined) return undefined;
      const date = today();
      for (const freight of byAccount.get(accountId) ?? []) {
        if (!isValidOn(freight.table, date)) continue;
        const quote = freight.place(request.province, '').quote(request.weightGrams, 0, date);
        if (quote.ok) return Math.round(quote.e4 / 100);
      }
      return undefined;
    }) satisfies Freight,
  };
}
