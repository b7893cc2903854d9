/** What each finding of the label lint says on screen: what is wrong, and how to cure it. */
import type { LintCode } from './lint-codes.ts';

interface Words {
  readonly problem: string;
  readonly remedy: string;
}

export const lintTexts: Readonly<Record<LintCode, { readonly 'zh-CN': Words; readonly en: Words }>> = {
  text_cut: {
    'zh-CN': { problem: '文字放不下，会被切掉', remedy: '加大文字框，或允许自动缩小、末尾省略' },
    en: { problem: 'Text does not fit and would be cut', remedy: 'Enlarge the box, or let the text shrink or end in …' },
  },
  text_clamped: {
    'zh-CN': { problem: '文字太长，末尾用省略号', remedy: '按模板的规则处理，无需改动；要全文请加大文字框' },
    en: { problem: 'Text is long and ends in …', remedy: 'As the template says; enlarge the box to show all of it' },
  },
  rows_hidden: {
    'zh-CN': { problem: '商品太多，其余合并成一行', remedy: '按模板的规则处理；要全部列出请加高表格或改为续打' },
    en: { problem: 'Too many rows; the rest is summed up in one line', remedy: 'As the template says; make the table higher or let it continue on a second label' },
  },
  rows_cut: {
    'zh-CN': { problem: '表格放不下全部行', remedy: '加高表格，或选择缩小、合并、续打' },
    en: { problem: 'The table cannot hold all rows', remedy: 'Make it higher, or choose shrink, sum up or continue' },
  },
  missing_glyph: {
    'zh-CN': { problem: '有字体里没有的字', remedy: '在订单里改写这个字；没有打印' },
    en: { problem: 'A character no font has', remedy: 'Write it differently in the order; nothing was printed' },
  },
  off_paper: { 'zh-CN': { problem: '超出纸张', remedy: '移进纸张，或换大一号的纸' }, en: { problem: 'Off the paper', remedy: 'Move it onto the paper, or choose larger paper' } },
  beyond_head: {
    'zh-CN': { problem: '超出打印头宽度，印不出来', remedy: '移到打印头范围内，或换更宽的打印机' },
    en: { problem: 'Beyond the print head', remedy: 'Move it within the head, or use a wider printer' },
  },
  module_small: {
    'zh-CN': { problem: '条码线条太细，扫不出来', remedy: '加宽条码，或缩短内容' },
    en: { problem: 'Bars too narrow to scan', remedy: 'Make the code wider, or its text shorter' },
  },
  code_does_not_fit: {
    'zh-CN': { problem: '条码放不下', remedy: '加大条码框，或缩短内容' },
    en: { problem: 'The code does not fit its box', remedy: 'Enlarge its box, or shorten its text' },
  },
  code_invalid: {
    'zh-CN': { problem: '内容不能做成这种条码', remedy: '检查字符、位数、校验码，或换一种条码' },
    en: { problem: 'This code cannot carry the text', remedy: 'Check characters, length and check digit, or choose another code' },
  },
  code_empty: { 'zh-CN': { problem: '条码没有内容', remedy: '填上内容，或加显示条件' }, en: { problem: 'The code has nothing to encode', remedy: 'Give it content, or a condition that hides it' } },
  code_left_out: {
    'zh-CN': { problem: '副条码太窄，只印了号码', remedy: '按模板的规则处理；要印条码请加宽' },
    en: { problem: 'The second code would be too narrow; only its number is printed', remedy: 'As the template says; make it wider to print the code' },
  },
  quiet_zone: {
    'zh-CN': { problem: '条码两边的空白被占用', remedy: '把旁边的内容移开，或缩窄条码' },
    en: { problem: 'Ink in the white space beside the code', remedy: 'Move the neighbour away, or make the code narrower' },
  },
  code_overlap: { 'zh-CN': { problem: '有内容压在条码上', remedy: '把它们分开' }, en: { problem: 'Something lies over the code', remedy: 'Move them apart' } },
  near_cut_line: {
    'zh-CN': { problem: '条码离撕线不足 3 毫米', remedy: '移远一点' },
    en: { problem: 'The code is less than 3 mm from a cut line', remedy: 'Move it away' },
  },
  crosses_cut_line: { 'zh-CN': { problem: '条码压在撕线上', remedy: '移到一联之内' }, en: { problem: 'The code lies across a cut line', remedy: 'Move it into one part' } },
  unknown_field: { 'zh-CN': { problem: '没有这个字段', remedy: '换成现有的字段，或删掉' }, en: { problem: 'There is no such field', remedy: 'Choose another field, or remove it' } },
  unmasked_personal: {
    'zh-CN': { problem: '个人信息没有遮盖', remedy: '给字段加上遮盖格式' },
    en: { problem: 'Personal data printed in the clear', remedy: 'Add the mask formatter to the field' },
  },
  text_small: {
    'zh-CN': { problem: '字太小，看不清', remedy: '203 dpi 至少 2.5 毫米（20 点），300 dpi 至少 2 毫米：加大文字框、缩短内容，或调高最小字号' },
    en: { problem: 'Letters too small to read', remedy: 'At least 2.5 mm (20 dots) at 203 dpi, 2 mm at 300: enlarge the box, shorten the text, or raise the smallest size' },
  },
  picture_unreadable: { 'zh-CN': { problem: '图片数据损坏', remedy: '重新导入图片' }, en: { problem: 'The picture data are damaged', remedy: 'Import the picture again' } },
};
