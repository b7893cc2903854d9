/** Documents nobody would draw: every kind of element with every kind of property, inside and outside of groups and of the paper. */
import * as fc from 'fast-check';
import { zlibSync } from 'fflate';
import type { LabelElementInput } from '../../common/domain/label/document.ts';

const some = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });
const fields = ['recipient.name', 'recipient.address', 'items', 'waybill.number', 'orders.amountTotal', 'job.printedAt', 'job.reprint', 'no.such'] as const;

const place = {
  x: fc.integer({ min: -5_000, max: 70_000 }), y: fc.integer({ min: -5_000, max: 55_000 }), width: fc.integer({ min: 0, max: 80_000 }), height: fc.integer({ min: 0, max: 40_000 }),
  when: some(fc.oneof(fc.record({ op: fc.constantFrom('filled' as const, 'empty' as const), field: fc.constantFrom(...fields) }), fc.record({ op: fc.constant('not' as const), of: fc.record({ op: fc.constant('is' as const), field: fc.constant('waybill.carrier.code'), value: fc.constantFrom('YTO', 'SF') }) }))),
  logo: some(fc.constantFrom('upper' as const, 'lower' as const)),
  name: some(fc.string({ maxLength: 10 })),
};
const rotation = fc.constantFrom(0 as const, 90 as const, 180 as const, 270 as const);
const format = fc.array(fc.oneof(fc.record({ kind: fc.constant('mask' as const), as: fc.constantFrom('name' as const, 'phone' as const, 'address' as const, 'text' as const) }), fc.record({ kind: fc.constantFrom('upper' as const, 'lower' as const) }), fc.record({ kind: fc.constant('slice' as const), from: fc.integer({ min: -9, max: 9 }) }), fc.record({ kind: fc.constant('group' as const), size: fc.integer({ min: 1, max: 9 }) }), fc.record({ kind: fc.constant('items' as const), quantity: fc.constantFrom('always' as const, 'never' as const), most: some(fc.integer({ min: 1, max: 3 })) })), { maxLength: 2 });
const content = fc.array(fc.oneof(fc.record({ text: fc.string({ maxLength: 20 }) }), fc.record({ field: fc.constantFrom(...fields), format, before: fc.string({ maxLength: 3 }) })), { maxLength: 3 });
const font = fc.record({ size: fc.integer({ min: 500, max: 12_000 }), weight: fc.constantFrom('regular' as const, 'medium' as const, 'bold' as const), spacing: fc.integer({ min: -500, max: 2_000 }) });
const align = fc.constantFrom('left' as const, 'center' as const, 'right' as const);
const valign = fc.constantFrom('top' as const, 'middle' as const, 'bottom' as const);
const fit = fc.oneof(fc.constant({ kind: 'none' as const }), fc.constant({ kind: 'clamp' as const }), fc.record({ kind: fc.constant('shrink' as const), smallest: fc.integer({ min: 500, max: 4_000 }), then: fc.constantFrom('none' as const, 'clamp' as const) }));
const largestModule = fc.integer({ min: 100, max: 2_000 });
const picture = fc.record({ width: fc.integer({ min: 1, max: 24 }), height: fc.integer({ min: 1, max: 24 }), seed: fc.nat(255) }).map(({ width, height, seed }) => ({ width, height, grey: Buffer.from(zlibSync(Uint8Array.from({ length: width * height }, (_, at) => (at * 37 + seed) % 256))).toString('base64') }));
const column = fc.record({ content: fc.array(fc.record({ field: fc.constantFrom('item.shortName', 'item.quantity', 'item.location', 'order.id', 'line.number', 'row.number') }), { minLength: 1, maxLength: 2 }), width: fc.constantFrom(0, 8_000, 30_000), title: fc.string({ maxLength: 5 }), align, weight: fc.constantFrom('regular' as const, 'bold' as const), wrap: fc.boolean(), scale: some(fc.integer({ min: 50, max: 300 })), emphasis: some(fc.constant({ field: 'item.quantity', isNot: 1 })) });
const overflow = fc.oneof(fc.constant({ kind: 'more' as const }), fc.constant({ kind: 'continue' as const }), fc.constant({ kind: 'grow' as const }), fc.record({ kind: fc.constant('shrink' as const), smallest: fc.integer({ min: 500, max: 3_000 }), then: fc.constantFrom('more' as const, 'none' as const) }));

