import { array, assert, boolean, constantFrom, integer, option, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CarrierRule, RulePlace } from '../../contract/orders.ts';
import { chooseCarrier, ruleFaults, withExclusions } from './carrier-rules.ts';
import type { CarrierFacts } from './carrier-rules.ts';

const place = (province: string, city = '', district = ''): RulePlace => ({ province, city, district });
const rule = (conditions: CarrierRule['conditions'], carrierCode = 'YTO', enabled = true): CarrierRule => ({ id: 'r', position: 0, name: 'r', carrierCode, product: '', conditions, enabled });
const facts: CarrierFacts = { province: '内蒙古自治区', city: '锡林郭勒盟', district: '锡林浩特市', grams: null, shopId: 's', platform: 'pdd', paidFen: 1000, goods: '棉袜', notes: '' };

describe('a rule fits', () => {
  it.each<[CarrierRule['conditions'], string]>([
    [{ places: [place('内蒙古')] }, 'YTO'],
    [{ places: [place('浙江省'), place('内蒙古自治区', '锡林郭勒盟')] }, 'YTO'],
    [{ places: [place('内蒙古自治区', '锡林郭勒盟', '二连浩特市')] }, ''],
    [{ places: [place('', '锡林郭勒')] }, 'YTO'],
    [{ minGrams: 1 }, ''],
    [{ minFen: 1000, maxFen: 1000 }, 'YTO'],
    [{ maxFen: 999 }, ''],
    [{ items: ['袜'], platforms: ['pdd'] }, 'YTO'],
    [{ shopIds: ['x'] }, ''],
  ])('%j', (conditions, carrier) => expect(chooseCarrier(facts, [rule(conditions)], '', []).carrierCode).toBe(carrier));

  it('and is passed over where its carrier does not go', () => {
    const reach = [{ carrierCode: 'YTO', ...place('内蒙古自治区', '锡林郭勒盟') }, { carrierCode: 'EMS', ...place('西藏自治区') }];
    expect(chooseCarrier(facts, [rule({})], 'EMS', reach)).toEqual({ carrierCode: 'EMS', reason: 'fallback (YTO✕)', ruleId: null });
    expect(chooseCarrier({ ...facts, city: '呼和浩特市' }, [rule({})], 'EMS', reach).carrierCode).toBe('YTO');
  });
});

it('a larger exclusion takes in the smaller ones of its carrier', () => {
  const of = (carrierCode: string, ...path: [string, string?, string?]) => ({ carrierCode, ...place(...path) });
  const reach = [of('YTO', '西藏自治区', '那曲市', '双湖县'), of('ZTO', '西藏自治区', '那曲市'), of('YTO', '青海省', '玉树藏族自治州')];
  expect(withExclusions(reach, [of('YTO', '西藏自治区', '那曲市'), of('YTO', '青海省', '玉树藏族自治州', '囊谦县'), of('ZTO', '西藏自治区')])).toEqual([of('YTO', '青海省', '玉树藏族自治州'), of('YTO', '西藏自治区', '那曲市'), of('ZTO', '西藏自治区')]);
});

describe('a rule that can never match', () => {
  it.each<[string, CarrierRule[], (string | undefined)[]]>([
    ['a range the wrong way round', [rule({ minGrams: 3000, maxGrams: 1000 }), rule({ minFen: 2, maxFen: 1 })], ['weight', 'amount']],
    ['no carrier', [rule({}, '')], ['no-carrier']],
    ['behind a rule for everything', [rule({}), rule({ notes: ['急'] }, 'SF')], [undefined, 'covered']],
    ['behind one switched off: fine', [rule({}, 'YTO', false), rule({ notes: ['急'] }, 'SF')], [undefined, undefined]],
    ['a city behind its province', [rule({ places: [place('浙江省')] }), rule({ places: [place('浙江省', '杭州市')], minGrams: 5 }, 'ZTO')], [undefined, 'covered']],
    ['a province behind its city: fine', [rule({ places: [place('浙江省', '杭州市')] }), rule({ places: [place('浙江省')] }, 'ZTO')], [undefined, undefined]],
    ['a weight inside another', [rule({ maxGrams: 3000 }), rule({ minGrams: 1000, maxGrams: 2000 }, 'ZTO'), rule({ minGrams: 1000 }, 'SF')], [undefined, 'covered', undefined]],
    ['a word inside another', [rule({ items: ['袜'] }), rule({ items: ['棉袜', '丝袜'] }, 'ZTO'), rule({ items: ['鞋'] }, 'SF')], [undefined, 'covered', undefined]],
  ])('%s', (_name, rules, problems) => expect(ruleFaults(rules, []).map((fault) => fault?.problem)).toEqual(problems));

  it('is not one whose product is asked for when its carrier is chosen by hand', () => {
    const cold = { ...rule({ items: ['冰淇淋'] }, 'SF'), product: '冷运到家' };
    expect([rule({}), rule({}, 'SF')].map((first) => ruleFaults([first, cold], [])[1]?.problem)).toEqual([undefined, 'covered']);
  });

  it('is not one that takes over where the carrier before it does not go', () => {
    const rules = [rule({}), rule({ places: [place('西藏自治区')] }, 'EMS'), rule({ places: [place('浙江省')] }, 'ZTO')];
    expect(ruleFaults(rules, [{ carrierCode: 'YTO', ...place('西藏自治区', '那曲市') }])).toEqual([undefined, undefined, { problem: 'covered', by: 1 }]);
  });

  it('never chooses anything, whatever the order', () => {
    const some = <T>(values: readonly T[]) => option(array(constantFrom(...values), { minLength: 1, maxLength: 2 }), { nil: undefined });
    const number = option(integer({ min: 0, max: 4 }), { nil: undefined });
    const places = [place('浙江省'), place('浙江省', '杭州市'), place('江苏省')];
    const conditions = record({ places: some(places), shopIds: some(['a', 'b']), items: some(['袜', '棉袜']), minGrams: number, maxGrams: number });
    const rules = array(record({ conditions, carrierCode: constantFrom('YTO', 'ZTO', ''), enabled: boolean() }), { minLength: 1, maxLength: 4 });
    const order = record({ at: constantFrom(place('浙江省', '杭州市'), place('浙江省', '宁波市'), place('江苏省', '南京市')), grams: option(integer({ min: 0, max: 4 })), shopId: constantFrom('a', 'b'), goods: constantFrom('棉袜', '袜', '鞋') });
    const reach = array(record({ carrierCode: constantFrom('YTO', 'ZTO'), where: constantFrom(...places) }), { maxLength: 2 });
    assert(
      property(rules, order, reach, (list, { at, ...rest }, excluded) => {
        const all = list.map((one, position): CarrierRule => ({ id: String(position), name: String(position), position, product: '', ...one, conditions: Object.fromEntries(Object.entries(one.conditions).filter(([, value]) => value !== undefined)) }));
        const out = excluded.map(({ carrierCode, where }) => ({ carrierCode, ...where }));
        const { ruleId } = chooseCarrier({ ...facts, ...at, ...rest }, all, '', out);
        const fault = ruleId === null ? undefined : ruleFaults(all, out)[Number(ruleId)];
        expect([undefined, 'no-carrier']).toContain(fault?.problem);
      }),
      { numRuns: 2_000 },
    );
  });
});
