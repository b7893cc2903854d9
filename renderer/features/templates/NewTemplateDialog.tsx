/** A new template from nothing, or a copy. */
import { Form, Input, InputNumber, Modal, Select, Space } from 'antd';
import { useState } from 'react';
import type { Template } from '../../../common/contract/templates.ts';
import { client } from '../../client/index.ts';
import { mediaPresets } from '../../editor/core/media.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { useTemplateTexts } from './texts.ts';

const purposes = ['waybill', 'return', 'item', 'pick', 'packing', 'handover', 'other'] as const;

export function NewTemplateDialog({ copyOf, onClose, onMade }: { copyOf: Template | undefined; onClose: () => void; onMade: (template: Template) => void }) {
  const t = useTemplateTexts();
  const failure = useFailure();
  const [name, setName] = useState(copyOf === undefined ? '' : t('copyName', { name: copyOf.name }));
  const [purpose, setPurpose] = useState<(typeof purposes)[number]>('waybill');
  const [preset, setPreset] = useState('76×130');
  const [own, setOwn] = useState({ width: 100, height: 100 });
  const [busy, setBusy] = useState(false);
  const paper = mediaPresets.find((one) => one.id === preset);
  async function make(): Promise<void> {
    setBusy(true);
    try {
      const media = paper === undefined ? { width: own.width * 1_000, height: own.height * 1_000, cutLines: [], continuous: false } : { width: paper.width, height: paper.height, cutLines: [...paper.cutLines], continuous: paper.continuous };
      onMade(await client.templates.create(copyOf === undefined ? { name, purpose, media } : { name, copyOf: copyOf.id }));
    } catch (thrown) {
      failure(thrown);
      setBusy(false);
    }
  }
  return (
    <Modal open title={copyOf === undefined ? t('new') : t('copy')} okText={t('create')} cancelText={t('close')} okButtonProps={{ disabled: name.trim() === '', loading: busy }} onCancel={onClose} onOk={() => void make()}>
      <Form layout="vertical">
        <Form.Item label={t('name')}><Input aria-label={t('name')} autoFocus maxLength={80} value={name} placeholder={t('nameNeeded')} onChange={(event) => setName(event.target.value)} onPressEnter={() => name.trim() !== '' && void make()} /></Form.Item>
        {copyOf === undefined && (
          <>
            <Form.Item label={t('purpose')}><Select aria-label={t('purpose')} value={purpose} options={purposes.map((value) => ({ value, label: t(value) }))} onChange={setPurpose} /></Form.Item>
            <Form.Item label={t('media')}><Select aria-label={t('media')} value={preset} options={[...mediaPresets.map((one) => ({ value: one.id, label: `${one.id} mm` })), { value: 'own', label: t('own') }]} onChange={setPreset} /></Form.Item>
            {paper === undefined && (
              <Space>
                <InputNumber aria-label={t('width')} addonBefore={t('width')} min={10} max={400} value={own.width} onChange={(width) => width !== null && setOwn({ ...own, width })} />
                <InputNumber aria-label={t('height')} addonBefore={t('height')} min={5} max={2000} value={own.height} onChange={(height) => height !== null && setOwn({ ...own, height })} />
              </Space>
            )}
          </>
        )}
      </Form>
    </Modal>
  );
}
