import { array, assert, integer, property, record, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goodsText, groupLines } from './label-text.ts';
import type { LabelLine } from './label-text.ts';
import { applyRule, ruleProblem } from './rules.ts';
import { chooseShortName } from './short-name.ts';
import { skuWords } from './sku-words.ts';
import { suggestShortName } from './title.ts';

describe('a short name from a title', () => {
  it.each([
    ['森屿旗舰店 2026春夏新款 纯棉四件套 学生宿舍床上用品 包邮', '纯棉四件套'],
    ['【顺丰包邮】云麓家 304不锈钢保温杯 大容量 男女学生便携 500ml', '304不锈钢保温杯'],
    ['官方正品 蓝牙耳机 真无线 降噪 超长续航 适用安卓 送礼', '蓝牙耳机'],
    ['手工红糖麻花 500g*2袋 休闲零食 老字号', '麻花'],
    ['半夏家自热米饭速食即食懒人方便食品大份量火锅味', '自热米饭'],
    ['2026新款老人机大字大声全网通4G学生备用手机', '老人机'],
    ['网红同款透明塑料储物箱特大号衣服玩具整理箱家用加厚收纳神器', '塑料储物箱'],
    ['晾衣杆伸缩不锈钢阳台单杆式免打孔浴帘杆', '晾衣杆'],
    ['现货速发A4打印纸70g复印纸500张一包整箱5包办公用品', '打印纸70g'],
    ['新疆和田大枣特级灰枣2500g', '大枣2500g'],
    ['燕小厨即食燕窝孕妇滋补品 送礼盒70g*6瓶', '燕小厨即食燕窝70g*6瓶'],
    ['小眠兔睡衣女秋冬珊瑚绒加厚可爱家居服', '小眠兔珊瑚绒睡衣'],
    ['(拍2件减10元) 芒果干500g 泰式风味', '芒果干500g'],
    ['懒人平板拖把免手洗 送6块布', '平板拖把'],
    ['Summer hot sale USB fan', 'Summer'],
  ])('%s', (title, part) => expect(suggestShortName(title, { maxLength: 16 }).shortName).toContain(part));

  it('keeps the brand where it fits and says why the rest went', () => {
    const { shortName, parts } = suggestShortName('松屿热卖学生宿舍冰丝凉席三件套柔软亲肤包邮', { brand: '松屿' });
    expect(shortName).toBe('松屿冰丝凉席三件套');
    expect(parts).toEqual([
      { text: '松屿', kept: true, as: 'brand' },
      { text: '热卖', kept: false, as: 'promotion' },
      { text: '学生宿舍', kept: false, as: 'scene' },
      { text: '冰丝', kept: true, as: 'material' },
      { text: '凉席', kept: true, as: 'kind' },
      { text: '三件套', kept: true, as: 'set' },
      { text: '柔软亲肤', kept: false, as: 'praise' },
      { text: '包邮', kept: false, as: 'service' },
    ]);
    expect(suggestShortName('松屿热卖冰丝凉席三件套', { brand: '松屿', maxLength: 7 }).shortName).toBe('冰丝凉席三件套');
  });

  it('any title gives a name no longer than asked, quickly, and none only for none', () => {
    assert(
      property(string({ unit: 'binary', maxLength: 120 }), integer({ min: 4, max: 30 }), (title, maxLength) => {
        const { shortName } = suggestShortName(title, { maxLength });
        expect(shortName.length).toBeLessThanOrEqual(maxLength);
        if (/[\p{L}\p{N}]/u.test(title.normalize('NFKC'))) expect(shortName).not.toBe('');
      }),
    );
  });
});

describe('the words of a SKU', () => {
  it.each([
    ['颜色:黑色 尺码:L', '黑色 L'],
    ['颜色分类：【热卖】雾蓝；尺码：XL（建议120-140斤）', '雾蓝 XL'],
    ['默认', ''],
    ['黑色,L', '黑色 L'],
    ['规格:500g*2瓶', '500g*2瓶'],
    ['【整箱24瓶】', '【整箱24瓶】'],
    ['', ''],
  ])('%s → %s', (attributes, words) => expect(skuWords(attributes)).toBe(words.normalize('NFKC')));
});

