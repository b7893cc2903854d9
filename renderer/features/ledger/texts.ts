import { defineTexts } from '../../i18n/index.ts';

const kinds = {
  import: { zh: '导入', en: 'imported' }, top_up: { zh: '充值', en: 'top-up' }, correct: { zh: '调整', en: 'corrected' }, draw: { zh: '取号', en: 'drawn' }, print: { zh: '打印', en: 'printed' },
  unknown: { zh: '待确认', en: 'unknown' }, void: { zh: '作废', en: 'void' }, release: { zh: '到期 / 解除隔离', en: 'released' }, recycle: { zh: '余额返还', en: 'unit returned' }, burn: { zh: '核销', en: 'written off' },
  burned: { zh: '已核销', en: 'written off' }, hand_over: { zh: '交接', en: 'handed over' }, close: { zh: '完结', en: 'closed' }, quarantine: { zh: '隔离', en: 'quarantined' }, lease: { zh: '工位领号', en: 'block to a station' },
  return: { zh: '工位退号', en: 'block returned' }, used: { zh: '工位已用', en: 'used at a station' }, used_after_write_off: { zh: '丢失工位补报', en: 'used after write-off' }, used_twice: { zh: '同一包裹两个号', en: 'second number of a parcel' },
  write_off: { zh: '工位丢失', en: 'station lost' }, block: { zh: '收到号段', en: 'block received' },
} as const satisfies Record<string, { zh: string; en: string }>;

const invariants = {
  I1: { zh: '一个单号只属于一个包裹', en: 'a number belongs to one parcel' },
  I2: { zh: '每个账户的余额等于台账之和', en: 'every balance is the sum of its events' },
  I3: { zh: '每个单号的经过前后相接', en: 'the events of a number follow each other' },
  I4: { zh: '发出的面单都有在先的打印记录', en: 'every label sent has an earlier record' },
  I5: { zh: '取过的单号不会回到未用', en: 'a drawn number never becomes free' },
  I6: { zh: '共享没有超过额度', en: 'no grant or station exceeds its limit' },
  I7: { zh: '取过的号一个不少', en: 'no drawn number is missing' },
  I8: { zh: '号段互不重叠', en: 'no number is in two blocks' },
  I9: { zh: '号段和台账数目一致', en: 'blocks and ledger agree' },
  I10: { zh: '作废、核销都有人、时间和原因', en: 'every dead number has who, when and why' },
  I11: { zh: '台账没有被改过（哈希链）', en: 'the hash chain verifies' },
  I12: { zh: '不确定的面单都在待确认里', en: 'unknown labels are few and shown' },
} as const satisfies Record<string, { zh: string; en: string }>;

const useTexts = defineTexts('ledger', {
  zh: {
    when: '时间', kindTitle: '事件', move: '从 → 到', count: '数量', number: '单号', numbers: '单号', units: '余额', parcel: '包裹', shop: '店铺', who: '谁', reason: '原因', follow: '查一个单号的一生', followHint: '扫或输入单号', more: '更早', export: '导出',
    anyKind: '全部事件', run: '现在对账', fine: '对得上：{{events}} 条台账，{{checks}} 项全部通过', broken: '对不上：{{count}} 项有问题，已停止发号', checked: '核对 {{count}}', lastRun: '对账时间', breaks: '问题', events: '台账条目', life: '{{number}} 的一生',
    attempts: '打印', quarantine: '隔离和核销的号段', quarantineHint: '这些号从没取过，也不会再发。只有快递公司证明没用过、并由两个人确认，才能放回去。', release: '放回号池', confirmRelease: '第二人确认', firstConfirmed: '{{who}} 已确认：{{evidence}}',
    releaseHint: '请写快递公司的凭据（例如后台导出显示未使用）。需要两个不同的人确认。', evidence: '凭据', notDrawn: '还没取过', state: '状态', voidIt: '作废', burnIt: '核销', voidAsk: '作废后这个单号不能再用；预付账号的余额按网点规则返还。', ok: '确定', cancel: '取消', reprint: '补打 {{count}}', ...pick('zh'),
  },
  en: {
    when: 'When', kindTitle: 'Event', move: 'From → to', count: 'Count', number: 'Number', numbers: 'numbers', units: 'units', parcel: 'Parcel', shop: 'Shop', who: 'Who', reason: 'Reason', follow: 'Follow one number', followHint: 'scan or type a number', more: 'Earlier', export: 'Export',
    anyKind: 'all events', run: 'Reconcile now', fine: 'It adds up: {{events}} events, {{checks}} checks passed', broken: 'It does not add up: {{count}} checks failed; issuing has stopped', checked: '{{count}} checked', lastRun: 'Reconciled at', breaks: 'Breaks', events: 'Ledger entries', life: 'The life of {{number}}',
    attempts: 'Labels', quarantine: 'Numbers in quarantine and written off', quarantineHint: 'These were never drawn and will not be issued. They come back only when the carrier says they are unused and two people confirm it.', release: 'Put back', confirmRelease: 'Confirm as the second', firstConfirmed: '{{who}} confirmed: {{evidence}}',
    releaseHint: 'Enter the evidence of the carrier (such as its export saying “unused”). Two different people must confirm.', evidence: 'Evidence', notDrawn: 'not drawn', state: 'State', voidIt: 'Void', burnIt: 'Write off', voidAsk: 'The number can never be used again; the unit of a prepaid account comes back by the rule of the branch.', ok: 'OK', cancel: 'Cancel', reprint: 'reprint {{count}}', ...pick('en'),
  },
});

function pick(language: 'zh' | 'en'): Record<`kind_${keyof typeof kinds}` | `check_${keyof typeof invariants}`, string> {
  return Object.fromEntries([
    ...Object.entries(kinds).map(([kind, words]) => [`kind_${kind}`, words[language]]),
    ...Object.entries(invariants).map(([id, words]) => [`check_${id}`, words[language]]),
  ]) as Record<`kind_${keyof typeof kinds}` | `check_${keyof typeof invariants}`, string>;
}

export const eventKinds = Object.keys(kinds) as (keyof typeof kinds)[];

/** `t` for the page's own words; `kind` and `check` for the words of the ledger, which come from the core as codes. */
export function useLedgerTexts() {
  const t = useTexts();
  return {
    t,
    kind: (kind: string): string => (Object.hasOwn(kinds, kind) ? t(`kind_${kind as keyof typeof kinds}`) : kind),
    check: (id: string): string => (Object.hasOwn(invariants, id) ? t(`check_${id as keyof typeof invariants}`) : id),
  };
}
