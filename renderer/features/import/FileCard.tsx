import { Button, Space, Tag } from 'antd';
import type { FileReport, ImportLook } from '../../../common/contract/import.ts';
import type { AppError } from '../../../common/errors.ts';
import { errorText } from '../../../common/error-texts.ts';
import { useLocale } from '../../i18n/index.ts';
import { useFilterTexts } from '../orders/filterTexts.ts';
import { useImportTexts } from './texts.ts';

interface Props {
  readonly looked: ImportLook['files'][number];
  /** What the import would do with it; undefined while it is not known into which shop. */
  readonly sums: { readonly added: number; readonly changed: number; readonly known: number } | undefined;
  readonly onColumns?: (() => void) | undefined;
  readonly onLeaveOut?: (() => void) | undefined;
}

/** One file: what it is, what it holds, or why it cannot be read and what to do then. */
export function FileCard({ looked, sums, onColumns, onLeaveOut }: Props) {
  const t = useImportTexts();
  const words = useFilterTexts();
  const locale = useLocale();
  const { name, report, failure } = looked;
  const unknown = failure?.code === 'TABLE_UNKNOWN';
  return (
    <section className="file-card" data-refused={failure !== null} aria-label={name}>
      <Space wrap size={8} style={{ width: '100%' }}>
        <strong>{name}</strong>
        {report !== null && (
          <>
            <Tag>
              {report.platform === 'other' ? t('other') : words(report.platform)}
              {report.kind === 'items' && ` · ${t('items')}`}
            </Tag>
            <span className="muted">
              {[t('sure', { percent: Math.round(report.confidence * 100) }), report.format, report.encoding, report.sheet === null ? '' : t('sheet', { sheet: report.sheet }), report.preset === undefined ? '' : t('preset', { name: report.preset })].filter((text) => text !== '').join(' · ')}
            </span>
            {report.notices.some(({ code }) => code === 'more-sheets') && <span className="muted">{t('moreSheets')}</span>}
          </>
        )}
        {failure !== null && <Tag color={unknown ? 'gold' : 'red'}>{t('refusedFile')}</Tag>}
        <span style={{ flex: 1 }} />
        {report !== null && onColumns && (
          <Button size="small" type="link" onClick={onColumns}>
            {t('columns')}
          </Button>
        )}
        {onLeaveOut && (
          <Button size="small" type="link" onClick={onLeaveOut}>
            {t('leaveOut')}
          </Button>
        )}
      </Space>
      {report !== null && <Figures report={report} sums={sums} />}
      {report?.joined && <div className="muted">{t('joined', { matched: report.joined.matched, unmatched: report.joined.unmatched.length, without: report.joined.withoutItems.length })}</div>}
      {failure !== null && (
        <div style={{ marginTop: 4 }}>
          {errorText(failure as AppError, locale)} <small className="muted">{failure.code}</small>
          {unknown && onColumns && (
            <div style={{ marginTop: 8 }}>
              <Button type="primary" onClick={onColumns}>
                {t('sayColumns')}
              </Button>
            </div>
          )}
        </div>
      )}
    </section>
  );
}

function Figures({ report, sums }: { report: FileReport; sums: Props['sums'] }) {
  const t = useImportTexts();
  const figures = [
    ['rows', report.rows],
    ['orders', report.orders],
    ['lines', report.lines],
    ...(report.kind === 'orders' ? ([['recipients', report.recipients], ['toShip', report.toShip]] as const) : []),
    ...(sums ? ([['added', sums.added], ['known', sums.known], ['changed', sums.changed]] as const) : []),
    ['rejected', report.rejected.length],
    ['flagged', report.flagged.length],
  ] as const;
  return (
    <dl className="figures">
      {figures.map(([key, value]) => (
        <div key={key} data-figure={key} data-loud={value > 0 && (key === 'rejected' || key === 'flagged')} data-zero={value === 0}>
          <dt>{t(key)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
