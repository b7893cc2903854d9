import { describe, expect, it } from 'vitest';
import { routeParcel } from './routing.ts';
import type { RoutedParcel, RoutingConditions, RoutingRule } from './routing.ts';

const parcel: RoutedParcel = { province: '新疆维吾尔自治区', city: '喀什地区', grams: 900, shopId: 's1', lines: [{ title: '棉袜 5双', spec: '黑色', skuCode: 'SK-1', itemCode: 'W1', quantity: 2 }] };
const rule = (id: string, warehouseId: string, conditions: RoutingConditions, enabled = true): RoutingRule => ({ id, name: id, warehouseId, conditions, enabled });
const facts = { stockOf: (id: string) => (id === 'west' ? new Set(['SK-1']) : undefined), gainE4: (id: string) => (id === 'west' ? 100 : id === 'dear' ? 0 : null) };
const route = (rules: RoutingRule[], over: Partial<RoutedParcel> = {}) => routeParcel(rules, { ...parcel, ...over }, facts);

describe('routing', () => {
  it('takes the first rule that holds, and own shipping without one', () => {
    expect(route([])).toEqual({ warehouseId: '', ruleId: null, reason: '', undecided: [] });
    const rules = [rule('off', 'x', {}, false), rule('east', 'east', { provinces: ['浙江'] }), rule('far', 'west', { provinces: ['新疆', '西藏'] }), rule('rest', 'rest', {})];
    expect(route(rules)).toMatchObject({ warehouseId: 'west', ruleId: 'far' });
    expect(route(rules, { province: '北京' })).toMatchObject({ warehouseId: 'rest' });
  });
  it.each([
    [{ cities: ['新疆/喀什地区'] }, true], [{ cities: ['和田地区'] }, false],
    [{ minGrams: 900, maxGrams: 900 }, true], [{ minGrams: 901 }, false], [{ maxGrams: 899 }, false],
    [{ minItems: 2 }, true], [{ minItems: 3 }, false], [{ maxItems: 1 }, false],
    [{ items: ['sk-1'] }, true], [{ items: ['手套'] }, false],
    [{ shopIds: ['s1'] }, true], [{ shopIds: ['s2'] }, false],
    [{ stockedThere: true }, true], [{ cheaper: true }, true],
  ] satisfies [RoutingConditions, boolean][])('%j holds: %s', (conditions, expected) => {
    expect(route([rule('r', 'west', conditions)]).ruleId === 'r').toBe(expected);
  });
  it('passes over a rule it cannot judge, and says so', () => {
    expect(route([rule('light', 'west', { maxGrams: 1000 })], { grams: null })).toMatchObject({ ruleId: null, undecided: ['light: weight'] });
    expect(route([rule('cheap', 'nobody', { cheaper: true })])).toMatchObject({ ruleId: null, undecided: ['cheap: price'] });
    expect(route([rule('held', 'nobody', { stockedThere: true })])).toMatchObject({ ruleId: null, undecided: ['held: stock'] });
  });
  it('does not call an equal price cheaper', () => {
    expect(route([rule('r', 'dear', { cheaper: true })]).ruleId).toBeNull();
    expect(route([rule('r', 'west', { stockedThere: true })], { lines: [{ ...parcel.lines[0]!, skuCode: 'other' }] }).ruleId).toBeNull();
  });
});
