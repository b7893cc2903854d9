import { useMutation, useQuery } from '@tanstack/react-query';
import { App, Button, Card, Form, Input, Select } from 'antd';
import { api } from '../../client/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { useSettingsTexts } from './texts.ts';

interface Values {
  readonly reprint: 'allowed' | 'reason' | 'pin';
  readonly pin?: string;
}

/** Who may print a number again: anybody, with a reason, or with the lead's PIN. */
export function ReprintCard() {
  const t = useSettingsTexts();
  const failure = useFailure();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const chosen = Form.useWatch('reprint', form);
  const { data: rights } = useQuery(api.attempts.rights.queryOptions());
  const save = useMutation(
    api.attempts.setRights.mutationOptions({
      onSuccess: () => {
        form.resetFields(['pin']);
        void message.success(t('saved'));
      },
      onError: failure,
    }),
  );
  if (rights === undefined) return null;
  return (
    <Card size="small" title={t('reprint')}>
      <Form form={form} layout="inline" initialValues={{ reprint: rights.reprint }} onFinish={({ reprint, pin }) => save.mutate({ reprint, ...(pin !== undefined && pin !== '' && { pin }) })}>
        <Form.Item name="reprint" label={t('reprintWho')}>
          <Select style={{ width: 220 }} options={(['allowed', 'reason', 'pin'] as const).map((value) => ({ value, label: t(`reprint_${value}`) }))} />
        </Form.Item>
        {chosen === 'pin' && (
          <Form.Item name="pin" label={t('pin')} extra={t(rights.pinSet ? 'pinKept' : 'pinNeeded')} rules={[{ pattern: /^\d{4,12}$/, message: t('pinForm') }, { required: !rights.pinSet, message: t('pinForm') }]}>
            <Input.Password autoComplete="new-password" inputMode="numeric" style={{ width: 160 }} />
          </Form.Item>
        )}
        <Button htmlType="submit" loading={save.isPending}>
          {t('save')}
        </Button>
      </Form>
    </Card>
  );
}
