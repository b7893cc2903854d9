import { Alert, Table } from 'antd';
import type { FileReport, ImportReport } from '../../../common/contract/import.ts';
import { flagReason, noticeTexts, rejectReason } from '../../../common/domain/orders/texts.ts';
import type { NoticeCode } from '../../../common/domain/orders/types.ts';
import { useLocale } from '../../i18n/index.ts';
import { listed } from '../../ui/format.ts';
import { useImportTexts } from './texts.ts';

const shown = 6;

interface Entry {
  readonly order: string;
  readonly row: number;
  readonly reason: string;
}

/** What is wrong with receivers, by what has to be done about it; the gravest first. */
const kinds = [
  ['encrypted', /^receiver-encrypted$/],
  ['lost', /digits-lost$/],
  ['masked', /-masked$/],
  ['missing', /-missing$/],
] as const;

/**
 * Orders that came in but cannot be printed as they are, by what has to be done; encrypted receivers apart, because nobody can mend those
 * here.
 */
export function Flagged({ files }: { files: readonly FileReport[] }) {
  const t = useImportTexts();
  const locale = useLocale();
  const flagged = files.flatMap((file) => file.flagged);
  const kindOf = (codes: readonly string[]): string | undefined => kinds.find(([, pattern]) => codes.some((code) => pattern.test(code)))?.[0];
  return kinds.map(([kind]) => {
    const entries = flagged.filter(({ codes }) => kindOf(codes) === kind).map(({ order, row, codes }): Entry => ({ order, row, reason: flagReason(codes, locale) }));
    if (entries.length === 0) return null;
    return (
      <Alert
        key={kind}
        className="flagged"
        type="warning"
        title={t(`${kind}Title`, { count: entries.length })}
        description={
          <>
            <div style={{ whiteSpace: 'pre-line' }}>{t(`${kind}Hint`)}</div>
            <div className="muted number-list">
              {entries.slice(0, shown).map(({ order, row, reason }) => (
                <span key={`${order} ${row}`} title={reason}>
                  {order}
                  {kind !== 'encrypted' && ` ${reason}`}
                </span>
              ))}
              {entries.length > shown && <span>{t('more', { count: entries.length - shown })}</span>}
            </div>
          </>
        }
      />
    );
  });
}

/** Said by the way, counted by kind. */
export function Notices({ files }: { files: readonly FileReport[] }) {
  const t = useImportTexts();
  const locale = useLocale();
  const counts = new Map<NoticeCode, string[]>();
  for (const { code, order } of files.flatMap(({ notices }) => notices)) if (code !== 'more-sheets' && code !== 'items-without-orders' && code !== 'two-shops') counts.set(code as NoticeCode, [...(counts.get(code as NoticeCode) ?? []), order ?? '']);
  if (counts.size === 0) return null;
  return (
    <details>
      <summary>{t('noticesTitle')} · {[...counts.values()].reduce((sum, orders) => sum + orders.length, 0)}</summary>
      <ul style={{ margin: '4px 0', paddingInlineStart: 18 }}>
        {[...counts].map(([code, orders]) => (
          <li key={code}>
            {noticeTexts[code][locale]} · {orders.length} <span className="muted">{listed(orders.filter((order) => order !== '').slice(0, 3), locale)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Each row that did not go in: where it stands and why. */
export function Rejected({ rows }: { rows: ImportReport['rejected'] }) {
  const t = useImportTexts();
  const locale = useLocale();
  return (
    <Table
      size="small"
      rowKey={(row) => `${row.file}-${row.row}-${row.line}-${row.code}`}
      dataSource={rows}
      pagination={{ pageSize: 8, hideOnSinglePage: true, showSizeChanger: false }}
      columns={[
        { title: t('file'), dataIndex: 'file', ellipsis: true, width: 220 },
        { title: t('row'), dataIndex: 'row', align: 'right', width: 80 },
        { title: t('line'), dataIndex: 'line', align: 'right', width: 80 },
        { title: t('column'), dataIndex: 'column', width: 120 },
        { title: t('reason'), render: (_, { code, reason }) => rejectReason(code, locale, reason) },
      ]}
    />
  );
}
