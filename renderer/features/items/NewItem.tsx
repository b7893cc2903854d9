import { Form, Input, Modal, Select } from 'antd';
import type { Shop } from '../../../common/contract/shops.ts';
import { client } from '../../client/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { takesScan } from '../../ui/takesScan.ts';
import { useItemsTexts } from './texts.ts';

/** An item by hand, for a shop that does not import. */
export function NewItem({ shops, shopId, onClose }: { shops: readonly Shop[]; shopId: string; onClose: () => void }) {
  const t = useItemsTexts();
  const failure = useFailure();
  const [form] = Form.useForm<{ shopId: string; title: string; code: string }>();
  return (
    <Modal open title={t('add')} okText={t('save')} cancelText={t('cancel')} onCancel={onClose} onOk={() => form.submit()}>
      <Form form={form} layout="vertical" initialValues={{ shopId: shopId || shops[0]?.id, title: '', code: '' }} onFinish={(values) => void client.items.create(values).then(onClose, failure)}>
        <Form.Item name="shopId" label={t('shop')} rules={[{ required: true }]}>
          <Select options={shops.map((shop) => ({ value: shop.id, label: shop.name }))} />
        </Form.Item>
        <Form.Item name="title" label={t('newTitle')} rules={[{ required: true, whitespace: true }]}>
          <Input maxLength={300} autoFocus />
        </Form.Item>
        <Form.Item name="code" label={t('newCode')}>
          <Input {...takesScan} maxLength={80} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
