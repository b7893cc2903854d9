import { Alert, Button, Space } from 'antd';
import type { ImportLook } from '../../../common/contract/import.ts';
import type { AppError } from '../../../common/errors.ts';
import { errorText } from '../../../common/error-texts.ts';
import { useLocale } from '../../i18n/index.ts';
import { listed } from '../../ui/format.ts';
import { useFilterTexts } from '../orders/filterTexts.ts';
import { byPlatform, byShop } from './parts.ts';
import { useImportTexts } from './texts.ts';
import type { ImportFlow } from './useImport.ts';

/** Why these files cannot go into one shop as they are, with the ways out as buttons. */
export function Problem({ look, flow, onAdd }: { look: ImportLook; flow: ImportFlow; onAdd: () => void }) {
  const t = useImportTexts();
  const words = useFilterTexts();
  const locale = useLocale();
  const problem = look.problem as AppError | null;
  if (problem === null) return null;
  if (problem.code === 'SHOPS_MIXED') {
    const parts = byShop(look.files);
    return (
      <Alert
        type="warning"
        title={t('mixedTitle', { count: problem.data.shops.length, names: listed(problem.data.shops.slice(0, 6), locale) })}
        description={
          <Space direction="vertical">
            {t('mixedHint')}
            <Space>
              <Button type="primary" onClick={() => flow.putApart(parts)}>
                {t('oneByOne')}
              </Button>
              <Button onClick={flow.takeAll}>{t('allOne')}</Button>
            </Space>
          </Space>
        }
      />
    );
  }
  if (problem.code === 'PLATFORM_DIFFERS') {
    const parts = byPlatform(look.files).map((part) => ({ ...part, name: words(part.name as 'taobao') }));
    const several = parts.length > 1;
    const { shop, expected, found } = problem.data;
    return (
      <Alert
        type="warning"
        title={several ? t('platformsTitle', { names: listed(parts.map(({ name }) => name), locale) }) : t('wrongShopTitle', { shop, expected: words(expected as 'taobao'), found: words(found as 'taobao') })}
        description={
          <Space direction="vertical">
            {t(several ? 'platformsHint' : 'wrongShopHint')}
            {several && (
              <Button type="primary" onClick={() => flow.putApart(parts)}>
                {t('oneByOne')}
              </Button>
            )}
          </Space>
        }
      />
    );
  }
  if (problem.code === 'ITEMS_WITHOUT_ORDERS') {
    return (
      <Alert
        type="warning"
        title={t('itemsTitle')}
        description={
          <Space direction="vertical">
            {t('itemsHint', { count: problem.data.orders })}
            <Button type="primary" onClick={onAdd}>
              {t('addFiles')}
            </Button>
          </Space>
        }
      />
    );
  }
  return <Alert type="error" title={errorText(problem, locale)} description={<small>{problem.code}</small>} />;
}
