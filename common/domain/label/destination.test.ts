import { expect, it } from 'vitest';
import { destination } from './destination.ts';

it.each([
  ['杭州市', '西湖区', '杭州 西湖区'],
  ['延边朝鲜族自治州', '龙井市', '延边 龙井市'],
  ['黔东南苗族侗族自治州', '凯里市', '黔东南 凯里市'],
  ['大兴安岭地区', '漠河市', '大兴安岭 漠河市'],
  ['锡林郭勒盟', '锡林浩特市', '锡林郭勒 锡林浩特市'],
  ['仙桃市', '', '仙桃'],
  ['', '', ''],
])('%s %s goes to %s', (city, district, expected) => {
  expect(destination({ city, district })).toBe(expected);
});
