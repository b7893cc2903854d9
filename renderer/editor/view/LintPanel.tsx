/** What the check finds, live; clicking shows the place. */
import { select } from '../core/commands.ts';
import { useSession } from './session.ts';
import { useDesignerTexts } from './texts.ts';
import { lintText } from './lint-texts.ts';
import { useLocale } from '../../i18n/index.ts';

export function LintPanel() {
  const t = useDesignerTexts();
  const locale = useLocale();
  const { editor, findings, point } = useSession();
  const name = (sample: string): string => (sample === 'typical' || sample === 'longest' || sample === 'rare' ? t(sample) : sample);
  return (
    <section aria-label={t('lint')}>
      <div className="section-title">{t('lint')} <small className="muted">{t('lintAll')}</small></div>
      {findings.length === 0 && <span className="muted">✓ {t('clean')}</span>}
      <div className="lint-list">
        {findings.map((finding) => (
          <button
            key={`${finding.code}|${finding.element}|${finding.message}`}
            type="button"
            data-severity={finding.severity}
            title={t('lintCure', { sample: name(finding.sample), dpi: finding.dpi })}
            onClick={() => finding.element !== '' && editor.run(select([finding.element]))}
            onMouseEnter={() => point(finding.element)}
            onMouseLeave={() => point(undefined)}
          >
            <strong>{finding.element}</strong> {lintText(finding, locale)} <small className="muted">{finding.sample === '' ? '' : `${name(finding.sample)} · ${finding.dpi} dpi`}</small>
          </button>
        ))}
      </div>
    </section>
  );
}
