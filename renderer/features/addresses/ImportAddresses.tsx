import { client } from '../../client/index.ts';
import { TableImport } from '../../ui/TableImport.tsx';
import { useAddressesTexts } from './texts.ts';

/** A table of sender addresses; every level is checked, rows that cannot be used say why. */
export function ImportAddresses({ onClose }: { onClose: () => void }) {
  const t = useAddressesTexts();
  async function work(text: string, dryRun: boolean) {
    const report = await client.addresses.import({ text, dryRun });
    return {
      sum: t('importReport', { rows: report.rows, added: report.added, changed: report.changed, same: report.same, rejected: report.rejected.length }),
      rejected: report.rejected.map(({ row, findings }) => ({ row, text: findings.map((one) => `${t(one.field)}${one.text === '' ? '' : t('quoted', { text: one.text })} ${t(`problem_${one.problem}`)}`).join(t('between')) })),
    };
  }
  return <TableImport title={t('importTitle')} hint={t('importHint')} work={work} onClose={onClose} />;
}
