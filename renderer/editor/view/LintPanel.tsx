/** What the check finds, live; clicking shows the place, with the data it was found with. */
import { memo } from 'react';
import type { ProofFinding } from '../../../common/domain/templates/proof.ts';
import { useLocale } from '../../i18n/index.ts';
import { select } from '../core/commands.ts';
import { findPlaced } from '../core/tree.ts';
import { findingText } from './lint-texts.ts';
import { dataSetOf, useSession, useSettledState, useValue } from './session.ts';
import { useDesignerTexts } from './texts.ts';

const signs = { error: '✕', warning: '▲', info: '○' } as const;

export const LintPanel = memo(function LintPanel() {
  const t = useDesignerTexts();
  const locale = useLocale();
  const session = useSession();
  const { editor, dataSets, pointed, set } = session;
  const found = useValue(session.findings);
  const { document: label } = useSettledState();
  // The check follows a moment later: what it says of an element that is gone is of yesterday.
  const findings = found.filter((one) => one.element === '' || findPlaced(label, one.element) !== undefined);
  const real = dataSets.filter((one) => one.real).length;
  function show(finding: ProofFinding): void {
    if (finding.element !== '') editor.run(select([finding.element]));
    const seenWith = dataSetOf(finding, dataSets);
    if (seenWith !== undefined) set({ dataId: seenWith.id, dpi: finding.dpi === 300 ? 300 : 203 });
  }
  return (
    <section className="designer-lint" aria-label={t('lint')}>
      <div className="section-title">{t('lint')} <small className="muted">{real === 0 ? t('lintAll') : t('lintAllReal', { count: real })}</small></div>
      {findings.length === 0 && <span className="muted">✓ {t('clean')}</span>}
      <div className="lint-list">
        {findings.map((finding) => {
          const { subject, problem, remedy } = findingText(finding, label, locale, t);
          const seenWith = dataSetOf(finding, dataSets)?.name ?? finding.order;
          return (
            <button key={`${finding.code}|${finding.element}|${finding.message}`} type="button" data-severity={finding.severity} title={t('lintShow')} onClick={() => show(finding)} onMouseEnter={() => pointed.set(finding.element)} onMouseLeave={() => pointed.set(undefined)}>
              <span aria-hidden>{signs[finding.severity]}</span> {subject !== '' && <strong>{subject}</strong>} {problem}
              {finding.severity !== 'info' && remedy !== '' && <div>{remedy}</div>}
              {seenWith !== '' && <small className="muted found-with">{seenWith} · {finding.dpi} dpi</small>}
            </button>
          );
        })}
      </div>
    </section>
  );
});
