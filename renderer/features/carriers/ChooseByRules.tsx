import { useQuery } from '@tanstack/react-query';
import { App, Modal, Spin } from 'antd';
import { api, client } from '../../client/index.ts';
import { Failure, useFailure } from '../../ui/Failure.tsx';
import { Trial } from './Trial.tsx';
import { useCarrierTexts } from './texts.ts';

/** What the rules would do to these orders, before it is written on them. An order with a number keeps its carrier. */
export function ChooseByRules({ orderIds, onClose }: { orderIds: readonly string[]; onClose: () => void }) {
  const t = useCarrierTexts();
  const failure = useFailure();
  const { message } = App.useApp();
  const { data: trial, error } = useQuery(api.parcels.rules.whatIf.queryOptions({ input: { orderIds: [...orderIds] } }));
  async function apply(): Promise<void> {
    try {
      await client.parcels.rules.apply({ orderIds: [...orderIds] });
      void message.success(t('applied', { count: orderIds.length }));
      onClose();
    } catch (thrown) {
      failure(thrown);
    }
  }
  return (
    <Modal open width={920} title={t('applyTitle')} okText={t('apply', { count: orderIds.length })} cancelText={t('cancel')} okButtonProps={{ disabled: trial === undefined }} onOk={() => void apply()} onCancel={onClose}>
      {error !== null && <Failure error={error} />}
      {trial === undefined ? error === null && <Spin /> : <Trial trial={trial} firm={(one) => one.fixed === 'number'} />}
    </Modal>
  );
}
