/** Sentences for what the reader found, in both languages of the product. */
import type { FlagCode, NoticeCode, RejectCode } from './types.ts';

export type Language = 'zh-CN' | 'en';
type Sentence = Readonly<Record<Language, string>>;

/** Heads the column of reasons in the file of refused rows; it says nothing of the order when that file comes back mended. */
export const reasonColumn: Sentence = { 'zh-CN': '未导入原因', en: 'Reason it was not imported' };

export const rejectTexts: Readonly<Record<RejectCode, Sentence>> = {
  'number-missing': { 'zh-CN': '没有订单号', en: 'order number is missing' },
  'number-digits-lost': { 'zh-CN': '订单号被表格软件改成科学计数，末尾数字已丢失：请重新导出，不要用表格软件另存', en: 'order number lost its digits to scientific notation in a spreadsheet program: export the file again' },
  'number-unreadable': { 'zh-CN': '订单号不是订单号', en: 'this is not an order number' },
  'order-refused': { 'zh-CN': '所属订单的首行未能导入', en: 'the first row of its order was refused' },
  'cell-too-long': { 'zh-CN': '单元格超过 32,000 字', en: 'a cell holds more than 32,000 characters' },
  'too-many-columns': { 'zh-CN': '超过 200 列', en: 'more than 200 columns' },
  'unbalanced-quote': { 'zh-CN': '引号没有成对', en: 'a quotation mark is never closed' },
  'wrong-columns': { 'zh-CN': '列数与表头不一致，内容可能错位', en: 'the number of columns differs from the header: cells may be shifted' },
  'quantity-unreadable': { 'zh-CN': '数量读不出来', en: 'the quantity cannot be read' },
  'other-shop': { 'zh-CN': '这个订单号已属于另一家店铺', en: 'this order number already belongs to another shop' },
};

export const flagTexts: Readonly<Record<FlagCode, Sentence>> = {
  'name-masked': { 'zh-CN': '收件人姓名已脱敏', en: 'recipient name is masked' },
  'phone-masked': { 'zh-CN': '电话已脱敏', en: 'phone is masked' },
  'address-masked': { 'zh-CN': '地址已脱敏', en: 'address is masked' },
  'name-missing': { 'zh-CN': '缺收件人姓名', en: 'recipient name is missing' },
  'phone-missing': { 'zh-CN': '缺电话', en: 'phone is missing' },
  'address-missing': { 'zh-CN': '缺地址', en: 'address is missing' },
  'phone-digits-lost': { 'zh-CN': '电话被改成科学计数，数字已丢失', en: 'phone lost its digits to scientific notation' },
  'phone-wrong': { 'zh-CN': '电话位数不对', en: 'phone has a wrong number of digits' },
  'receiver-encrypted': { 'zh-CN': '收件信息是平台密文，本机无法解密打印：请在平台内打印，或取得明文后补填', en: 'receiver is encrypted by the platform and cannot be printed here: print it on the platform or fill in the plain receiver' },
};

export const noticeTexts: Readonly<Record<NoticeCode, Sentence>> = {
  pickup: { 'zh-CN': '自提订单，不打面单', en: 'pick-up order: no label' },
  'new-address': { 'zh-CN': '使用修改后的收货地址', en: 'ships to the changed address' },
  'status-unknown': { 'zh-CN': '订单状态不认识，不会自动打印', en: 'order state is not known and will not print by itself' },
  'repeated-differs': { 'zh-CN': '同一订单号出现两次且内容不同，采用后一行', en: 'the order appears twice with different content: the later row is used' },
  'quantities-missing': { 'zh-CN': '多个商品写在一格且没有各自数量：请一并导入商品明细文件', en: 'several goods in one cell without their quantities: import the items file too' },
  'items-without-orders': { 'zh-CN': '这是商品明细文件，缺少对应的订单文件', en: 'this is an items file; the order file that belongs to it is missing' },
  'order-without-items': { 'zh-CN': '商品明细文件里没有这个订单', en: 'the items file does not have this order' },
  'items-without-order': { 'zh-CN': '商品明细没有对应的订单', en: 'these items have no matching order' },
  'two-shops': { 'zh-CN': '文件里有不止一家店铺的订单', en: 'the file holds orders of more than one shop' },
  'partly-refunded': { 'zh-CN': '部分商品已退款，退款商品不再发货', en: 'some goods were refunded and will not be shipped' },
  'money-returned': { 'zh-CN': '已退一部分款，订单仍待发货：发货前请核对', en: 'part of the money was returned and the order still waits: check before shipping' },
  'under-review': { 'zh-CN': '平台审核中，暂不发货', en: 'under review by the platform: not to be shipped yet' },
  'value-digits-lost': { 'zh-CN': '编号被改成科学计数，未采用', en: 'a number lost its digits to scientific notation and was left out' },
  'value-unreadable': { 'zh-CN': '有一格读不出来，已保留原文', en: 'a cell could not be read; its text is kept' },
  'more-sheets': { 'zh-CN': '文件有多个工作表，只读取了其中一个', en: 'the workbook has several sheets; one was read' },
  'same-line-twice': { 'zh-CN': '完全相同的商品行出现两次，按一行计', en: 'two identical rows of goods were counted once' },
};

/** Why a row was refused, in the language of who looks at it now; `kept` is what was said at the time, for a code this version does not know. */
export function rejectReason(code: string, language: Language, kept: string): string {
  return rejectTexts[code as RejectCode]?.[language] ?? kept;
}

/** What is wrong with a receiver, in the language of who looks at it now. */
export function flagReason(codes: readonly string[], language: Language): string {
  return codes.map((code) => flagTexts[code as FlagCode]?.[language] ?? code).join(language === 'en' ? '; ' : '；');
}
