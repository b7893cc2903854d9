/** Every division of the tables once and more, in the forms people paste, with street names that are other places' names. */
import { array, assert, constantFrom, integer, nat, oneof, property, string, tuple } from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { coreOf } from '../../common/domain/addresses/division-names.ts';
import type { Division, Divisions } from '../../common/domain/addresses/divisions.ts';
import { loadDivisions } from '../../common/domain/addresses/load.ts';
import { parseAddress } from '../../common/domain/addresses/parse.ts';
import { bare } from '../../main/bench/address-score.ts';

const streets = ['听松路', '锦书巷', '人民路', '北京路', '南京西路', '中山一路', '麦芒大道', '白露胡同', '解放大道', '长春街', '青石桥村', '西藏中路', '新华大街', '广州道', '幸福里'];
const houses = ['18号院6号楼2单元1103', '7号', '9号清欢里2-1-502', '266号-3', '77号半山杂货铺', '3弄602室', '12号知秋里小区5-2-301', '100号麦田广场B座1201', '88号菜鸟驿站'];
const people = ['陈青禾', '欧阳听松', '王芳', '卓玛样四', '阿依古丽·样一', '刘先生', '云南枝', '平谷雨', '安徽', '海南星', '上官若水', '南平', '米粒', '小鱼干', 'Tom', 'Zhang San', '郝**'];

/** A linear congruential generator: the same texts on every run. */
function random(seed: number): <T>(from: readonly T[]) => T {
  let state = seed;
  return (from) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    const picked = from[Math.floor((state / 0x80000000) * from.length)];
    if (picked === undefined) throw new Error('nothing to pick from');
    return picked;
  };
}

interface Place {
  readonly province: Division;
  readonly city: Division;
  readonly district: Division | null;
}

function places(divisions: Divisions): Place[] {
  return divisions.provinces
    .filter((province) => !/^(?:香港|澳门|台湾)/.test(province.name))
    .flatMap((province) => province.children.flatMap((city): Place[] => (city.children.length === 0 ? [{ province, city, district: null }] : city.children.filter((one) => !one.zone).map((district) => ({ province, city, district })))));
}

describe('every division', () => {
  let divisions: Divisions;
  beforeAll(async () => {
    divisions = await loadDivisions();
  });

  it('is read back from full names, short provinces and cities, with its towns, in any order of the parts', () => {
    const pick = random(20_260_101);
    const wrong: string[] = [];
    for (const { province, city, district } of places(divisions)) {
      const towns = (district ?? city).towns.filter((town) => /.{2,}(?:街道|镇|乡)$/.test(town));
      const town = towns.length > 0 && pick([true, false]) ? pick(towns) : '';
      const provinceWords = pick([true, false]) && coreOf(province.name).length >= 2 ? coreOf(province.name) : province.name;
      const cityWords = province.name === city.name ? pick(['', city.name]) : district !== null && coreOf(city.name).length >= 2 ? pick([city.name, city.name, coreOf(city.name)]) : city.name;
      const gap = pick(['', '', ' ', '-']);
      const region = [provinceWords, cityWords, district?.name ?? '', town].filter((part) => part !== '').join(gap) + (gap === ' ' ? ' ' : '');
      const detail = pick(streets) + pick(houses);
      const name = pick(people);
      const phone = `13${pick(['8', '5', '9'])}0000${String(1000 + wrong.length)}`;
      const address = region + detail;
      const text = pick([`${name} ${phone} ${address}`, `${address} ${name} ${phone}`, `${address}，${phone}，${name}`, `${name}\n${phone}\n${address}`, `收货人：${name}\n手机：${phone}\n地址：${address}`, `${name}${phone}${address}`]);
      const read = parseAddress(text, divisions);
      const got = [read.name, read.phone, read.province, read.city, read.district, bare(read.town + read.detail), read.note, read.ambiguities.length];
      const want = [name, phone, province.name, city.name, district?.name ?? '', bare(town + detail), '', 0];
      if (JSON.stringify(got) !== JSON.stringify(want)) wrong.push(`${text} → ${got.join('|')}`);
    }
    expect(wrong).toEqual([]);
  });

  it('is never guessed when its name alone exists more than once', () => {
    const byName = new Map<string, Division[]>();
    for (const { district } of places(divisions)) if (district !== null) byName.set(district.name, [...(byName.get(district.name) ?? []), district]);
    const shared = [...byName.entries()].filter(([, list]) => list.length > 1);
    expect(shared.length).toBeGreaterThan(20);
    for (const [name, list] of shared) {
      const read = parseAddress(`${name}听松路7号 陈青禾 13800000001`, divisions);
      expect([name, read.ambiguities.flatMap((one) => one.candidates).length]).toEqual([name, list.length]);
      expect(read.district).toBe(name);
      expect(read.confidence).toBeLessThan(0.6);
    }
  });
});

describe('nothing is lost', () => {
  let divisions: Divisions;
  beforeAll(async () => {
    divisions = await loadDivisions();
  });
  // Characters no label, request, place or people's name is made of.
  const quiet = string({ unit: constantFrom(...'鹂鹞鸢麂麝黍黛龠砚笺箬篁粲绀缃翎耒舫苕荇菂萱葭蓼蕖薏蘅'), minLength: 1, maxLength: 7 });
  const token = oneof(quiet, tuple(quiet, integer({ min: 1, max: 9999 })).map(([words, number]) => `${words}${number}号`), constantFrom('A座', 'B1', '3-2-501', '（后门）', '#7'));
  const separator = constantFrom(' ', '\n', '，', ', ', '；', '/', '　', ' \t', '\r\n');
  const region = constantFrom('浙江省杭州市西湖区', '北京市朝阳区', '新疆维吾尔自治区石河子市', '广东省东莞市虎门镇', '朝阳区', '');
  const phone = constantFrom('13800000001', '0571-88000001', '138****0001', '18412340001-1234', '');

  it('every character that is no separator lands in some field', () => {
    assert(
      property(array(token, { minLength: 1, maxLength: 8 }), region, phone, array(separator, { minLength: 12, maxLength: 12 }), nat(8), (tokens, place, number, gaps, at) => {
        const parts = [...tokens.slice(0, at), place, ...tokens.slice(at), number].filter((part) => part !== '');
        const text = parts.map((part, index) => part + (gaps[index % gaps.length] ?? ' ')).join('');
        const read = parseAddress(text, divisions);
        const fields = [read.name, read.phone, read.extension, read.phone2 ?? '', read.detail, read.note, read.postcode ?? '', read.town, read.province, read.city, read.district];
        for (const part of tokens) expect(bare(fields.join(' '))).toContain(bare(part));
        if (number !== '') expect([read.phone, read.extension].filter((one) => one !== '').join('-')).toBe(number);
      }),
      { numRuns: 400 },
    );
  });

  it('any text at all gives an answer, quickly', () => {
    assert(
      property(string({ unit: 'binary', maxLength: 300 }), (text) => {
        const read = parseAddress(text, divisions);
        expect(read.confidence).toBeGreaterThanOrEqual(0);
        expect(read.confidence).toBeLessThanOrEqual(1);
      }),
      { numRuns: 300 },
    );
  });
});
