import { App, Button, Dropdown, Select, Space } from 'antd';
import type { RefSelectProps } from 'antd';
import { useRef, useState } from 'react';
import type { OrderSummary, Outcome } from '../../../common/contract/orders.ts';
import { flags } from '../../../common/contract/orders.ts';
import { carriers } from '../../../common/domain/waybills/carriers.ts';
import { client } from '../../client/index.ts';
import { useLocale } from '../../i18n/index.ts';
import { Key, useKey } from '../../ui/Key.tsx';
import { ChooseByRules } from '../carriers/ChooseByRules.tsx';
import { carrierName } from '../carriers/names.ts';
import { AskText } from './AskText.tsx';
import { MergePanel } from './MergePanel.tsx';
import { SplitPanel } from './SplitPanel.tsx';
import { useActionTexts } from './actionTexts.ts';
import { Flag } from './cells.tsx';
import { useFlagKeys } from './useFlagKeys.ts';
import { inParts } from './inParts.ts';
import { outcomeKey, useOutcomes } from './useOutcomes.tsx';

interface Props {
  readonly orderIds: readonly string[];
  readonly shopIds: readonly string[];
  /** These stand in another tab now. */
  readonly onMoved: (orderIds: readonly string[]) => void;
  /** True where cancelled orders may be among them. */
  readonly mayRestore: boolean;
  /** False while something lies over the page. */
  readonly keys: boolean;
}

/** Some of the selected orders, each answering for itself. */
type Work = (part: string[]) => Promise<readonly Outcome[]>;

/** What can be done with the orders that are selected. Each order answers for itself; refusals are named. */
export function SelectionActions({ orderIds, shopIds, onMoved, mayRestore, keys }: Props) {
  const t = useActionTexts();
  const locale = useLocale();
  const outcomes = useOutcomes();
  const { message } = App.useApp();
  const ids = [...orderIds];
  const [open, setOpen] = useState<'hold' | 'cancel' | 'memo' | 'merge' | 'split' | 'rules' | null>(null);
  const [choosing, setChoosing] = useState(false);
  const carrierBox = useRef<RefSelectProps>(null);
  const close = (): void => setOpen(null);
  const each = (work: Work): Promise<boolean> =>
    outcomes(
      inParts(ids, work, (done) => void message.open({ key: outcomeKey, type: 'loading', duration: 0, content: t('doing', { done, total: ids.length }) })),
      (count) => t('done', { count }),
    );
  /** Of those that were refused the selection stays, so that one sees which they are. */
  const move = (work: Work): void => void each(work).then((all) => all && onMoved(orderIds));
  const setFlag = (flag: OrderSummary['flag']): void => void each((part) => client.orders.setFlag({ ids: part, flag }));
  const release = (): void => move((part) => client.orders.release({ ids: part }));
  const restore = (): void => move((part) => client.orders.restore({ ids: part }));
  const settle = (): void => move((part) => client.orders.settleAlarm({ ids: part }));

  const free = keys && open === null;
  useKey('F2', () => setOpen('merge'), free);
  useKey('F3', () => setOpen('split'), free && ids.length === 1);
  useKey('F6', () => setOpen('memo'), free);
  useKey('F7', () => setOpen('hold'), free);
  useKey('F8', release, free);
  useKey('F9', () => setOpen('cancel'), free);
  useKey('Shift+F8', settle, free);
  useKey('Shift+F9', restore, free && mayRestore);
  useKey(
    'F4',
    () => {
      carrierBox.current?.focus();
      setChoosing(true);
    },
    free,
  );
  useFlagKeys(setFlag, free);

  return (
    <Space wrap size={6}>
      <Button size="small" onClick={() => setOpen('merge')}>
        {t('merge')}
        <Key>F2</Key>
      </Button>
      <Button size="small" disabled={ids.length !== 1} onClick={() => setOpen('split')}>
        {t('split')}
        <Key>F3</Key>
      </Button>
      <Select
        ref={carrierBox}
        size="small"
        showSearch
        optionFilterProp="label"
        open={choosing}
        onOpenChange={setChoosing}
        aria-label={t('carrier')}
        placeholder={t('carrier')}
        suffixIcon={<span style={{ color: 'var(--ink)' }}><Key>F4</Key></span>}
        popupMatchSelectWidth={false}
        style={{ width: 132 }}
        value={null}
        options={[{ value: 'rules', label: t('byRules') }, ...carriers.map(({ code }) => ({ value: code, label: carrierName(code, locale) }))]}
        onChange={(code: string | null) => {
          setChoosing(false);
          if (code === 'rules') setOpen('rules');
          else if (code !== null) void each((part) => client.parcels.setCarrier({ orderIds: part, carrierCode: code }));
        }}
      />
      <Dropdown
        trigger={['click']}
        menu={{
          items: flags.map((flag, index) => ({
            key: flag,
            label: (
              <>
                {flag === 'none' ? t('noFlag') : <Flag flag={flag} />}
                <Key>{`Alt+${index}`}</Key>
              </>
            ),
          })),
          onClick: ({ key }) => setFlag(key as OrderSummary['flag']),
        }}
      >
        <Button size="small">
          {t('flag')}
          <Key>Alt+0…5</Key>
        </Button>
      </Dropdown>
      <Button size="small" onClick={() => setOpen('memo')}>
        {t('memo')}
        <Key>F6</Key>
      </Button>
      <Button size="small" onClick={() => setOpen('hold')}>
        {t('hold')}
        <Key>F7</Key>
      </Button>
      <Button size="small" onClick={release}>
        {t('release')}
        <Key>F8</Key>
      </Button>
      <Button size="small" onClick={() => setOpen('cancel')}>
        {t('cancelOrder')}
        <Key>F9</Key>
      </Button>
      {mayRestore && (
        <Button size="small" onClick={restore}>
          {t('restore')}
          <Key>Shift+F9</Key>
        </Button>
      )}
      <Button size="small" onClick={settle}>
        {t('settle')}
        <Key>Shift+F8</Key>
      </Button>
      {open === 'memo' && <AskText title={t('memoText')} action={t('memo')} maxLength={500} mayBeEmpty onText={(memo) => void each((part) => client.orders.setMemo({ ids: part, memo }))} onClose={close} />}
      {open === 'hold' && <AskText title={t('holdWhy')} action={t('holdCount', { count: ids.length })} maxLength={200} onText={(reason) => move((part) => client.orders.hold({ ids: part, reason }))} onClose={close} />}
      {open === 'cancel' && <AskText title={t('cancelWhy')} action={t('cancelCount', { count: ids.length })} maxLength={200} onText={(reason) => move((part) => client.orders.cancel({ ids: part, reason }))} onClose={close} />}
      {open === 'rules' && <ChooseByRules orderIds={ids} onClose={close} />}
      {open === 'merge' && <MergePanel orderIds={ids} shopIds={shopIds} onClose={close} />}
      {open === 'split' && ids[0] !== undefined && <SplitPanel orderId={ids[0]} onClose={close} />}
    </Space>
  );
}
