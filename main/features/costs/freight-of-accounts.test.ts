import { expect, it } from 'vitest';
import { freightTableSchema } from '../../../common/domain/costs/freight-schema.ts';
import { createFreightOfAccounts } from './freight-of-accounts.ts';

const fixed = (priceE4: number) => ({ kind: 'fixed' as const, priceE4 });
const table = (id: string, carrier: string, priceE4: number, more: object = {}) => freightTableSchema.parse({ id, name: id, carrier, nationwide: fixed(priceE4), ...more });

it('prices an account by its own table, else by its carrier’s; examples and ended tables decide nothing', async () => {
  const freight = createFreightOfAccounts({
    tables: async () => [table('a', '圆通', 28_000), table('b', '圆通-江干', 25_000), table('c', 'ZTO', 30_000, { example: true }), table('d', 'STO', 20_000, { validTo: '2025-12-31' })],
    accounts: async () => [
      { id: 'yto-1', name: '圆通-江干', carrierCode: 'YTO' },
      { id: 'yto-2', name: '圆通-诸暨', carrierCode: 'YTO' },
      { id: 'zto', name: '中通', carrierCode: 'ZTO' },
      { id: 'sto', name: '申通', carrierCode: 'STO' },
    ],
    today: () => '2026-11-22',
  });
  const request = { shopId: 's', province: '浙江省', weightGrams: 800 };
  expect(freight.price('yto-1', request)).toBeUndefined();
  await freight.refresh();
  expect(freight.price('yto-1', request)).toBe(250);
  expect(freight.price('yto-2', request)).toBe(280);
  expect(freight.price('zto', request)).toBeUndefined();
  expect(freight.price('sto', request)).toBeUndefined();
  expect(freight.price('yto-1', { shopId: 's', province: '浙江省' })).toBeUndefined();
});
