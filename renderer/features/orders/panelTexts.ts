import { defineTexts } from '../../i18n/index.ts';

export const usePanelTexts = defineTexts('orderPanel', {
  zh: {
    detail: '订单 {{number}}', lockedBy: '{{by}} 正在编辑这一单，到 {{until}} 为止；现在只能看。', someone: '另一个窗口', receiver: '收件人', reveal: '查看明文', correct: '改收件人', save: '保存', cancel: '取消', reload: '重新载入',
    name: '姓名', phone: '电话', province: '省', city: '市', district: '区县', town: '街道乡镇', street: '详细地址', doubt: '请核对', withParcel: '同一包裹的另 {{count}} 单一起改', saved: '收件人已改', stillNot: '还打不了面单：姓名、电话、地址要完整，不能带 *。',
    why_masked: '文件里的收件人带 *，打不了面单。到平台后台导出明文，或向买家要到后填在这里。', why_encrypted: '这是平台的密文，不是收件人本身。不能打印；在平台后台解密后，把明文粘贴到这里。', why_incomplete: '文件里缺姓名、电话或地址。补齐后才能打面单。', fixed: '已有面单，收件人和商品按面单保留；要改请先作废面单。',
    alarm: '面单已经打出来，平台之后有变动：{{what}}。先拦下包裹，处理后再解除。', settle: '已处理，解除告警', held: '已挂起：{{reason}}', release: '放行', cancelled: '本店取消了：{{reason}}', restore: '恢复',
    notes: '备注', buyerNote: '买家留言', sellerNote: '卖家备注', memo: '备忘（只有自己人看得到）', saveMemo: '存备忘', memoSaved: '备忘已存', flagged: '已插旗', flag: '旗帜', none: '无',
    parcels: '包裹', parcel: '包裹 {{position}}/{{total}}', noParcel: '还没有分包裹：打印时自成一个。', withOrders: '与 {{orders}} 合并', unmerge: '取消合并', apart: '已改回', rejoin: '合回一箱', goods: '商品', history: '打印记录', noHistory: '还没打过面单。', picture: '面单图片', noPicture: '无图', again: '第 {{count}} 次补打',
    asItCame: '原始内容', number: '订单号', shop: '店铺', state: '平台状态', buyer: '买家', ordered: '下单时间', paid: '付款时间', shipBy: '最晚发货', amount: '实付', goodsAmount: '商品金额', freight: '运费', platformWaybill: '平台单号', extra: '文件里的其他列',
  },
  en: {
    detail: 'Order {{number}}', lockedBy: '{{by}} is editing this order until {{until}}; you can look at it for now.', someone: 'Another window', receiver: 'Recipient', reveal: 'Show in the clear', correct: 'Correct', save: 'Save', cancel: 'Cancel', reload: 'Load again',
    name: 'Name', phone: 'Phone', province: 'Province', city: 'City', district: 'District', town: 'Town', street: 'Street', doubt: 'check this', withParcel: 'also for the other {{count}} orders of the parcel', saved: 'Recipient corrected', stillNot: 'Not printable yet: name, phone and address must be complete and without *.',
    why_masked: 'The file has stars in the recipient: no label can be printed. Export it in the clear, or ask the buyer, and fill it in here.', why_encrypted: 'This is ciphertext of the platform, not a recipient. It cannot be printed; decrypt it there and paste it here.', why_incomplete: 'Name, phone or address is missing in the file. Fill it in to print.', fixed: 'A label exists: recipient and goods stay as printed. Void the label first to change them.',
    alarm: 'The label was printed, then the platform changed the order: {{what}}. Stop the parcel, deal with it, then take the alarm off.', settle: 'Dealt with, take it off', held: 'On hold: {{reason}}', release: 'Release', cancelled: 'Cancelled here: {{reason}}', restore: 'Restore',
    notes: 'Notes', buyerNote: 'Buyer', sellerNote: 'Seller', memo: 'Memo (for your own people)', saveMemo: 'Keep memo', memoSaved: 'Memo kept', flagged: 'Flag set', flag: 'Flag', none: 'none',
    parcels: 'Parcels', parcel: 'Parcel {{position}}/{{total}}', noParcel: 'No parcel yet: it becomes one when printed.', withOrders: 'together with {{orders}}', unmerge: 'Take apart', apart: 'changed back', rejoin: 'Back into one box', goods: 'Goods', history: 'Print attempts', noHistory: 'No label was printed yet.', picture: 'Picture of the label', noPicture: 'none', again: 'reprint {{count}}',
    asItCame: 'As it came', number: 'Order', shop: 'Shop', state: 'State there', buyer: 'Buyer', ordered: 'Ordered', paid: 'Paid at', shipBy: 'Ship by', amount: 'Paid', goodsAmount: 'Goods', freight: 'Freight', platformWaybill: 'Number there', extra: 'Other columns of the file',
  },
});
