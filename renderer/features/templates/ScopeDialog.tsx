/** What a template is for. Nothing chosen means any. */
import { useQuery } from '@tanstack/react-query';
import { App, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { platforms } from '../../../common/contract/shops.ts';
import type { Template } from '../../../common/contract/templates.ts';
import { platformName } from '../../../common/domain/platforms.ts';
import { carriers } from '../../../common/domain/waybills/carriers.ts';
import { api, client } from '../../client/index.ts';
import { useLocale } from '../../i18n/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { productOptions } from '../../ui/products.ts';
import { useTemplateTexts } from './texts.ts';

export function ScopeDialog({ template, onClose }: { template: Template; onClose: () => void }) {
  const t = useTemplateTexts();
  const locale = useLocale();
  const failure = useFailure();
  const { message } = App.useApp();
  const [name, setName] = useState(template.name);
  const [scope, setScope] = useState(template.scope);
  const { data: shops } = useQuery(api.shops.list.queryOptions({ input: {} }));
  async function save(): Promise<void> {
    try {
      await client.templates.update({ id: template.id, name, scope });
      void message.success(t('saved'));
      onClose();
    } catch (thrown) {
      failure(thrown);
    }
  }
  return (
    <Modal open title={t('scope')} okText={t('save')} cancelText={t('close')} onCancel={onClose} onOk={() => void save()} okButtonProps={{ disabled: name.trim() === '' }}>
      <Form layout="vertical">
        <Form.Item label={t('name')}><Input aria-label={t('name')} maxLength={80} value={name} onChange={(event) => setName(event.target.value)} /></Form.Item>
        <Form.Item label={t('platforms')}><Select mode="multiple" aria-label={t('platforms')} value={scope.platforms} options={platforms.map((value) => ({ value, label: platformName(value, locale) }))} onChange={(chosen) => setScope({ ...scope, platforms: chosen })} /></Form.Item>
        <Form.Item label={t('shops')}><Select mode="multiple" aria-label={t('shops')} value={scope.shops} options={shops?.map((shop) => ({ value: shop.id, label: shop.name })) ?? []} onChange={(chosen) => setScope({ ...scope, shops: chosen })} /></Form.Item>
        <Form.Item label={t('carriers')}><Select mode="multiple" aria-label={t('carriers')} value={scope.carriers} options={carriers.map((carrier) => ({ value: carrier.code, label: locale === 'en' ? carrier.nameEn : carrier.name }))} onChange={(chosen) => setScope({ ...scope, carriers: chosen })} /></Form.Item>
        <Form.Item label={t('products')} extra={t('anyHint')}><Select mode="tags" aria-label={t('products')} value={scope.products} options={productOptions(scope.carriers)} onChange={(chosen) => setScope({ ...scope, products: chosen })} /></Form.Item>
      </Form>
    </Modal>
  );
}
