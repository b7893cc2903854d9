import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Modal, Space, Typography } from 'antd';
import { useLocation } from 'wouter';
import { api } from '../../client/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { useWelcomeTexts } from './texts.ts';

/** The first start offers samples once; declining leaves nothing behind. */
export function Welcome() {
  const t = useWelcomeTexts();
  const failure = useFailure();
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  const { data: status } = useQuery(api.system.status.queryOptions());
  const done = (): void => {
    void queries.invalidateQueries();
    navigate('/orders');
  };
  const accept = useMutation(api.system.acceptSamples.mutationOptions({ onSuccess: done, onError: failure }));
  const decline = useMutation(api.system.declineSamples.mutationOptions({ onSuccess: done, onError: failure }));
  return (
    <Modal open={status?.fresh === true} closable={false} footer={null} width={560} title={t('title')}>
      <Typography.Paragraph>{t('intro')}</Typography.Paragraph>
      <Typography.Paragraph type="secondary">{t('after')}</Typography.Paragraph>
      <Space>
        <Button type="primary" size="large" loading={accept.isPending} onClick={() => accept.mutate(undefined)}>
          {accept.isPending ? t('loading') : t('accept')}
        </Button>
        <Button size="large" disabled={accept.isPending} onClick={() => decline.mutate(undefined)}>
          {t('decline')}
        </Button>
      </Space>
    </Modal>
  );
}
