/** The words the sentences about errors are made of, in both languages: things, reasons, states, fields. */
import type { PrinterStop, pictureProblems } from './errors.ts';
import type { AddressProblem } from './domain/addresses/types.ts';

export interface Both {
  readonly zh: string;
  readonly en: string;
}

export const printerStopTexts: Readonly<Record<PrinterStop, Both>> = {
  out_of_paper: { zh: '缺纸，请装好纸', en: 'it is out of paper, please load some' },
  out_of_ribbon: { zh: '碳带用完了，请换碳带', en: 'it is out of ribbon, please change it' },
  head_open: { zh: '盖子或打印头没有合上', en: 'the cover or the head is open' },
  jam: { zh: '卡纸了，请取出卡住的纸', en: 'paper is jammed, please take it out' },
  over_heated: { zh: '打印头太热，等它凉一会儿', en: 'the head is too hot, let it cool down' },
  paused: { zh: '打印机或队列被暂停了，请按打印机上的继续键或恢复队列', en: 'the printer or its queue is paused, please resume it' },
  off_line: { zh: '连不上打印机，请看电源和网线', en: 'it cannot be reached, please check power and cable' },
  silent: { zh: '打印机不再回答，请看电源、盖子和纸', en: 'it stopped answering, please check power, cover and paper' },
  busy: { zh: '打印机一直忙', en: 'it stays busy' },
  error: { zh: '打印机报错，请看打印机上的灯或屏幕', en: 'it reports an error, please look at its lights or display' },
  connection: { zh: '打印时连接断了', en: 'the connection broke while printing' },
  no_evidence: { zh: '没有等到“打完了”的回答', en: 'it did not say that the label was finished' },
  journal: { zh: '打印记录写不进去，所以没有再发', en: 'the print record could not be written, so nothing more was sent' },
  cancelled: { zh: '已取消', en: 'cancelled' },
  closed: { zh: '打印机的设置改了，或程序正在退出', en: 'its settings were changed, or the program is closing' },
};

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
  batch: { zh: '导入记录', en: 'import' },
  preset: { zh: '列对应', en: 'column mapping' },
  job: { zh: '打印任务', en: 'print job' },
  page: { zh: '页面', en: 'page' },
  scenario: { zh: '成本方案', en: 'cost scenario' },
  'freight table': { zh: '运费表', en: 'freight table' },
  'freight bill': { zh: '对账单', en: 'freight bill' },
  warehouse: { zh: '云仓', en: 'cloud warehouse' },
};

/** Why a file on its way in did not arrive. */
export const fileWords: Readonly<Record<string, Both>> = {
  'too-many-waiting': { zh: '等着导入的文件太多', en: 'too many files are waiting to be imported' },
  'piece-missing': { zh: '中间少了一段，或多了一段', en: 'a piece of it is missing or too long' },
  'not-readable': { zh: '可能正被别的程序占用，或已经移走', en: 'another program may hold it, or it was moved away' },
  not_json: { zh: '它不完整，或既不是打包台的模板，也不是菜鸟模板', en: 'it is not whole, or neither a Packbench template nor a Cainiao one' },
  not_a_label: { zh: '它不是打包台的模板', en: 'it is no Packbench template' },
  too_large: { zh: '它比任何模板都大', en: 'it is larger than any template' },
  too_deep: { zh: '它的层次比任何模板都深', en: 'it is nested deeper than any template' },
  doctype: { zh: '它带有 DOCTYPE，可能引用别的文件，为安全不读', en: 'it has a DOCTYPE, which may refer to other files: refused to be safe' },
  empty: { zh: '它是空的', en: 'it is empty' },
  'not-arrived': { zh: '还没有收全', en: 'it has not arrived completely' },
};

