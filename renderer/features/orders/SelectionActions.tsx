import { Button, Dropdown, Input, Modal, Select, Space } from 'antd';
import { useState } from 'react';
import type { OrderSummary } from '../../../common/contract/orders.ts';
import { flags } from '../../../common/contract/orders.ts';
import { carriers } from '../../../common/domain/waybills/carriers.ts';
import { client } from '../../client/index.ts';
import { useLocale } from '../../i18n/index.ts';
import { ChooseByRules } from '../carriers/ChooseByRules.tsx';
import { carrierName } from '../carriers/names.ts';
import { MergePanel } from './MergePanel.tsx';
import { SplitPanel } from './SplitPanel.tsx';
import { useActionTexts } from './actionTexts.ts';
import { Flag } from './cells.tsx';
import { useOutcomes } from './useOutcomes.tsx';

/** What can be done with the orders that are selected. Each order answers for itself; refusals are named. */
export function SelectionActions({ orderIds, shopIds }: { orderIds: readonly string[]; shopIds: readonly string[] }) {
  const t = useActionTexts();
  const locale = useLocale();
  const outcomes = useOutcomes();
  const ids = [...orderIds];
  const [asking, setAsking] = useState<'hold' | 'memo' | null>(null);
  const [text, setText] = useState('');
  const [merging, setMerging] = useState(false);
  const [splitting, setSplitting] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const each = (work: Parameters<typeof outcomes>[0]): void => void outcomes(work, (count) => t('done', { count }));

  return (
    <Space wrap size={6}>
      <Button size="small" onClick={() => setMerging(true)}>
        {t('merge')}
      </Button>
      <Button size="small" disabled={ids.length !== 1} onClick={() => setSplitting(true)}>
        {t('split')}
      </Button>
      <Select
        size="small"
        aria-label={t('carrier')}
        placeholder={t('carrier')}
        style={{ width: 120 }}
        value={null}
        options={[{ value: 'rules', label: t('byRules') }, ...carriers.map(({ code }) => ({ value: code, label: carrierName(code, locale) }))]}
        onChange={(code: string | null) => {
          if (code === 'rules') setChoosing(true);
          else if (code !== null) each(client.parcels.setCarrier({ orderIds: ids, carrierCode: code }));
        }}
      />
      <Dropdown trigger={['click']} menu={{ items: flags.map((flag) => ({ key: flag, label: flag === 'none' ? t('noFlag') : <Flag flag={flag} /> })), onClick: ({ key }) => each(client.orders.setFlag({ ids, flag: key as OrderSummary['flag'] })) }}>
        <Button size="small">{t('flag')}</Button>
      </Dropdown>
      <Button size="small" onClick={() => setAsking('memo')}>
        {t('memo')}
      </Button>
      <Button size="small" onClick={() => setAsking('hold')}>
        {t('hold')}
      </Button>
      <Button size="small" onClick={() => each(client.orders.release({ ids }))}>
        {t('release')}
      </Button>
      <Button size="small" onClick={() => each(client.orders.settleAlarm({ ids }))}>
        {t('settle')}
      </Button>
      <Modal
        open={asking !== null}
        title={asking === 'hold' ? t('holdWhy') : t('memoText')}
        okButtonProps={{ disabled: asking === 'hold' && text.trim() === '' }}
        onCancel={() => setAsking(null)}
        onOk={() => {
          each(asking === 'hold' ? client.orders.hold({ ids, reason: text.trim() }) : client.orders.setMemo({ ids, memo: text.trim() }));
          setAsking(null);
          setText('');
        }}
      >
        <Input.TextArea autoFocus aria-label={asking === 'hold' ? t('holdWhy') : t('memoText')} maxLength={asking === 'hold' ? 200 : 500} value={text} onChange={(event) => setText(event.target.value)} />
      </Modal>
      {choosing && <ChooseByRules orderIds={ids} onClose={() => setChoosing(false)} />}
      {merging && <MergePanel orderIds={ids} shopIds={shopIds} onClose={() => setMerging(false)} />}
      {splitting && ids[0] !== undefined && <SplitPanel orderId={ids[0]} onClose={() => setSplitting(false)} />}
    </Space>
  );
}
