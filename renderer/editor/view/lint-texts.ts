import type { LintFinding } from '../../../common/domain/label/rendered.ts';
import type { Locale } from '../../../common/error-texts.ts';

/** What a finding says and how to cure it, by code. Codes without an entry show the engine's own sentence. */
const zh: Readonly<Record<string, string>> = {
  text_cut: '文字放不下：加宽、缩小字号，或允许缩小/截断',
  text_clamped: '最长数据会被截断并以“…”结尾',
  rows_hidden: '最长数据会有商品行合并为“另有 N 种”',
  rows_cut: '商品行放不下：加高或选择行太多时的办法',
  missing_glyph: '有字体里没有的字：换一个字段或去掉它',
  off_paper: '超出纸张：移进纸内',
  beyond_head: '超出打印头宽度：缩窄标签或换打印机',
  module_small: '条码模块太细：加宽条码框',
  code_does_not_fit: '条码放不进框里：加大',
  code_invalid: '内容不能编成这种码：换码制或换字段',
  code_empty: '条码没有内容',
  quiet_zone: '条码两侧留白里有墨：移开旁边的元素',
  code_overlap: '有元素压在条码上：移开',
  near_cut_line: '条码离切线不足 3 mm',
  crosses_cut_line: '条码跨过切线：移到一边',
  unknown_field: '没有这个字段：换一个',
  unmasked_personal: '个人信息没有脱敏：给字段加“脱敏”格式',
  text_small: '字小于 2 mm，快递员难读',
  picture_unreadable: '图片读不出来',
  code_unreadable: '解码器读不出这个码：加大或移开旁边的元素',
  template_empty: '模板里还没有元素',
};
const en: Readonly<Record<string, string>> = {
  text_cut: 'Text does not fit: widen, use smaller letters, or allow it to shrink or end in “…”',
  text_clamped: 'The longest data ends in “…”',
  rows_hidden: 'With the longest data some rows become “N more”',
  rows_cut: 'Rows do not fit: make it higher or choose what happens with too many',
  missing_glyph: 'A character no font has: use another field or remove it',
  off_paper: 'Off the paper: move it inside',
  beyond_head: 'Wider than the print head: narrow it or use another printer',
  module_small: 'Bars too thin: widen the code',
  code_does_not_fit: 'The code does not fit its box: enlarge it',
  code_invalid: 'This code cannot carry the content: change symbology or field',
  code_empty: 'The code has no content',
  quiet_zone: 'Ink beside the code where it must be white: move the neighbour',
  code_overlap: 'Something lies over the code: move it',
  near_cut_line: 'The code is less than 3 mm from a cut',
  crosses_cut_line: 'The code lies across a cut: move it to one side',
  unknown_field: 'There is no such field: choose another',
  unmasked_personal: 'Personal data in the clear: give the field a mask',
  text_small: 'Letters under 2 mm are hard to read for couriers',
  picture_unreadable: 'The picture cannot be read',
  code_unreadable: 'The decoder cannot read this code: enlarge it or move neighbours',
  template_empty: 'The template has no elements yet',
};

export function lintText(finding: Pick<LintFinding, 'code' | 'message' | 'data'>, locale: Locale): string {
  const text = (locale === 'en' ? en : zh)[finding.code] ?? finding.message;
  const field = finding.data?.['field'];
  return field === undefined ? text : `${text}（${field}）`;
}
