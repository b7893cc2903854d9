/** Order files nobody wrote for the readers, through the real worker: what they must become is in fixtures/unseen/orders.json. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { OrderDraft } from '../../common/domain/orders/types.ts';
import { createOrderFileReader } from '../../main/features/orders/files/reader.ts';

/** `lines`: title, spec, quantity; `region`: province/city/district/town; `itemId`, `skuCode`: of the first line; anything else is a field of the order. */
type ExpectedOrder = Readonly<Record<string, unknown>>;
interface ExpectedFile {
  readonly about: string;
  readonly platform: string;
  readonly orders: readonly ExpectedOrder[];
  /** Row and the codes that are all right, joined by `|`. */
  readonly rejected: readonly (readonly [number, string])[];
  readonly flagged?: readonly (readonly [string, readonly string[]])[];
  readonly notices?: readonly string[];
}
interface RefusedFile {
  readonly about: string;
  /** Why nobody can read it. */
  readonly refused: string;
}

const folder = 'test/fixtures/unseen/orders/';
const files = JSON.parse(readFileSync('test/fixtures/unseen/orders.json', 'utf8')) as Record<string, ExpectedFile | RefusedFile>;
const readable = Object.entries(files).filter((entry): entry is [string, ExpectedFile] => !('refused' in entry[1]));
const refused = Object.entries(files).filter((entry): entry is [string, RefusedFile] => 'refused' in entry[1]);
const reader = createOrderFileReader();

function seen(order: OrderDraft, wanted: ExpectedOrder): Record<string, unknown> {
  const { receiver, lines } = order;
  const all: Record<string, unknown> = {
    ...order,
    name: receiver.name,
    phone: receiver.phone,
    region: [receiver.province, receiver.city, receiver.district, receiver.town].join('/'),
    lines: lines.map((line) => [line.title, line.spec, line.quantity]),
    itemId: lines[0]?.itemId,
    skuCode: lines[0]?.skuCode,
  };
  return Object.fromEntries(Object.keys(wanted).map((key) => [key, all[key]]));
}

describe('unseen order files', () => {
  it('are all expected', () => expect(readdirSync(folder).toSorted()).toEqual(Object.keys(files).toSorted()));

  it.each(readable.map(([name, file]) => [name, file.about, file] as const))('%s: %s', async (name, _about, wanted) => {
    const result = await reader.read({ name, bytes: readFileSync(folder + name), language: 'en' });
    if (!result.ok) throw new Error(`not recognised: ${JSON.stringify(result.unknown.sample.slice(0, 3))}`);
    const { file } = result;
    expect(file.platform).toBe(wanted.platform);
    expect(file.orders.map((order, index) => seen(order, wanted.orders[index] ?? {}))).toEqual(wanted.orders);
    expect(file.rejected.map(({ row, code }, index) => [row, wanted.rejected[index]?.[1].split('|').includes(code) === true ? wanted.rejected[index][1] : code])).toEqual(wanted.rejected);
    if (wanted.flagged) expect(file.flagged.map(({ order, codes }) => [order, codes])).toEqual(wanted.flagged);
    expect(file.notices.map(({ code }) => code)).toEqual(expect.arrayContaining([...(wanted.notices ?? [])]));
  });

  it.each(refused.map(([name, file]) => [name, file.refused] as const))('%s is refused: %s', async (name, problem) => {
    await expect(reader.read({ name, bytes: readFileSync(folder + name), language: 'en' })).rejects.toMatchObject({ error: { code: 'FILE_REFUSED', data: { problem } } });
  });
});
