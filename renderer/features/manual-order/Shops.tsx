import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select, Space } from 'antd';
import { useEffect, useState } from 'react';
import { api, client, queryClient } from '../../client/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { useManualTexts } from './texts.ts';

const lastKey = 'packbench.manual-shop';

/** The shop of typed orders: the one of last time, or the only one; the very first is made here. */
export function Shops({ value, onChange }: { value: string | null; onChange: (shopId: string) => void }) {
  const t = useManualTexts();
  const failure = useFailure();
  const { data: shops } = useQuery(api.shops.list.queryOptions({ input: {} }));
  const [name, setName] = useState('');
  useEffect(() => {
    if (value !== null || shops === undefined) return;
    const last = shops.find(({ id }) => id === localStorage.getItem(lastKey));
    const only = last ?? (shops.length === 1 ? shops[0] : undefined);
    if (only) onChange(only.id);
  }, [shops, value, onChange]);

  function choose(shopId: string): void {
    localStorage.setItem(lastKey, shopId);
    onChange(shopId);
  }
  async function make(): Promise<void> {
    try {
      const { id } = await client.shops.create({ name: name.trim(), platform: 'offline' });
      await queryClient.invalidateQueries({ queryKey: api.shops.key() });
      choose(id);
    } catch (thrown) {
      failure(thrown);
    }
  }
  if (shops?.length === 0) {
    return (
      <Space>
        {t('noShops')}
        <Input aria-label={t('newShopName')} placeholder={t('newShopName')} value={name} maxLength={60} onChange={(event) => setName(event.target.value)} onPressEnter={() => void make()} />
        <Button disabled={name.trim() === ''} onClick={() => void make()}>
          {t('makeShop')}
        </Button>
      </Space>
    );
  }
  return (
    <Space>
      <label htmlFor="manual-shop">{t('shop')}</label>
      <Select id="manual-shop" aria-label={t('shop')} showSearch optionFilterProp="label" style={{ width: 220 }} value={value} placeholder={t('shop')} {...(value === null && { status: 'warning' as const })} onChange={choose} options={(shops ?? []).map((shop) => ({ value: shop.id, label: shop.name }))} />
      {value === null && shops !== undefined && <small className="manual-hint">{t('chooseShop')}</small>}
    </Space>
  );
}
