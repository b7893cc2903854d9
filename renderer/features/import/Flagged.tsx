import type { FileReport } from '../../../common/contract/import.ts';
import { useImportTexts } from './texts.ts';

const shown = 12;

/** Orders that came in but cannot be printed as they are, each with its reason; and notices worth a look. */
export function Flagged({ files }: { files: readonly FileReport[] }) {
  const t = useImportTexts();
  const entries = files.flatMap((file) => [
    ...file.flagged.map((flag) => ({ key: `${file.file}-${flag.row}`, text: `${flag.order}: ${flag.reason}`, encrypted: flag.codes.includes('receiver-encrypted') })),
    ...file.notices.map((notice, index) => ({ key: `${file.file}-n${index}`, text: notice.order === null ? notice.text : `${notice.order}: ${notice.text}`, encrypted: false })),
  ]);
  return (
    <>
      {entries.some((entry) => entry.encrypted) && <p>{t('encryptedHint')}</p>}
      <ul style={{ margin: 0, paddingInlineStart: 18, maxHeight: 160, overflow: 'auto' }}>
        {entries.slice(0, shown).map((entry) => (
          <li key={entry.key}>{entry.text}</li>
        ))}
      </ul>
      {entries.length > shown && <span className="muted">{t('more', { count: entries.length - shown })}</span>}
    </>
  );
}