const plain = {
  text: fc.record({ ...place, rotation, type: fc.constant('text' as const), content, font, align, valign, fit, reverse: fc.boolean(), padding: fc.constantFrom(0, 1_000) }),
  paragraph: fc.record({ ...place, rotation, type: fc.constant('paragraph' as const), content, font, align, valign, fit, lineHeight: fc.integer({ min: 80, max: 200 }), maxLines: some(fc.integer({ min: 1, max: 3 })) }),
  barcode: fc.record({ ...place, rotation, type: fc.constant('barcode' as const), content, largestModule, align, spare: fc.boolean(), symbology: fc.constantFrom('code128' as const, 'ean13' as const, 'ean8' as const, 'code39' as const, 'itf14' as const), caption: some(fc.record({ size: fc.integer({ min: 1_000, max: 4_000 }), group: fc.integer({ min: 0, max: 6 }) })) }),
  qr: fc.record({ ...place, rotation, type: fc.constant('qr' as const), content, largestModule, level: fc.constantFrom('L' as const, 'M' as const, 'Q' as const, 'H' as const) }),
  line: fc.record({ ...place, type: fc.constant('line' as const), direction: fc.constantFrom('horizontal' as const, 'vertical' as const), thickness: fc.integer({ min: 50, max: 2_000 }), dash: some(fc.constant({ on: 1_000, off: 700 })) }),
  box: fc.record({ ...place, type: fc.constant('box' as const), filled: fc.boolean(), thickness: fc.integer({ min: 50, max: 2_000 }) }),
  image: fc.record({ ...place, rotation, type: fc.constant('image' as const), picture, scaling: fc.constantFrom('contain' as const, 'stretch' as const), method: fc.constantFrom('threshold' as const, 'dither' as const), threshold: fc.integer({ min: 1, max: 255 }) }),
  table: fc.record({ ...place, rotation, type: fc.constant('table' as const), source: fc.constantFrom('items' as const, 'orders' as const, 'manifest' as const), font, columns: fc.array(column, { minLength: 1, maxLength: 4 }), overflow, header: fc.boolean(), rules: fc.constantFrom('none' as const, 'rows' as const, 'grid' as const), rowGap: fc.constantFrom(0, 300, 1_000) }),
} as const;
export const elementKinds = [...Object.keys(plain), 'group'] as const;

type Bare = Record<string, unknown> & { readonly type: string };
const leaf: fc.Arbitrary<Bare> = fc.oneof(...(Object.values(plain) as fc.Arbitrary<Bare>[]));
const group: fc.Arbitrary<Bare> = fc.record({ ...place, type: fc.constant('group' as const), elements: fc.array(fc.oneof({ weight: 4, arbitrary: leaf }, { weight: 1, arbitrary: fc.record({ ...place, type: fc.constant('group' as const), elements: fc.array(leaf, { minLength: 1, maxLength: 2 }) }) as fc.Arbitrary<Bare> }), { minLength: 1, maxLength: 3 }) }) as fc.Arbitrary<Bare>;

/** Gives every element an id of its own, and leaves out what is not there. */
function named(elements: readonly Bare[], next: () => string): LabelElementInput[] {
  return elements.map((one) => ({ ...(JSON.parse(JSON.stringify(one)) as object), id: next(), ...(Array.isArray(one['elements']) ? { elements: named(one['elements'] as Bare[], next) } : {}) }) as unknown as LabelElementInput);
}

/** Up to seven elements of any kind. */
export const randomElements: fc.Arbitrary<LabelElementInput[]> = fc.array(fc.oneof({ weight: 5, arbitrary: leaf }, { weight: 1, arbitrary: group }), { maxLength: 7 }).map((elements) => {
  let count = 0;
  return named(elements, () => `e${++count}`);
});

/** Paper they lie on. */
export const randomMedia = fc.record({ width: fc.constant(76_000), height: fc.constant(60_000), cutLines: fc.constantFrom([], [30_000]), continuous: fc.boolean() });
