import { useQuery } from '@tanstack/react-query';
import { Input, Select, Space } from 'antd';
import type { ImportLook } from '../../../common/contract/import.ts';
import { platforms } from '../../../common/contract/shops.ts';
import { api } from '../../client/index.ts';
import { useFilterTexts } from '../orders/filterTexts.ts';
import { useImportTexts } from './texts.ts';
import type { ImportFlow, ShopChoice as Choice } from './useImport.ts';

const newShop = '';

/** The shop proposed, with the reason; another one, or a new one with the platform and the name the file gives. */
export function ShopChoice({ proposal, choice, flow }: { proposal: ImportLook['shop']; choice: Choice; flow: ImportFlow }) {
  const t = useImportTexts();
  const words = useFilterTexts();
  const { data: shops } = useQuery(api.shops.list.queryOptions({ input: {} }));
  const fits = (platform: string): boolean => proposal.platform === 'offline' || platform === proposal.platform || platform === 'offline';
  const options = [
    ...(shops ?? [])
      .toSorted((left, right) => Number(fits(right.platform)) - Number(fits(left.platform)))
      .map((shop) => ({ value: shop.id, label: `${shop.name} · ${words(shop.platform)}${fits(shop.platform) ? '' : ` · ${t('otherPlatform')}`}`, disabled: !fits(shop.platform) })),
    { value: newShop, label: t('newShop') },
  ];
  function choose(value: string): void {
    const shop = shops?.find(({ id }) => id === value);
    flow.chooseShop(shop ? { id: shop.id, name: shop.name, platform: shop.platform } : { id: null, name: proposal.newName, platform: proposal.platform });
  }
  return (
    <Space wrap>
      <label htmlFor="import-shop">{t('shop')}</label>
      <Select id="import-shop" aria-label={t('shop')} style={{ width: 240 }} value={choice.id ?? newShop} onChange={choose} options={options} />
      {choice.id === null && (
        <>
          <Input aria-label={t('newShopName')} style={{ width: 200 }} maxLength={60} value={choice.name} placeholder={t('newShopName')} {...(choice.name.trim() === '' && { status: 'warning' as const })} onChange={(event) => flow.rename({ name: event.target.value })} />
          <Select aria-label={t('newShopPlatform')} style={{ width: 110 }} value={choice.platform} disabled={proposal.platform !== 'offline'} onChange={(platform) => flow.rename({ platform })} options={platforms.map((value) => ({ value, label: words(value) }))} />
        </>
      )}
      <span className="muted">{t(`why_${proposal.reason ?? 'none'}`)}</span>
    </Space>
  );
}
