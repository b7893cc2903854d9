/**
 * What each error of the closed list says to a person: what happened, to which thing, what to do. Short, spoken, no blame.
 * The type makes a code without a text a compile error.
 */
import type { AppError, ErrorCode, ErrorData } from './errors.ts';
import { accountWords, actionWords, addressFieldWords, addressProblemWords, attemptWords, conflictWords, documentIssue, fileWords, grantWords, noun, numberWords, pictureWords, printerStopTexts, stopWords, systemWords } from './error-words.ts';
import type { Both } from './error-words.ts';
import { fileProblemTexts } from './domain/orders/file-problems.ts';
import { platformName } from './domain/platforms.ts';

export const locales = ['zh-CN', 'en'] as const;
export type Locale = (typeof locales)[number];

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
    zh: `${noun(what).zh}“${id}”有冲突：${conflictWords[reason]?.zh ?? reason}。请刷新后再改。`,
    en: `The ${noun(what).en} “${id}” is in conflict: ${conflictWords[reason]?.en ?? reason}. Refresh, then change it again.`,
  }),
  FORBIDDEN: ({ action }) => ({ zh: `这个工位没有“${action}”的权限，请找仓库主管。`, en: `This station may not do “${action}”. Ask the warehouse lead.` }),
  CANCELLED: ({ what }) => ({ zh: `已取消：${what}。`, en: `Cancelled: ${what}.` }),
  PATH_UNUSABLE: ({ path, reason }) => ({
    zh: `“${path}”用不了：${systemWords[reason]?.zh ?? reason}。请检查路径和权限后再试。`,
    en: `“${path}” cannot be used: ${systemWords[reason]?.en ?? reason}. Check the path and its permissions, then try again.`,
  }),
  FILE_UNREADABLE: ({ file, reason }) => {
    const refused = systemWords[reason];
    return refused === undefined
      ? { zh: `文件“${file}”读不了：${fileWords[reason]?.zh ?? reason}。什么都没有导入；请重新导出后再试。`, en: `The file “${file}” cannot be read: ${fileWords[reason]?.en ?? reason}. Nothing was imported; export it again and retry.` }
      : { zh: `文件“${file}”读不了：${refused.zh}。请检查路径和权限后再试。`, en: `The file “${file}” cannot be read: ${refused.en}. Check the path and its permissions, then try again.` };
  },
  RECIPIENTS_TOO_MANY: ({ found, most }) => ({
    zh: `读出 ${found} 位收件人，一次最多 ${most} 位，没有建单。请分几次粘贴，或存成表格导入。`,
    en: `${found} recipients were read and ${most} are the most at once; no order was made. Paste them in parts, or import them as a table.`,
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
    zh: `“${file}”是${platformName(found, 'zh-CN')}的订单，店铺“${shop}”是${platformName(expected, 'zh-CN')}的，没有导入。请换一家店铺。`,
    en: `“${file}” holds orders of ${platformName(found, 'en')} and the shop “${shop}” is on ${platformName(expected, 'en')}; nothing was imported. Choose another shop.`,
  }),
  ITEMS_WITHOUT_ORDERS: ({ file, orders }) => ({
    zh: `“${file}”是商品明细（${orders} 单），对应的订单还没有导入。请先导入或一起选中订单文件。`,
    en: `“${file}” lists the items of ${orders} orders that are not here. Import the order file first, or choose both together.`,
  }),
  ORDER_LOCKED: ({ order, station }) => ({
    zh: `订单 ${order} 正由工位“${station}”处理。等它做完，或请对方放开。`,
    en: `Order ${order} is being worked on at station “${station}”. Wait until it is done, or ask them to let go.`,
  }),
  ORDER_PRINTED: ({ order, waybill }) => ({
    zh: `订单 ${order} 已有面单${waybill === '' ? '' : ` ${waybill}`}，不能再改。要改请先作废面单。`,
    en: `Order ${order} already has a label${waybill === '' ? '' : ` ${waybill}`} and cannot be changed. Void the label first.`,
  }),
  ORDER_CHANGED: ({ order }) => ({
    zh: `订单 ${order} 刚被别人改过。请看一眼新内容再改。`,
    en: `Order ${order} was changed by somebody else just now. Look at it again, then change it.`,
  }),
  ORDER_CANCELLED: ({ order, reason }) => ({
    zh: `订单 ${order} 在本店取消了（${reason}），不打印。在订单里点“恢复”可以接着发；和它合在一个包裹的，先取消合并。`,
    en: `Order ${order} was cancelled here (${reason}) and is not printed. “Restore” in the order takes that back; take apart a parcel it is merged into.`,
  }),
  ORDER_NOT_TO_SHIP: ({ order, status }) => ({
    zh: `订单 ${order} 不在待发货状态（${status}），没有打印。`,
    en: `Order ${order} does not wait for shipping (${status}); it was not printed.`,
  }),
  ORDER_HELD: ({ order, reason }) => ({
    zh: `订单 ${order} 被暂停：${reason}。放行后再打印。`,
    en: `Order ${order} is on hold: ${reason}. Release it to print.`,
  }),
  ORDER_PICKUP: ({ order }) => ({
    zh: `订单 ${order} 是自提订单，不用打面单。`,
    en: `Order ${order} will be fetched by the buyer: no label.`,
  }),
  ORDER_ALARM: ({ order, alarm }) => ({
    zh: `订单 ${order} 打单后平台有变化：${{ refunded: '已退款', closed: '已关闭', address: '改了地址', goods: '改了商品' }[alarm]}。请先拦下包裹，处理后再继续。`,
    en: `Order ${order} changed on the platform after its label was printed: ${{ refunded: 'refunded', closed: 'closed', address: 'new address', goods: 'other goods' }[alarm]}. Stop the parcel and settle it first.`,
  }),
  RECEIVER_UNPRINTABLE: ({ order, state }) => ({
    zh: `订单 ${order} 的收件信息${{ masked: '是脱敏的（带 *）', encrypted: '是平台密文', incomplete: '不完整' }[state]}，打不了面单。请补填姓名、电话和地址。`,
    en: `The recipient of order ${order} is ${{ masked: 'masked (*)', encrypted: 'encrypted by the platform', incomplete: 'incomplete' }[state]} and cannot be printed. Fill in name, phone and address.`,
  }),
  MERGE_DIFFERS: ({ orders, what }) => ({
    zh: `订单 ${orders.slice(0, 3).join('、')} 不能合成一个包裹：${{ receiver: '收件人不同', buyer: '买家不同', shop: '店铺不同', window: '下单时间相隔太久', flag: '旗帜标记要单独发', items: '有要单独发的商品', refund: '有退款' }[what]}。`,
    en: `Orders ${orders.slice(0, 3).join(', ')} cannot share a parcel: ${{ receiver: 'other recipient', buyer: 'other buyer', shop: 'other shop', window: 'placed too far apart', flag: 'a flag keeps one apart', items: 'some goods go alone', refund: 'a refund is under way' }[what]}.`,
  }),
  PARCEL_GONE: () => ({
    zh: '这个包裹刚被合单或拆单，没有打印。请重新选订单再打。',
    en: 'This parcel was merged or split a moment ago and was not printed. Choose the orders again and print.',
  }),
  PARCEL_NUMBERED: ({ waybill }) => ({
    zh: `包裹已有单号 ${waybill}，不能再合并、拆分或取消。请先作废这个单号。`,
    en: `The parcel already has number ${waybill}: it can no longer be merged, split or cancelled. Void the number first.`,
  }),
  SPLIT_BAD: ({ order, why }) => ({
    zh: `订单 ${order} 没有拆：${{ 'one-box': '只够装一个包裹', 'more-than-ordered': '分出去的比订的多', 'left-over': '还有商品没分到包裹', 'unknown-quantity': '不知道每样几件，请先导入商品明细', 'no-lines': '没有商品行', merged: '已与别的订单合并，请先取消合并' }[why]}。`,
    en: `Order ${order} was not split: ${{ 'one-box': 'everything fits one box', 'more-than-ordered': 'more was put in boxes than ordered', 'left-over': 'some goods are in no box', 'unknown-quantity': 'how many of each is not known, import the items file first', 'no-lines': 'it has no goods', merged: 'it is merged with others, take that back first' }[why]}.`,
  }),
  NO_REACH: ({ carrier, place }) => ({
    zh: `${carrier} 不到 ${place}。请换一家快递。`,
    en: `${carrier} does not deliver to ${place}. Choose another carrier.`,
  }),
  ADDRESS_INVALID: ({ problems }) => ({
    zh: `地址还不能保存：${problems.map((one) => `${(addressFieldWords[one.field] ?? { zh: one.field, en: one.field }).zh}${one.text === '' ? '' : `“${one.text}”`}${addressProblemWords[one.problem].zh}`).join('；')}。`,
    en: `The address cannot be saved yet: ${problems.map((one) => `${(addressFieldWords[one.field] ?? { zh: one.field, en: one.field }).en}${one.text === '' ? '' : ` “${one.text}”`} ${addressProblemWords[one.problem].en}`).join('; ')}.`,
  }),
  ADDRESS_IN_USE: ({ address, uses }) => ({
    zh: `地址“${address}”还在用：${uses.map(({ name, purpose }) => `${name || '全部'}的${purpose === 'send' ? '寄件' : '退件'}`).join('、')}。先把这些默认地址换成别的，再归档。`,
    en: `The address “${address}” is in use: ${uses.map(({ name, purpose }) => `${purpose === 'send' ? 'sender' : 'returns'} of ${name || 'all'}`).join(', ')}. Give those another default, then archive it.`,
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
  PICTURE_REFUSED: ({ file, why, detail }) => ({
    zh: `图片‘${file}’没有导入：${pictureWords[why].zh}（${detail}）。请换一张 PNG、JPEG 或 BMP，每边不超过 8000 像素、不超过 10 MB。`,
    en: `Picture ‘${file}’ was not taken: ${pictureWords[why].en} (${detail}). Use a PNG, JPEG or BMP of at most 8,000 pixels a side and 10 MB.`,
  }),
  LABEL_FAULTY: ({ findings }) => ({
    zh: `这张面单按现在的模板印不好：${findings.map((finding) => `${finding.element} ${finding.message}`).join('；')}。没有打印，没有占用单号；请改模板或订单后再打。`,
    en: `This label would not come out right: ${findings.map((finding) => `${finding.element} ${finding.message}`).join('; ')}. Nothing was printed and no number used; mend the template or the order.`,
  }),
  CODE_UNREADABLE: ({ element, text }) => ({
    zh: `条码“${element}”印出来会扫不出 ${text}，所以没有打印。请把条码放大或留够空白。`,
    en: `The code “${element}” would not scan as ${text}, so nothing was printed. Make it larger or leave more white around it.`,
  }),
  PRINTER_ADDRESS_BAD: ({ text }) => ({
    zh: `打印机地址“${text}”看不懂。写法如 tcp://192.168.1.50:9100?language=tspl、virtual:文件夹、cups:队列、winspool:打印机名。`,
    en: `The printer address “${text}” is not one. Write it as tcp://192.168.1.50:9100?language=tspl, virtual:FOLDER, cups:QUEUE or winspool:NAME.`,
  }),
  PRINTER_STOPPED: ({ reason, what }) => ({
    zh: `打印机停下了：${what === undefined ? reason : printerStopTexts[what].zh}。处理好后从“待确认”和“待打印”接着来，不会自动重打。`,
    en: `The printer stopped: ${what === undefined ? reason : printerStopTexts[what].en}. Once mended, go on from “to settle” and “waiting”; nothing is sent again by itself.`,
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
  PRINTER_SCALE_WRONG: ({ expectedMm, measuredMm, dpi, likelyDpi }) => ({
    zh: `${expectedMm} 毫米的尺子量出来是 ${measuredMm} 毫米：打印机不是 ${dpi} dpi，多半是 ${likelyDpi} dpi。请改分辨率后再打一张测试页；偏移没有改动。`,
    en: `The ${expectedMm} mm ruler measures ${measuredMm} mm: the printer has not ${dpi} but most likely ${likelyDpi} dpi. Change the resolution and print the test label again; the offset was not changed.`,
  }),
  LABEL_TOO_LARGE: ({ bytes, limit }) => ({
    zh: `这张面单要发 ${bytes} 字节，超过上限 ${limit}，没有打印。请检查纸张尺寸和分辨率。`,
    en: `This label would need ${bytes} bytes, more than the limit of ${limit}; nothing was printed. Check paper size and resolution.`,
  }),
  ISSUING_STOPPED: ({ reason, detail }) => ({
    zh: `已停止发号：${stopWords[reason].zh}${detail === '' ? '' : `（${detail}）`}。没有占用单号，已打印的不受影响；请仓库主管到“单号”页查看并处理。`,
    en: `Numbers are not being issued: ${stopWords[reason].en}${detail === '' ? '' : ` (${detail})`}. No number was used and printed labels stay valid; the lead can see why and what to do under Numbers.`,
  }),
  LEDGER_BROKEN: ({ seq, what }) => ({
    zh: `台账在第 ${seq} 条对不上（${what}）：有人在打包台以外改过数据。已停止发号，数据只读；请从备份恢复，或导出台账交支持人员核对。`,
    en: `The ledger does not add up at entry ${seq} (${what}): the data were changed outside Packbench. Issuing has stopped and the data are read-only; restore a back-up, or export the ledger for support.`,
  }),
  ACCOUNT_NOT_ACTIVE: ({ account, state }) => ({
    zh: `电子面单账号“${account}”现在是“${accountWords[state]?.zh ?? state}”，不能取号。请先启用它，或换一个账号。`,
    en: `The waybill account “${account}” is ${accountWords[state]?.en ?? state} and issues nothing. Activate it first, or use another account.`,
  }),
  ACCOUNT_EMPTY: ({ account, wanted, balance }) => ({
    zh: `电子面单账号“${account}”余额只剩 ${balance}，需要 ${wanted}。请向网点充值，或换一个账号；没有占用单号。`,
    en: `The waybill account “${account}” has ${balance} units left and ${wanted} are needed. Top it up at the branch or use another account; no number was used.`,
  }),
  AGREEMENT_MISSING: ({ account }) => ({
    zh: `在线寄件账号“${account}”还没有登记付款协议，不能取号。请先登记签约日期和付款账户。`,
    en: `The pick-up account “${account}” has no payment agreement on record and issues nothing. Record its date and paying account first.`,
  }),
  GRANT_MISSING: ({ shop }) => ({
    zh: `店铺“${shop}”没有可用的单号池。请在“单号”页给它建池或共享一个池。`,
    en: `The shop “${shop}” has no number pool to draw from. Make one for it, or share a pool with it, under Numbers.`,
  }),
  GRANT_ENDED: ({ shop, pool, why }) => ({
    zh: `店铺“${shop}”对单号池“${pool}”的共享${grantWords[why].zh}。已取的号仍有效；请联系池的主人或换一个池。`,
    en: `The grant of shop “${shop}” on pool “${pool}” ${grantWords[why].en}. Numbers drawn before stay valid; ask the pool's owner or use another pool.`,
  }),
  GRANT_CAP_REACHED: ({ shop, pool, cap, used, per }) => ({
    zh: `店铺“${shop}”在单号池“${pool}”的${per === 'day' ? '每日' : ''}额度 ${cap} 已用 ${used}。请池的主人调高额度${per === 'day' ? '，或明天再打' : ''}。`,
    en: `Shop “${shop}” has used ${used} of its ${per === 'day' ? 'daily ' : ''}limit of ${cap} on pool “${pool}”. Ask the pool's owner to raise it${per === 'day' ? ', or go on tomorrow' : ''}.`,
  }),
  CARRIER_MISMATCH: ({ wanted, found }) => ({
    zh: `要的是 ${wanted} 的单号，这里是 ${found} 的。请换快递公司或单号池；包裹已有别家单号时先作废那个号。`,
    en: `A number of ${wanted} was asked for, but this is of ${found}. Choose another carrier or pool; if the parcel has the other carrier's number, void that first.`,
  }),
  PRODUCT_NOT_IN_CONTRACT: ({ account, product, has }) => ({
    zh: `账号“${account}”没有“${product}”，有：${has}。换一个快递产品，或到“单号 → 账号”里加上它；没有占用单号。`,
    en: `Account “${account}” does not give “${product}”, only ${has}. Choose another product, or add it under Numbers → Accounts; no number was used.`,
  }),
  NO_POOL_FITS: ({ shop, why }) => ({
    zh: `店铺“${shop}”的单号池都不收这个包裹：${why === 'province' ? '收件省份不在范围内' : '重量不在范围内或未填'}。请改规则或补全包裹资料。`,
    en: `No pool of shop “${shop}” takes this parcel: ${why === 'province' ? 'its province is outside the pools’ area' : 'its weight is unknown or outside the limits'}. Change the rule or complete the parcel.`,
  }),
  REQUEST_REUSED: ({ request, parcel }) => ({
    zh: `请求“${request}”已经给了包裹“${parcel}”，不能再给别的包裹。请刷新后重试。`,
    en: `The request “${request}” already belongs to parcel “${parcel}”. Refresh and try again.`,
  }),
  NUMBERS_DUPLICATE: ({ count, numbers }) => ({
    zh: `有 ${count} 个单号已经在账号里或在名单里重复，整份没有导入：${numbers.slice(0, 5).map((one) => `${one.number}（${one.account}）`).join('、')}${count > 5 ? ' 等' : ''}。请去掉后再导入。`,
    en: `${count} numbers are known already or stand twice in the list, so nothing was imported: ${numbers.slice(0, 5).map((one) => `${one.number} (${one.account})`).join(', ')}${count > 5 ? ', …' : ''}. Take them out and import again.`,
  }),
  NUMBERS_BAD: ({ count, lines }) => ({
    zh: `名单里有 ${count} 行不是单号，整份没有导入：${lines.slice(0, 5).map((one) => `第 ${one.line} 行“${one.text}”`).join('、')}。长数字请按文本导出，不要科学计数法。`,
    en: `${count} lines of the list are not numbers, so nothing was imported: ${lines.slice(0, 5).map((one) => `line ${one.line} “${one.text}”`).join(', ')}. Export long digits as text, not in scientific notation.`,
  }),
  NUMBERS_COUNT: ({ expected, found }) => ({
    zh: `确认的数量是 ${expected}，名单里有 ${found} 个单号，没有导入。请核对后再确认。`,
    en: `${expected} numbers were confirmed but the list has ${found}; nothing was imported. Check and confirm again.`,
  }),
  RANGE_BAD: ({ text, why }) => ({
    zh: `号段“${text}”看不懂（${why}）。写法：YT8800000000001+500，或 起始号~结束号。`,
    en: `The range “${text}” cannot be read (${why}). Write YT8800000000001+500, or first~last.`,
  }),
  SHARE_CODE_WRONG: ({ triesLeft }) => ({
    zh: triesLeft > 0 ? `分享码不对，还可以试 ${triesLeft} 次。` : '分享码不对，这个码已失效。请对方重新生成一个。',
    en: triesLeft > 0 ? `Wrong share code; ${triesLeft} tries left.` : 'Wrong share code; it no longer works. Ask the other side for a new one.',
  }),
  SHARE_CODE_EXPIRED: ({ minutes }) => ({ zh: `分享码超过 ${minutes} 分钟已失效，请对方重新生成一个。`, en: `The share code is older than ${minutes} minutes. Ask the other side for a new one.` }),
  NUMBER_UNKNOWN: ({ number }) => ({ zh: `没有取过单号“${number}”。请核对有没有扫错。`, en: `The number “${number}” was never drawn here. Check the scan.` }),
  NUMBER_STATE: ({ number, state, action }) => ({
    zh: `单号“${number}”现在是“${numberWords[state]?.zh ?? state}”，不能${actionWords[action]?.zh ?? action}。`,
    en: `The number “${number}” is ${numberWords[state]?.en ?? state}; it cannot be ${actionWords[action]?.en ?? action}.`,
  }),
  LABEL_PRINTED: ({ number }) => ({
    zh: `单号“${number}”的面单已经打印过，没有再打。确实坏了或丢了，请用“补打”。`,
    en: `The label of “${number}” has been printed and was not printed again. If it is damaged or lost, use Reprint.`,
  }),
  LABEL_UNCERTAIN: ({ number }) => ({
    zh: `单号“${number}”的面单不确定有没有打出来，不会自动再打。请先到“待确认”里对一下纸。`,
    en: `It is not known whether the label of “${number}” came out, so it is not sent again by itself. Compare with the paper under Unknown labels first.`,
  }),
  LABEL_UNDER_WAY: ({ number, job }) => ({
    zh: `单号“${number}”的面单正在另一个打印任务（${job}）里。请等它打完，或先取消那个任务。`,
    en: `The label of “${number}” is under way in another print job (${job}). Wait for it, or cancel that job first.`,
  }),
  ATTEMPT_STATE: ({ attempt, state, action }) => ({
    zh: `打印记录“${attempt}”现在是“${attemptWords[state]?.zh ?? state}”，不能改成“${attemptWords[action]?.zh ?? action}”。请刷新。`,
    en: `The print record “${attempt}” is ${attemptWords[state]?.en ?? state} and cannot become ${attemptWords[action]?.en ?? action}. Refresh.`,
  }),
  REASON_NEEDED: ({ action }) => ({ zh: `${actionWords[action]?.zh ?? action}要写明原因。`, en: `A reason is needed to ${actionWords[action]?.verb ?? action}.` }),
  PIN_NEEDED: ({ action }) => ({ zh: `${actionWords[action]?.zh ?? action}需要仓库主管的 PIN。`, en: `The lead's PIN is needed to ${actionWords[action]?.verb ?? action}.` }),
  PIN_WRONG: ({ triesLeft }) => ({
    zh: triesLeft > 0 ? `PIN 不对，还可以试 ${triesLeft} 次。` : 'PIN 连续输错，已锁定 10 分钟。',
    en: triesLeft > 0 ? `Wrong PIN; ${triesLeft} tries left.` : 'Wrong PIN too often; locked for 10 minutes.',
  }),
  LEASE_FENCED: ({ station, epoch }) => ({
    zh: `工位“${station}”的号段已被收回或登记为丢失（第 ${epoch} 代），不能再领号。请仓库主管重新启用这个工位。`,
    en: `The block of station “${station}” was taken back or written off (epoch ${epoch}); it gets no more numbers. Ask the lead to enable the station again.`,
  }),
  LEASE_QUOTA: ({ station, quota, outstanding, wanted }) => ({
    zh: `工位“${station}”最多留 ${quota} 个号，手上已有 ${outstanding} 个，不能再领 ${wanted} 个。`,
    en: `Station “${station}” may hold ${quota} numbers and has ${outstanding}; it cannot take ${wanted} more.`,
  }),
  EVIDENCE_NEEDED: ({ action }) => ({
    zh: `${actionWords[action]?.zh ?? action}要有快递公司的凭据（例如后台导出显示未使用）。请填写凭据。`,
    en: `Evidence from the carrier (such as its export saying “unused”) is needed to ${actionWords[action]?.verb ?? action}. Enter it.`,
  }),
  SECOND_PERSON_NEEDED: ({ action, first }) => ({
    zh: `${actionWords[action]?.zh ?? action}要两个人确认：${first} 已确认，请另一个人再确认。`,
    en: `Two people must confirm to ${actionWords[action]?.verb ?? action}: ${first} has; somebody else must too.`,
  }),
  TEMPLATE_MISFIT: ({ template, why }) => ({
    zh: `模板“${template}”${why['zh-CN']}。没有取单号；换一个模板再打。`,
    en: `Template “${template}” is ${why.en}. No number was drawn; choose another template.`,
  }),
  TEMPLATE_FAULTY: ({ template, findings }) => ({
    zh: `模板“${template}”还有 ${findings.length} 处错误，不能发布：${findings.slice(0, 3).map((one) => one.message).join('；')}。点检查里的条目会指出位置。`,
    en: `Template “${template}” has ${findings.length} errors and cannot be published: ${findings.slice(0, 3).map((one) => one.message).join('; ')}. Each entry of the check shows its place.`,
  }),
  DRAFT_HELD: ({ template, operator, station }) => ({
    zh: `模板“${template}”正由 ${station}${operator === '' ? '' : ` 的 ${operator}`} 编辑。可以接管，或另存为副本。`,
    en: `Template “${template}” is being edited at ${station}${operator === '' ? '' : ` by ${operator}`}. Take it over, or keep your work as a copy.`,
  }),
  DOCUMENT_NEWER: ({ name, version, supported }) => ({
    zh: `“${name}”是更新版本的程序做的（第 ${version} 版格式，这里认得到第 ${supported} 版）。请先升级打包台。`,
    en: `“${name}” was made by a newer program (format ${version}; this one knows up to ${supported}). Update Packbench first.`,
  }),
  DOCUMENT_INVALID: ({ name, issues }) => ({
    zh: `“${name}”不是完整的模板：${issues.slice(0, 3).map((one) => documentIssue(one).zh).join('；')}。原文件没有改动。`,
    en: `“${name}” is not a whole template: ${issues.slice(0, 3).map((one) => documentIssue(one).en).join('; ')}. The file was not changed.`,
  }),
};

/** The sentence for one error in one language. */
export function errorText(error: AppError, locale: Locale): string {
  const make = texts[error.code] as (data: AppError['data']) => Both;
  const both = make(error.data);
  return locale === 'zh-CN' ? both.zh : both.en;
}