/** What the operating system says of a path. */
export const systemWords: Readonly<Record<string, Both>> = {
  ENOENT: { zh: '没有这个文件或文件夹', en: 'there is no such file or folder' },
  EISDIR: { zh: '这是一个文件夹，不是文件', en: 'it is a folder, not a file' },
  ENOTDIR: { zh: '路径中有一段是文件，不是文件夹', en: 'a part of the path is a file, not a folder' },
  EEXIST: { zh: '这里已经有一个同名的文件', en: 'a file of that name is there already' },
  EACCES: { zh: '没有权限', en: 'permission is denied' },
  EPERM: { zh: '没有权限', en: 'permission is denied' },
  EBUSY: { zh: '正被另一个程序占用', en: 'another program is using it' },
  EROFS: { zh: '磁盘是只读的', en: 'the disk is read-only' },
  ENOSPC: { zh: '磁盘满了', en: 'the disk is full' },
};

export const conflictWords: Readonly<Record<string, Both>> = {
  name: { zh: '这个名字已经有了', en: 'the name is taken' },
  number: { zh: '这个号已经有了', en: 'the number is taken' },
};

export function noun(what: string): Both {
  return nouns[what] ?? { zh: what, en: what };
}

export const pictureWords: Readonly<Record<(typeof pictureProblems)[number], Both>> = {
  format: { zh: '格式不支持', en: 'the format is not supported' },
  bytes: { zh: '文件太大', en: 'the file is too large' },
  side: { zh: '边长太大', en: 'a side is too long' },
  pixels: { zh: '像素太多', en: 'it has too many pixels' },
  damaged: { zh: '文件损坏', en: 'the file is damaged' },
};

export const stopWords: Readonly<Record<'not_started' | 'disk' | 'ledger' | 'other_copy' | 'person', Both>> = {
  not_started: { zh: '程序还没有完成启动检查', en: 'the start-up check has not finished' },
  disk: { zh: '硬盘写入失败', en: 'the disk failed to write' },
  ledger: { zh: '台账校验不通过', en: 'the ledger did not verify' },
  other_copy: { zh: '另一份相同的数据正在使用', en: 'another copy of these data is in use' },
  person: { zh: '主管暂停了发号', en: 'the lead paused issuing' },
};

export const accountWords: Readonly<Record<string, Both>> = {
  applied: { zh: '已申请', en: 'applied for' },
  waiting: { zh: '等网点审核', en: 'waiting for the branch' },
  active: { zh: '使用中', en: 'active' },
  suspended: { zh: '已暂停', en: 'suspended' },
  closed: { zh: '已关闭', en: 'closed' },
};

export const grantWords: Readonly<Record<'revoked' | 'paused' | 'expired' | 'not_yet' | 'pending', Both>> = {
  revoked: { zh: '已收回', en: 'was revoked' },
  paused: { zh: '已暂停', en: 'is paused' },
  expired: { zh: '已到期', en: 'has expired' },
  not_yet: { zh: '还没开始', en: 'has not begun' },
  pending: { zh: '还没被对方接受', en: 'has not been accepted yet' },
};

export const numberWords: Readonly<Record<string, Both>> = {
  assigned: { zh: '已取号', en: 'assigned' },
  printed: { zh: '已打印', en: 'printed' },
  unknown: { zh: '待确认', en: 'unknown' },
  handed_over: { zh: '已交接', en: 'handed over' },
  closed: { zh: '已完结', en: 'closed' },
  void_waiting: { zh: '作废待返还', en: 'void, unit to come back' },
  void: { zh: '已作废', en: 'void' },
  burned: { zh: '已核销', en: 'written off' },
  free: { zh: '未使用', en: 'free' },
  quarantine: { zh: '隔离中', en: 'in quarantine' },
};

export const attemptWords: Readonly<Record<string, Both>> = {
  ready: { zh: '待批准', en: 'waiting for approval' },
  intent: { zh: '待发送', en: 'about to be sent' },
  sending: { zh: '发送中', en: 'being sent' },
  sent: { zh: '已发送', en: 'sent' },
  acked: { zh: '打印机已确认', en: 'acknowledged by the printer' },
  confirmed: { zh: '已确认', en: 'confirmed' },
  uncertain: { zh: '待确认', en: 'unknown' },
  not_sent: { zh: '未发送', en: 'not sent' },
  not_printed: { zh: '没打出来', en: 'not printed' },
  cancelled: { zh: '已取消', en: 'cancelled' },
  void: { zh: '已作废', en: 'void' },
};

