import { defineTexts } from '../../i18n/index.ts';

export const useUncertainTexts = defineTexts('uncertain', {
  zh: {
    title: '待确认的面单', none: '没有待确认的面单', noneHint: '打印中断、断线或断电后，不确定有没有打出来的面单会列在这里。', explain: '这 {{count}} 张面单不知道有没有打出来，程序不会自己重打。请看打印机旁的纸：', scanLast: '扫最后一张好的面单',
    scanHint: '扫一下就结清整批：它和它前面的算打出来了，后面的算没打出来', lastGood: '最后一张好的', nothingKnown: '这一批没有一张能确定', came: '出来了', missing: '没出来', void: '作废', allCame: '都出来了', noneCame: '都没出来', short: '尾号', position: '第 {{position}} / {{total}} 张',
    notSent: '另有 {{count}} 张确定没发送，重新打印这些订单即可。', why: '原因', settled: '已结清：{{confirmed}} 张出来了，{{missing}} 张没出来', settledHint: '没出来的可以在订单页重新打印，面单上会带“补打”标记。', printer: '打印机', voidReason: '作废：面单没出来，改用新单号', voidAsk: '作废后这个包裹要换新单号。旧面单如果在，请撕掉。',
    ok: '确定', cancel: '取消', noPicture: '没有图片', restart: '打印中程序或电脑停了', copy: '数据是旧备份或拷贝', line: '连接断开',
  },
  en: {
    title: 'Unknown labels', none: 'No unknown labels', noneHint: 'After an interruption the labels nobody knows about are listed here.', explain: 'It is not known whether these {{count}} labels came out; they are never printed again by themselves. Look at the paper at the printer:', scanLast: 'Scan the last good label',
    scanHint: 'One scan settles the batch: it and all before it came out, all after it did not', lastGood: 'Last good one', nothingKnown: 'nothing of this batch is certain', came: 'Came out', missing: 'Did not', void: 'Void', allCame: 'All came out', noneCame: 'None came out', short: 'ends in', position: '{{position}} of {{total}}',
    notSent: '{{count}} more were certainly not sent; print their orders again.', why: 'Why', settled: 'Settled: {{confirmed}} came out, {{missing}} did not', settledHint: 'Those that did not can be printed again from the orders page; they carry a 补打 mark.', printer: 'Printer', voidReason: 'void: the label did not come out, a new number instead', voidAsk: 'The parcel will need a new number. Destroy the old paper if there is one.',
    ok: 'OK', cancel: 'Cancel', noPicture: 'no picture', restart: 'the program or the PC stopped while printing', copy: 'the data are an old back-up or a copy', line: 'the connection broke',
  },
});