describe('rules', () => {
  it('contains: all words, whatever the case and the width', () => {
    expect(applyRule({ kind: 'contains', pattern: '凉席 ＬＥＤ', text: '席' }, '夏季led冰丝凉席')).toBe('席');
    expect(applyRule({ kind: 'contains', pattern: '凉席 毛毯', text: '席' }, '冰丝凉席')).toBeUndefined();
  });
  it('regex: groups go into the text', () => expect(applyRule({ kind: 'regex', pattern: '(\\d+)支装?中性笔', text: '笔$1支' }, '黑色36支装中性笔')).toBe('笔36支'));
  it.each([
    ['(a+)+$', 'slow'],
    ['(a|aa)+$', 'slow'],
    ['(.*)*x', 'slow'],
    ['(?=a)a', 'slow'],
    ['(a)\\1', 'slow'],
    ['.*.*.*.*.*x', 'slow'],
    ['(', 'syntax'],
    ['a'.repeat(201), 'too-long'],
    [' ', 'empty'],
  ])('%s is refused: %s', (pattern, problem) => {
    expect(ruleProblem({ kind: 'regex', pattern })).toBe(problem);
    const start = performance.now();
    expect(applyRule({ kind: 'regex', pattern, text: 'x' }, `${'a'.repeat(5000)}!`)).toBeUndefined();
    expect(performance.now() - start).toBeLessThan(1000);
  });
  it.each(['凉席|竹席', '^(?:冰丝|竹)席', '[0-9]+支', '(纯棉|冰丝).*内裤', '\\d{1,3}ml'])('%s may run', (pattern) => expect(ruleProblem({ kind: 'regex', pattern })).toBeUndefined());
});

describe('which name a line gets', () => {
  const rules = [{ kind: 'contains', pattern: '凉席', text: '席子' }] as const;
  const facts = { title: '松屿热卖冰丝凉席三件套', spec: '颜色:浅灰' };
  it('SKU before item before rule before title', () => {
    expect(chooseShortName({ ...facts, skuName: '灰席', itemName: '冰席' }, rules)).toEqual({ text: '灰席', sku: '', from: 'sku' });
    expect(chooseShortName({ ...facts, itemName: '冰席' }, rules)).toEqual({ text: '冰席', sku: '浅灰', from: 'item' });
    expect(chooseShortName(facts, rules)).toEqual({ text: '席子', sku: '浅灰', from: 'rule' });
    expect(chooseShortName({ ...facts, brand: '松屿' }, [])).toEqual({ text: '松屿冰丝凉席三件套', sku: '浅灰', from: 'title' });
    expect(chooseShortName({ title: '', spec: '浅灰' }, [])).toEqual({ text: '浅灰', sku: '', from: 'title' });
  });
});

describe('the goods of a parcel as one text', () => {
  const line = (shortName: string, quantity: number, location = '', sku = ''): LabelLine => ({ title: shortName, shortName, sku, quantity, barcode: '', location });
  const look = { separator: '，', location: false, sku: true, quantity: 'several' } as const;
  it('groups, sorts by shelf and leaves out quantities of one', () => {
    expect(goodsText(groupLines([line('鞋垫', 1, 'B-1'), line('棉袜', 1, 'A-10', '黑L'), line('帽子', 3, 'A-2'), line('棉袜', 1, 'A-10', '黑L'), line('书签', 1)]), look)).toBe('帽子 ×3，棉袜 黑L ×2，鞋垫，书签');
  });
  it('counts what is not named', () => {
    const lines = [line('棉袜', 2, 'A-1'), line('鞋垫', 1, 'B-1'), line('帽子', 3, 'C-1')];
    expect(goodsText(lines, look, 2)).toBe('棉袜 ×2，鞋垫，+1种');
    expect(goodsText(lines, { ...look, location: true, quantity: 'always' }, 1)).toBe('A-1 棉袜 ×2，+2种');
    expect(goodsText(lines, look, 3)).toBe(goodsText(lines, look));
  });
  it('no piece and no kind is lost', () => {
    const lines = array(record({ title: string(), shortName: string({ maxLength: 6, minLength: 1 }), sku: string({ maxLength: 3 }), quantity: integer({ min: 1, max: 99 }), barcode: string({ maxLength: 2 }), location: string({ maxLength: 3 }) }), { maxLength: 12 });
    assert(
      property(lines, integer({ min: 1, max: 6 }), (all, most) => {
        const groups = groupLines(all);
        expect(groups.reduce((sum, one) => sum + one.quantity, 0)).toBe(all.reduce((sum, one) => sum + one.quantity, 0));
        const hidden = groups.length - most;
        expect(goodsText(groups, { ...look, separator: '\n' }, most).endsWith(`+${hidden}种`)).toBe(hidden > 0);
      }),
    );
  });
});
