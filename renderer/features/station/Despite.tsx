import { useQuery } from '@tanstack/react-query';
import { Button, Input, Modal, Space } from 'antd';
import { useState } from 'react';
import type { Reply } from '../../../common/contract/stations.ts';
import { api, client } from '../../client/index.ts';
import { Key, useKey } from '../../ui/Key.tsx';
import { useStationTexts } from './texts.ts';

const reasons = ['reason_1', 'reason_2', 'reason_3', 'reason_4'] as const;

/** Packing in spite of an alarm: a reason by one key, the lead's PIN where the business asks for it. */
export function Despite({ number, onDone, onClose }: { number: string; onDone: (work: () => Promise<Reply>) => void; onClose: () => void }) {
  const t = useStationTexts();
  const { data: rights } = useQuery(api.attempts.rights.queryOptions());
  const [reason, setReason] = useState('');
  const [pin, setPin] = useState('');
  const needsPin = rights?.reprint === 'pin';
  function go(why: string): void {
    if (why.trim() === '' || (needsPin && pin === '')) return setReason(why);
    onDone(() => client.stations.packDespite({ number, reason: why.trim(), ...(needsPin && { pin }) }));
    onClose();
  }
  useKey('F1', () => go(t(reasons[0])));
  useKey('F2', () => go(t(reasons[1])));
  useKey('F3', () => go(t(reasons[2])));
  useKey('F4', () => go(t(reasons[3])));
  return (
    <Modal open title={t('why')} width={640} onCancel={onClose} okText={t('ok')} cancelText={t('back')} onOk={() => go(reason)} okButtonProps={{ disabled: reason.trim() === '' || (needsPin && pin === '') }}>
      <Space direction="vertical" style={{ width: '100%' }} size="middle">
        {needsPin && <Input.Password size="large" aria-label={t('pin')} placeholder={t('pin')} value={pin} onChange={(event) => setPin(event.target.value)} autoFocus />}
        {reasons.map((one, index) => (
          <Button key={one} size="large" block style={{ fontSize: 20, height: 48, textAlign: 'left' }} onClick={() => go(t(one))}>
            {t(one)} <Key>{`F${index + 1}`}</Key>
          </Button>
        ))}
        <Input size="large" aria-label={t('otherReason')} placeholder={t('otherReason')} value={reason} onChange={(event) => setReason(event.target.value)} onPressEnter={() => go(reason)} />
      </Space>
    </Modal>
  );
}
