import { Button } from 'antd';
import { client } from '../../client/index.ts';
import { currentLocale } from '../../i18n/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { downloadText } from '../../ui/downloadText.ts';
import { useImportTexts } from './texts.ts';

/** Downloads just the rows an import left out, with their header and reasons. */
export function MendButton({ batchId, count }: { batchId: string; count: number }) {
  const t = useImportTexts();
  const failure = useFailure();
  async function download(): Promise<void> {
    try {
      const { name, csv } = await client.orders.rejectedFile({ batchId, language: currentLocale() });
      downloadText(name, csv);
    } catch (thrown) {
      failure(thrown);
    }
  }
  return <Button onClick={() => void download()}>{t('mend', { count })}</Button>;
}
