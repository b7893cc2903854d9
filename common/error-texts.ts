/**
 * What each error of the closed list says to a person: what happened, to which thing, what to do. Short, spoken, no blame.
 * The type makes a code without a text a compile error.
 */
import type { AppError, ErrorCode, ErrorData } from './errors.ts';
import { fileProblemTexts } from './domain/orders/file-problems.ts';

export const locales = ['zh-CN', 'en'] as const;
export type Locale = (typeof locales)[number];

interface Both {
  readonly zh: string;
  readonly en: string;
}

const nouns: Readonly<Record<string, Both>> = {
  shop: { zh: '店铺', en: 'shop' },
  order: { zh: '订单', en: 'order' },
  parcel: { zh: '包裹', en: 'parcel' },
  printer: { zh: '打印机', en: 'printer' },
  template: { zh: '模板', en: 'template' },
  attempt: { zh: '打印记录', en: 'print record' },
  account: { zh: '电子面单账号', en: 'waybill account' },
  pool: { zh: '单号池', en: 'number pool' },
  grant: { zh: '面单共享', en: 'grant' },
  item: { zh: '宝贝', en: 'item' },
  address: { zh: '地址', en: 'address' },
  file: { zh: '文件', en: 'file' },
  job: { zh: '打印任务', en: 'print job' },
  page: { zh: '页面', en: 'page' },
};

function noun(what: string): Both {
  return nouns[what] ?? { zh: what, en: what };
}

