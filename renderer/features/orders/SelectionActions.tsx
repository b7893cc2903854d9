import { useQuery } from '@tanstack/react-query';
import { App, Button, Dropdown, Input, Modal, Select, Space } from 'antd';
import { useState } from 'react';
import type { Outcome } from '../../../common/contract/orders.ts';
import { flags } from '../../../common/contract/orders.ts';
import { carriers } from '../../../common/domain/waybills/carriers.ts';
import { api, client } from '../../client/index.ts';
import { useLocale } from '../../i18n/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { failureText } from '../../ui/failureText.ts';
import { ChooseByRules } from '../carriers/ChooseByRules.tsx';
import { MergePanel } from './MergePanel.tsx';
import { SplitPanel } from './SplitPanel.tsx';
import { useActionTexts } from './actionTexts.ts';
import { useFilterTexts } from './filterTexts.ts';

/** What can be done with the orders that are ticked. Each order answers for itself; refusals are named. */
export function SelectionActions({ orderIds, shopIds }: { orderIds: readonly string[]; shopIds: readonly string[] }) {
  const t = useActionTexts();
  const words = useFilterTexts();
  const locale = useLocale();
  const failure = useFailure();
  const { message, modal } = App.useApp();
  const ids = [...orderIds];
  const [asking, setAsking] = useState<'hold' | 'memo' | null>(null);
  const [text, setText] = useState('');
  const [merging, setMerging] = useState(false);
  const [splitting, setSplitting] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const { data: proposals } = useQuery(api.parcels.mergeProposals.queryOptions({ input: { ...(shopIds.length > 0 && { shopIds: [...shopIds] }) } }));
  const none = ids.length === 0;

  async function each(work: Promise<readonly Outcome[]>): Promise<void> {
    try {
      const outcomes = await work;
      const refused = outcomes.filter((outcome) => !outcome.ok);
      if (refused.length === 0) message.success(t('done', { count: outcomes.length }));
      else modal.warning({ title: t('refused', { done: outcomes.length - refused.length, refused: refused.length }), content: refused.slice(0, 8).map((outcome) => <p key={outcome.id}>{outcome.failure && failureText(outcome.failure, locale)}</p>) });
    } catch (thrown) {
      failure(thrown);
    }
  }

  return (
    <Space wrap size={6}>
      <Button size="small" onClick={() => setMerging(true)}>
        {t('merge', { count: proposals?.length ?? 0 })}
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
        disabled={none}
        options={[{ value: 'rules', label: t('byRules') }, ...carriers.map((carrier) => ({ value: carrier.code, label: locale === 'en' ? carrier.nameEn : carrier.shortName }))]}
        onChange={(code: string | null) => {
          if (code === 'rules') setChoosing(true);
          else if (code !== null) void each(client.parcels.setCarrier({ orderIds: ids, carrierCode: code }));
        }}
      />
      <Dropdown disabled={none} menu={{ items: flags.map((flag) => ({ key: flag, label: words(flag) })), onClick: ({ key }) => void each(client.orders.setFlag({ ids, flag: key as (typeof flags)[number] })) }}>
        <Button size="small">{t('flag')}</Button>
      </Dropdown>
      <Button size="small" disabled={none} onClick={() => setAsking('memo')}>
        {t('memo')}
      </Button>
      <Button size="small" disabled={none} onClick={() => setAsking('hold')}>
        {t('hold')}
      </Button>
      <Button size="small" disabled={none} onClick={() => void each(client.orders.release({ ids }))}>
        {t('release')}
      </Button>
      <Button size="small" disabled={none} onClick={() => void each(client.orders.settleAlarm({ ids }))}>
        {t('settle')}
      </Button>
      <Modal
        open={asking !== null}
        title={asking === 'hold' ? t('holdWhy') : t('memoText')}
        okButtonProps={{ disabled: asking === 'hold' && text.trim() === '' }}
        onCancel={() => setAsking(null)}
        onOk={() => {
          void each(asking === 'hold' ? client.orders.hold({ ids, reason: text.trim() }) : client.orders.setMemo({ ids, memo: text.trim() }));
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
