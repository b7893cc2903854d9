import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskAddress, maskName, maskPhone, maskText } from './index.ts';

describe('maskName', () => {
  it.each([
    ['张', '*'],
    ['张三', '张*'],
    ['林晓梅', '林**'],
    ['欧阳修', '欧阳*'],
    ['欧阳', '欧*'],
    ['司马相如', '司马**'],
    ['𠮷田喆㼆', '𠮷***'],
    ['阿不都热合曼·买买提依明江', '阿***'],
    ['John Smith', 'J*** S***'],
    ['Li', 'L*'],
    ['A', '*'],
    ['', ''],
    [' 王五 ', '王*'],
    ['张*', '张*'],
  ])('%s → %s', (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });

  it('always hides at least one character of a name, and never grows what is readable', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }), (name) => {
        const plain = name.trim();
        fc.pre(plain !== '');
        const masked = maskName(plain);
        expect(masked).toContain('*');
        expect(maskName(masked)).toBe(masked);
      }),
    );
  });
});

describe('maskPhone', () => {
  it.each([
    ['13812345678', '1******5678'],
    ['138 1234 5678', '1** **** 5678'],
    ['+86 13812345678', '+86 1******5678'],
    ['+8613812345678', '+861******5678'],
    ['0571-88886666', '0571-******66'],
    ['0571-8888666', '0571-******6'],
    ['057188886666', '0571******66'],
    ['(0571)88886666', '(0571)******66'],
    ['18412345678-0123', '1******5678-0123'],
    ['18412345678转0123', '1******5678转0123'],
    ['18412345678 转 0123', '1******5678 转 0123'],
    ['0571-88886666-801', '0571-******66-801'],
    ['95338', '*****'],
    ['6123 4567', '**** **67'],
    ['13812345678,13900001111', '1******5678,1******1111'],
    ['138****5678', '138****5678'],
    ['', ''],
  ])('%s → %s', (phone, masked) => {
    expect(maskPhone(phone)).toBe(masked);
  });

  it('hides at least six digits of every number of six or more', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{6,15}$/), (phone) => {
        expect(Array.from(maskPhone(phone)).filter((c) => c === '*').length).toBeGreaterThanOrEqual(6);
      }),
    );
  });
});

describe('maskAddress', () => {
  it.each([
    ['杭海路1031号 金海公寓3幢2单元1602室', '杭海路1031号 金海公寓*幢*单元***室'],
    ['文三路123号', '文三路123号'],
    ['文三路 478 号华星时代广场 A座 1203', '文三路 478 号华星时代广场 *座 ***'],
    ['幸福小区12号楼3单元501', '幸福小区**号楼*单元***'],
    ['朝阳路12号院3号楼', '朝阳路12号院*号楼'],
    ['金色家园8-2-501', '金色家园***'],
    ['滨江花园 12#1502', '滨江花园 ***'],
    ['五一村三组八幢二单元五零一室', '五一村三组*幢*单元***室'],
    ['科技大厦B1203', '科技大厦***'],
    ['大埔道 23樓 2306室', '大埔道 **樓 ***室'],
    ['解放路88号（送货上门）', '解放路88号（送货上门）'],
    ['桥头村村委会旁', '桥头村村委会旁'],
    ['', ''],
  ])('%s → %s', (address, masked) => {
    expect(maskAddress(address)).toBe(masked);
  });

  it('changes nothing the second time', () => {
    for (const address of ['金海公寓3幢2单元1602室', '金色家园8-2-501', '大厦B1203']) expect(maskAddress(maskAddress(address))).toBe(maskAddress(address));
  });
});

describe('maskText', () => {
  it.each([
    ['到了打13812345678，谢谢', '到了打1******5678，谢谢'],
    ['电话 138-1234-5678 或 0571-88886666', '电话 1**-****-5678 或 0571-******66'],
    ['+86 13812345678转0123', '+86 1******5678转0123'],
    ['订单3912345678901234567，尺码 180', '订单3912345678901234567，尺码 180'],
    ['送小样一份', '送小样一份'],
  ])('%s → %s', (text, masked) => {
    expect(maskText(text)).toBe(masked);
    expect(maskText(masked)).toBe(masked);
  });
});
