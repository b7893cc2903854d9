import { beforeAll, describe, expect, it } from 'vitest';
import type { Divisions } from '../addresses/divisions.ts';
import { pathOf } from '../addresses/divisions.ts';
import { loadDivisions } from '../addresses/load.ts';
import { readReachList } from './reach-list.ts';

let divisions: Divisions;
beforeAll(async () => {
  divisions = await loadDivisions();
});
const read = (text: string, carrier = 'YTO') => readReachList(text, carrier, divisions);
const placed = (text: string, carrier?: string) => read(text, carrier).places.map((one) => [one.carrierCode, one.province, one.city, one.district].filter((part) => part !== '').join('/'));

describe('a list of places a carrier does not go to', () => {
  it.each([
    ['西藏自治区 那曲市 双湖县', 'YTO/西藏自治区/那曲市/双湖县'],
    ['西藏', 'YTO/西藏自治区'],
    ['新疆\t和田地区\t策勒县', 'YTO/新疆维吾尔自治区/和田地区/策勒县'],
    ['新疆维吾尔自治区和田地区', 'YTO/新疆维吾尔自治区/和田地区'],
    ['3、青海省玉树藏族自治州（全境）', 'YTO/青海省/玉树藏族自治州'],
    ['"北京市","北京市","朝阳区"', 'YTO/北京市/北京市/朝阳区'],
    ['北京', 'YTO/北京市'],
    ['湖北 仙桃', 'YTO/湖北省/仙桃市'],
    ['中通 甘肃省 甘南藏族自治州', 'ZTO/甘肃省/甘南藏族自治州'],
    ['ZTO,四川省,阿坝藏族羌族自治州,红原县', 'ZTO/四川省/阿坝藏族羌族自治州/红原县'],
    ['內蒙古自治區 錫林郭勒盟', 'YTO/内蒙古自治区/锡林郭勒盟'],
  ])('%s', (line, place) => expect([placed(line), read(line).problems]).toEqual([[place], []]));

  it.each([
    ['鼓楼区', 'ambiguous'],
    ['西藏 哪曲市', 'unknown'],
    ['西藏除拉萨外', 'unknown'],
    ['浙江省 南京市', 'unknown'],
    ['西藏自治区那曲市色尼区那曲镇', 'unknown'],
    ['四川 成都 火星区', 'unknown'],
  ])('%s is told as %s, with its line', (line, reason) => {
    const { places, problems } = read(`省 市 区县\n\n${line}\n西藏`);
    expect(problems.map((one) => [one.line, one.text, one.reason])).toEqual([[3, line, reason]]);
    expect(places.map((one) => one.line)).toEqual([4]);
  });
  it('a doubtful name comes with what it may be', () => expect(read('鼓楼区').problems[0]?.candidates).toContain('江苏省/南京市/鼓楼区'));
  it('needs a carrier from the line or from the choice', () => expect(read('西藏', '').problems).toEqual([{ line: 1, text: '西藏', reason: 'carrier', candidates: [] }]));
  it('takes a place once', () => expect(placed('西藏\n西藏自治区\r\n西藏')).toEqual(['YTO/西藏自治区']));

  it('every division of the tables comes back from its official names, with and without separators', () => {
    const all = divisions.provinces.flatMap((province) => [province, ...province.children.flatMap((city) => [city, ...city.children])]).filter((one) => one.level === 'province' || one.name !== one.parent?.name);
    expect(all.length).toBeGreaterThan(3_000);
    for (const separator of [' ', ',', '']) {
      const lines = all.map((one) => pathOf(one).split('/').join(separator));
      const back = new Map(read(lines.join('\n')).places.map((one) => [one.line, [one.province, one.city, one.district].filter((part) => part !== '').join('/')]));
      expect(all.flatMap((one, index) => (back.get(index + 1) === pathOf(one) ? [] : [`${pathOf(one)} ≠ ${back.get(index + 1) ?? 'nothing'}`]))).toEqual([]);
    }
  });
});
