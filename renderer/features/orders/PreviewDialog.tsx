import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Modal, Segmented, Space, Spin } from 'antd';
import { useState } from 'react';
import { api } from '../../client/index.ts';
import { Failure } from '../../ui/Failure.tsx';
import { useKey } from '../../ui/Key.tsx';
import { LabelPaper } from '../../ui/LabelPaper.tsx';
import { usePrintTexts } from './printTexts.ts';

export interface PreviewChoice {
  readonly orderIds: string[];
  readonly templateId: string;
  readonly printerId: string;
}

/** Pages through the real dots of the labels, with what the lint says of each. */
export function PreviewDialog({ choice, onClose }: { choice: PreviewChoice; onClose: () => void }) {
  const t = usePrintTexts();
  const [index, setIndex] = useState(0);
  const [zoom, setZoom] = useState(1);
  const { data, error } = useQuery(api.printing.preview.queryOptions({ input: { ...choice, index }, placeholderData: (previous) => previous }));
  const total = data?.total ?? 1;
  const step = (by: number): void => setIndex((current) => Math.min(total - 1, Math.max(0, current + by)));
  useKey('ArrowLeft', () => step(-1));
  useKey('ArrowRight', () => step(1));
  return (
    <Modal open onCancel={onClose} footer={null} width={760} title={t('previewTitle', { index: index + 1, total })}>
      <Space style={{ marginBottom: 12 }}>
        <Button onClick={() => step(-1)} disabled={index === 0}>
          ← {t('previous')}
        </Button>
        <Button onClick={() => step(1)} disabled={index >= total - 1}>
          {t('next')} →
        </Button>
        <Segmented
          value={zoom}
          onChange={setZoom}
          options={[
            { value: 1, label: t('actual') },
            { value: 2, label: t('zoom') },
          ]}
        />
        <span className="muted">{t('standIn')}</span>
      </Space>
      {error !== null && <Failure error={error} />}
      {data === undefined && error === null && <Spin />}
      {data !== undefined && (
        <div style={{ display: 'grid', gap: 12, maxHeight: '65vh', overflow: 'auto', padding: 12, background: 'var(--paper)' }}>
          <LabelPaper png={data.png} widthDots={data.widthDots} heightDots={data.heightDots} zoom={zoom} alt={t('previewTitle', { index: index + 1, total })} />
          {data.lint.length === 0 && <span className="muted">✓ {t('clean')}</span>}
          {data.lint.map((finding) => (
            <Alert key={`${finding.code}-${finding.element}-${finding.message}`} type={finding.severity === 'error' ? 'error' : finding.severity} message={`${finding.element} ${finding.message}`} />
          ))}
        </div>
      )}
    </Modal>
  );
}
