import { useQuery } from '@tanstack/react-query';
import { Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import type { Attempt } from '../../../common/contract/attempts.ts';
import { api, client } from '../../client/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { grouped } from '../../ui/format.ts';
import { useLogTexts } from './texts.ts';

/** Prints a number again, with a reason; the lead may want a PIN. */
export function ReprintDialog({ attempt, onClose }: { attempt: Attempt; onClose: () => void }) {
  const t = useLogTexts();
  const failure = useFailure();
  const { data: rights } = useQuery(api.attempts.rights.queryOptions());
  const reasons = [t('reasonDamaged'), t('reasonLost'), t('reasonPoor'), t('reasonOther')];
  const [reason, setReason] = useState(reasons[0] ?? '');
  const [pin, setPin] = useState('');
  const [busy, setBusy] = useState(false);
  async function go(): Promise<void> {
    setBusy(true);
    try {
      await client.printing.reprint({ attemptId: attempt.id, reason, ...(pin !== '' && { pin }) });
      onClose();
    } catch (thrown) {
      failure(thrown);
    } finally {
      setBusy(false);
    }
  }
  return (
    <Modal open onCancel={onClose} title={t('reprintTitle', { number: grouped(attempt.number) })} okText={t('go')} cancelText={t('cancel')} onOk={() => void go()} confirmLoading={busy} okButtonProps={{ disabled: reason.trim() === '' }}>
      <p>{t('reprintHint')}</p>
      <Form layout="vertical">
        <Form.Item label={t('reasonLabel')}>
          <Select value={reason} onChange={setReason} options={reasons.map((value) => ({ value, label: value }))} aria-label={t('reasonLabel')} />
        </Form.Item>
        {rights?.reprint === 'pin' && (
          <Form.Item label={t('pin')}>
            <Input.Password value={pin} onChange={(event) => setPin(event.target.value)} autoComplete="off" />
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}