const texts: { readonly [C in ErrorCode]: (data: ErrorData<C>) => Both } = {
  INTERNAL: ({ logId }) => ({
    zh: `程序出了意料之外的问题，已记入日志 ${logId}。没有打印的不会被当成已打印；请重试，仍不行请把日志编号告诉支持人员。`,
    en: `Something unexpected went wrong; the log has it under ${logId}. Nothing unprinted counts as printed. Try again, or give this id to support.`,
  }),
  BAD_INPUT: ({ issues }) => ({
    zh: `填写有误：${issues.map((issue) => `${issue.path} ${issue.message}`).join('；')}`,
    en: `Some input is wrong: ${issues.map((issue) => `${issue.path} ${issue.message}`).join('; ')}`,
  }),
  NOT_FOUND: ({ what, id }) => ({ zh: `找不到${noun(what).zh}“${id}”，可能已被删除。请刷新后再试。`, en: `No ${noun(what).en} “${id}”; it may have been removed. Refresh and try again.` }),
  CONFLICT: ({ what, id, reason }) => ({
    zh: `${noun(what).zh}“${id}”有冲突：${reason}。请刷新后再改。`,
    en: `The ${noun(what).en} “${id}” is in conflict: ${reason}. Refresh, then change it again.`,
  }),
  FORBIDDEN: ({ action }) => ({ zh: `这个工位没有“${action}”的权限，请找仓库主管。`, en: `This station may not do “${action}”. Ask the warehouse lead.` }),
  CANCELLED: ({ what }) => ({ zh: `已取消：${what}。`, en: `Cancelled: ${what}.` }),
  FILE_UNREADABLE: ({ file, reason }) => ({
    zh: `文件“${file}”读不了：${reason}。什么都没有导入；请重新导出后再试。`,
    en: `The file “${file}” cannot be read: ${reason}. Nothing was imported; export it again and retry.`,
  }),
  FILE_REFUSED: ({ file, problem }) => ({
    zh: `文件“${file}”没有导入：${fileProblemTexts[problem].zh}`,
    en: `The file “${file}” was not imported: ${fileProblemTexts[problem].en}`,
  }),
  TABLE_UNKNOWN: ({ file, header }) => ({
    zh: `看不出“${file}”是哪个平台的订单（表头：${header.slice(0, 6).join('、')}…）。请在列对应里指定订单号、收件人、电话和地址各是哪一列。`,
    en: `Cannot tell what “${file}” is (header: ${header.slice(0, 6).join(', ')}…). Say on the column page which columns hold order number, recipient, phone and address.`,
  }),
  SHOPS_MIXED: ({ file, shops }) => ({
    zh: `“${file}”里混了 ${shops.length} 家店铺的订单（${shops.slice(0, 4).join('、')}），没有导入。请分店铺导出，或确认全部归到一家店。`,
    en: `“${file}” mixes orders of ${shops.length} shops (${shops.slice(0, 4).join(', ')}); nothing was imported. Export them shop by shop, or confirm that all belong to one.`,
  }),
  PLATFORM_DIFFERS: ({ file, found, shop, expected }) => ({
    zh: `“${file}”是 ${found} 的订单，店铺“${shop}”是 ${expected} 的，没有导入。请换一家店铺。`,
    en: `“${file}” holds orders of ${found} and the shop “${shop}” is on ${expected}; nothing was imported. Choose another shop.`,
  }),
  ITEMS_WITHOUT_ORDERS: ({ file, orders }) => ({
    zh: `“${file}”是商品明细（${orders} 单），对应的订单还没有导入。请先导入或一起选中订单文件。`,
    en: `“${file}” lists the items of ${orders} orders that are not here. Import the order file first, or choose both together.`,
  }),
  DATABASE_NEWER: ({ file, migration }) => ({
    zh: `数据“${file}”是更新版本的打包台建的（${migration}）。请升级本机的打包台；数据没有被改动。`,
    en: `The data “${file}” was made by a newer Packbench (${migration}). Update Packbench on this PC; the data are untouched.`,
  }),
  DATABASE_UNSAFE: ({ file, reason }) => ({
    zh: `“${file}”的位置或设置不能保证单号不丢（${reason}），所以没有打开。请放到本机硬盘的普通文件夹。`,
    en: `The place or settings of “${file}” cannot keep numbers safe (${reason}), so it was not opened. Use an ordinary folder on a disk of this PC.`,
  }),
  DATA_IN_USE: ({ folder, holder }) => ({
    zh: `数据文件夹“${folder}”正被另一个打包台使用（${holder}）。请先关掉它，或换一个文件夹。`,
    en: `The data folder “${folder}” is in use by another Packbench (${holder}). Close that one first, or use another folder.`,
  }),
  DATABASE_IO: ({ reason }) => ({
    zh: `硬盘读写出错（${reason}），已停止取号，以免单号丢失。请检查硬盘空间和连接后重新打开。`,
    en: `The disk refused a read or write (${reason}); issuing numbers has stopped so that none is lost. Check space and cables, then open again.`,
  }),
  NO_NUMBERS_LEFT: ({ pool, wanted, left }) => ({
    zh: `单号池“${pool}”不够用：要 ${wanted} 个，只剩 ${left} 个。先充值或换账号；未打印的没有占用单号。`,
    en: `The pool “${pool}” is short: ${wanted} wanted, ${left} left. Top up or use another account; unprinted parcels hold no number.`,
  }),
  LANGUAGE_UNKNOWN: ({ language }) => ({
    zh: `不认识打印语言“${language}”。可用：TSPL、ZPL、CPCL、ESC/POS。`,
    en: `Unknown printer language “${language}”. Known: TSPL, ZPL, CPCL, ESC/POS.`,
  }),
  LABEL_DPI_MISMATCH: ({ labelDpi, printerDpi }) => ({
    zh: `面单按 ${labelDpi} dpi 排版，打印机是 ${printerDpi} dpi，没有打印。请按打印机的分辨率重新排版，或改正打印机设置。`,
    en: `The label is laid out for ${labelDpi} dpi and the printer has ${printerDpi}; nothing was printed. Lay it out for the printer, or correct the printer settings.`,
  }),
  LABEL_WIDER_THAN_HEAD: ({ labelDots, headDots }) => ({
    zh: `面单宽 ${labelDots} 点，打印头只有 ${headDots} 点，没有打印。请换窄一些的模板，或用更宽的打印机。`,
    en: `The label is ${labelDots} dots wide and the print head has ${headDots}; nothing was printed. Use a narrower template or a wider printer.`,
  }),
  PAPER_MISMATCH: ({ labelWidthMm, labelHeightMm, paperWidthMm, paperHeightMm }) => ({
    zh: `面单是 ${labelWidthMm}×${labelHeightMm} 毫米，打印机里的纸设为 ${paperWidthMm}×${paperHeightMm} 毫米，没有打印。请换纸、改打印机的纸张设置，或换模板。`,
    en: `The label is ${labelWidthMm} × ${labelHeightMm} mm and the printer is set to ${paperWidthMm} × ${paperHeightMm} mm paper; nothing was printed. Change the paper, its setting, or the template.`,
  }),
  LABEL_SHIFTED_OFF_PAPER: ({ xMm, yMm }) => ({
    zh: `按打印机的校准偏移（右 ${xMm}、下 ${yMm} 毫米）会把面单的一部分移出纸外，没有打印。请重新校准，或在模板里多留边。`,
    en: `The calibrated offset of the printer (${xMm} mm right, ${yMm} mm down) would push part of the label off the paper; nothing was printed. Calibrate again or give the template more margin.`,
  }),
  LABEL_TOO_LARGE: ({ bytes, limit }) => ({
    zh: `这张面单要发 ${bytes} 字节，超过上限 ${limit}，没有打印。请检查纸张尺寸和分辨率。`,
    en: `This label would need ${bytes} bytes, more than the limit of ${limit}; nothing was printed. Check paper size and resolution.`,
  }),
};

/** The sentence for one error in one language. */
export function errorText(error: AppError, locale: Locale): string {
  const make = texts[error.code] as (data: AppError['data']) => Both;
  const both = make(error.data);
  return locale === 'zh-CN' ? both.zh : both.en;
}
