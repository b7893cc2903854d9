import { formatFen, e4ToFen } from '../../../common/domain/costs/money.ts';
import type { CostReport } from '../../../common/domain/costs/report.ts';
import { useLocale } from '../../i18n/index.ts';
import { integer } from '../../ui/format.ts';
import { useCostsTexts } from './texts.ts';

/** The best split of the parcels, its saving, and how it would have done in the last quarter. */
export function SplitPanel({ report, nameOf }: { report: CostReport; nameOf: (id: string) => string }) {
  const t = useCostsTexts();
  const locale = useLocale();
  const best = [...report.splits].filter((split) => (split.savingPerMonthE4 ?? 0) > 0).sort((a, b) => (b.savingPerMonthE4 ?? 0) - (a.savingPerMonthE4 ?? 0))[0];
  const elsewhere = report.replay.cheaperElsewhere.filter((each) => each.parcels > 0);
  const quarter = best?.lastQuarter;
  const months = report.period.months.length;
  const possible = best && months > 0 ? e4ToFen(Math.round((best.e4 - best.bestPossibleE4) / months)) : 0;
  return (
    <section className="costs-panel wide" data-testid="cost-split">
      <h2>{t('split')}</h2>
      {!best && <p>{t('splitNone')}</p>}
      {best && (
        <>
          <p style={{ fontSize: 16, marginTop: 0 }}>
            {t('splitBest', { count: integer(best.cloudParcels, locale), own: integer(best.ownParcels, locale), name: nameOf(best.quote), saving: formatFen(e4ToFen(best.savingPerMonthE4 ?? 0)) })}
          </p>
          <table className="costs-table" style={{ maxWidth: 620 }}>
            <caption style={{ textAlign: 'left' }} className="muted">{t('splitMoved')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('province')}</th>
                <th scope="col">{t('band')}</th>
                <th scope="col" className="right">{t('count')}</th>
                <th scope="col" className="right">{t('gain')}</th>
              </tr>
            </thead>
            <tbody>
              {best.moved.slice(0, 15).map((part) => (
                <tr key={`${part.province}${part.band}`}>
                  <td>{part.province || t('unknown')}</td>
                  <td>{part.band}</td>
                  <td className="right">{integer(part.parcels, locale)}</td>
                  <td className="right">{formatFen(e4ToFen(part.gainE4))}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {possible > 0 && <p className="muted">{t('possible', { amount: formatFen(possible) })}</p>}
          {quarter && (
            <p>
              {t('quarter', { months: quarter.months.join('、'), own: formatFen(e4ToFen(quarter.ownE4)), split: formatFen(e4ToFen(quarter.splitE4)), saving: formatFen(e4ToFen(quarter.ownE4 - quarter.splitE4)) })}{' '}
              <span className="muted">{quarter.foundOn.join() === quarter.months.join() ? t('quarterIn') : t('quarterOut')}</span>
            </p>
          )}
        </>
      )}
      {elsewhere.map((each) => (
        <p className="muted" key={each.quote} style={{ marginBottom: 0 }}>
          {t('elsewhere', { count: integer(each.parcels, locale), name: nameOf(each.quote), amount: formatFen(e4ToFen(each.savingE4)) })}
        </p>
      ))}
    </section>
  );
}
