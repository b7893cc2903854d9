import { Button, Input, Radio, Space } from 'antd';
import { useEffect, useState } from 'react';
import type { OrderDetail } from '../../../common/contract/orders.ts';
import { flags } from '../../../common/contract/orders.ts';
import { client } from '../../client/index.ts';
import { Key } from '../../ui/Key.tsx';
import { Flag } from './cells.tsx';
import { usePanelTexts } from './panelTexts.ts';
import { useFlagKeys } from './useFlagKeys.ts';
import { useOutcomes } from './useOutcomes.tsx';

/** What buyer and seller wrote, the flag, and the memo of the own people. */
export function OrderNotes({ order, mayEdit, onEdit }: { order: OrderDetail; mayEdit: boolean; onEdit: () => void }) {
  const t = usePanelTexts();
  const outcomes = useOutcomes();
  const [memo, setMemo] = useState<string | null>(null);
  // What somebody else wrote meanwhile is shown, unless one is writing here.
  useEffect(() => setMemo(null), [order.id]);
  const ids = [order.id];
  const changed = memo !== null && memo.trim() !== order.memo;
  function setFlag(flag: OrderDetail['flag']): void {
    onEdit();
    void outcomes(client.orders.setFlag({ ids, flag }), () => t('flagged'));
  }
  useFlagKeys(setFlag, mayEdit);
  async function save(): Promise<void> {
    if (changed && (await outcomes(client.orders.setMemo({ ids, memo: memo.trim() }), () => t('memoSaved')))) setMemo(null);
  }

  return (
    <section className="order-section">
      <h3>{t('notes')}</h3>
      <dl>
        <dt>{t('buyerNote')}</dt>
        <dd>{order.buyerNote || t('none')}</dd>
        <dt>{t('sellerNote')}</dt>
        <dd>{order.sellerNote || t('none')}</dd>
        <dt>{t('flag')}</dt>
        <dd>
          <Radio.Group
            size="small"
            disabled={!mayEdit}
            value={order.flag}
            onChange={(event) => setFlag(event.target.value as OrderDetail['flag'])}
          >
            {flags.map((flag, index) => (
              <Radio.Button key={flag} value={flag}>
                {flag === 'none' ? t('none') : <Flag flag={flag} />}
                <Key>{`Alt+${index}`}</Key>
              </Radio.Button>
            ))}
          </Radio.Group>
        </dd>
        <dt>{t('memo')}</dt>
        <dd>
          <Space.Compact block>
            <Input
              aria-label={t('memo')}
              disabled={!mayEdit}
              maxLength={500}
              value={memo ?? order.memo}
              onFocus={onEdit}
              onChange={(event) => setMemo(event.target.value)}
              onPressEnter={() => void save()}
            />
            <Button
              disabled={!mayEdit || !changed}
              onClick={() => void save()}
            >
              {t('saveMemo')}
              <Key>Enter</Key>
            </Button>
          </Space.Compact>
        </dd>
      </dl>
    </section>
  );
}