export const actionWords: Readonly<Record<string, Both & { readonly verb: string }>> = {
  void: { zh: '作废', en: 'voided', verb: 'void a number' },
  burn: { zh: '核销', en: 'written off', verb: 'write a number off' },
  reprint: { zh: '补打', en: 'reprinted', verb: 'reprint' },
  correct: { zh: '调整余额', en: 'corrected', verb: 'correct the balance' },
  hand_over: { zh: '交接', en: 'handed over', verb: 'hand over' },
  close: { zh: '完结', en: 'closed', verb: 'close' },
  print: { zh: '打印', en: 'printed', verb: 'print' },
  write_off: { zh: '登记工位丢失', en: 'written off', verb: 'write a station off' },
  pack: { zh: '照发', en: 'packed', verb: 'pack it all the same' },
  release: { zh: '解除隔离', en: 'released', verb: 'release numbers' },
};

export const addressFieldWords: Readonly<Record<string, Both>> = {
  contact: { zh: '联系人', en: 'contact' },
  phone: { zh: '电话', en: 'phone' },
  extension: { zh: '分机', en: 'extension' },
  privacyPhone: { zh: '面单电话', en: 'privacy phone' },
  province: { zh: '省', en: 'province' },
  city: { zh: '市', en: 'city' },
  district: { zh: '区县', en: 'district' },
  town: { zh: '街道乡镇', en: 'town' },
  detail: { zh: '详细地址', en: 'street' },
  postcode: { zh: '邮编', en: 'postcode' },
};

export const addressProblemWords: Readonly<Record<AddressProblem, Both>> = {
  missing: { zh: '没有填', en: 'is missing' },
  unknown: { zh: '不在行政区划表里', en: 'is no official division' },
  'not-inside': { zh: '不属于上一级', en: 'does not lie in the level above' },
  form: { zh: '格式不对', en: 'has an unusual form' },
  'too-long': { zh: '太长', en: 'is too long' },
};

/** What the reader of documents finds, by the form of its words. */
const issueForms: readonly (readonly [RegExp, Both])[] = [
  [/discriminator/i, { zh: '不认识的类型', en: 'unknown kind' }],
  [/^Invalid option/, { zh: '不认识的值', en: 'unknown value' }],
  [/^Unrecognized key/, { zh: '多出的内容', en: 'unknown part' }],
  [/^Too (big|small)/, { zh: '超出允许的范围', en: 'beyond what is allowed' }],
  [/is used twice$/, { zh: '两个元素用了同一个编号', en: 'two elements have one id' }],
  [/^Invalid input/, { zh: '内容不对', en: 'not what belongs there' }],
];

/** One thing wrong with a document: the place as people count, and what it is. */
export function documentIssue({ path, message }: { readonly path: string; readonly message: string }): Both {
  const words = issueForms.find(([form]) => form.test(message))?.[1] ?? { zh: message, en: message };
  const element = /^(?:document\.)?elements\.(\d+)(?:\.(.*))?$/.exec(path);
  const part = element === null ? path : (element[2] ?? '');
  const number = element === null ? 0 : Number(element[1]) + 1;
  const said = part === '' || part === 'type' ? { zh: '', en: '' } : { zh: `（${part}）`, en: ` (${part})` };
  return element === null
    ? { zh: `${part}${part === '' ? '' : '：'}${words.zh}`, en: `${part}${part === '' ? '' : ': '}${words.en}` }
    : { zh: `第 ${number} 个元素${said.zh}：${words.zh}`, en: `element ${number}${said.en}: ${words.en}` };
}
