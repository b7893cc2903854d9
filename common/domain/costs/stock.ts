/**
 * Stock that the parcels need, for storage fees and tied-up money.
 *
 * cycle stock  = ⌈items per day × days between restockings ÷ 2⌉ (it falls evenly from a full to an empty shelf)
 * safety stock = ⌈z × standard deviation of a day × √lead days⌉, z by the chance of not running out (normal distribution)
 * dwell days   = stock ÷ items per day: how long a piece lies; free storage days are taken off it
 */
import { BP, ceilDiv, mulDiv } from './money.ts';
import type { Quote, Stock } from './scenario.ts';
import type { MonthVolume } from './staff.ts';

/** z values × 10000 of the one-sided normal distribution. */
const serviceFactor = { '90%': 12816, '95%': 16449, '98%': 20537, '99%': 23263 } as const;

export interface StockLevel {
  readonly cycle: number;
  readonly safety: number;
  readonly items: number;
  readonly cm3: number;
  readonly valueFen: number;
}

/** Mean stock of a month. */
export function stockLevel(stock: Stock, volume: MonthVolume): StockLevel {
  let cycle = 0;
  let safety = 0;
  if (stock.items !== undefined) cycle = stock.items;
  else if (volume.covered > 0) {
    const dayParts = volume.days * volume.covered;
    cycle = ceilDiv(volume.items * volume.length * stock.restockDays, 2 * dayParts);
    const perDay = (volume.items * volume.length) / dayParts;
    safety = Math.ceil((perDay * serviceFactor[stock.service] * stock.variationBp * Math.sqrt(stock.leadDays)) / BP / BP - 1e-9);
  }
  const items = cycle + safety;
  return { cycle, safety, items, cm3: items * stock.itemCm3, valueFen: items * stock.itemCostFen };
}

/** Storage bill of a month in E4 under the lines of a quote. */
export function storageE4(lines: Quote['storage'], stock: Stock, volume: MonthVolume): number {
  if (lines.length === 0 || volume.covered === 0) return 0;
  const level = stockLevel(stock, volume);
  if (level.items === 0) return 0;
  // dwell days as a fraction: items in stock ÷ items per day
  const dwellTop = level.items * volume.days * volume.covered;
  const dwellBottom = volume.items * volume.length;
  let sum = 0;
  for (const line of lines) {
    const full = fullStorageE4(line, stock, level.cm3, volume);
    const charged =
      line.freeDays === 0 || dwellBottom === 0
        ? full
        : Math.round((full * Math.max(0, dwellTop - line.freeDays * dwellBottom)) / dwellTop);
    sum += charged;
  }
  return sum;
}

function fullStorageE4(line: Quote['storage'][number], stock: Stock, cm3: number, volume: MonthVolume): number {
  // storage runs on calendar days: a full month is 30 of them, whatever the shipping days are
  const part = (amount: number, times: number) => mulDiv(amount * times, volume.covered, volume.length);
  if (line.unit === 'm3-day') return part(mulDiv(cm3, line.priceE4, 1_000_000), 30);
  if (line.unit === 'm2-month') return part(mulDiv(cm3, line.priceE4, 1000 * stock.stackMm), 1);
  const pallets = ceilDiv(cm3, stock.palletCm3);
  return part(line.priceE4 * pallets, line.unit === 'pallet-day' ? 30 : 1);
}
