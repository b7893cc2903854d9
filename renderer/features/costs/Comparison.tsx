import { Button, Drawer, Segmented, Slider, Spin, Tag, Tooltip } from 'antd';
import { useMemo, useState } from 'react';
import { componentText } from '../../../common/domain/costs/components.ts';
import { cheapestOption, explain } from '../../../common/domain/costs/explain.ts';
import { factorNames, neutral } from '../../../common/domain/costs/factors.ts';
import { optionName } from '../../../common/domain/costs/issues.ts';
import { formatE4, formatFen } from '../../../common/domain/costs/money.ts';
import { sliceNames } from '../../../common/domain/costs/slices.ts';
import type { SliceName } from '../../../common/domain/costs/slices.ts';
import { gapE4 } from '../../../common/domain/costs/sensitivity.ts';
import type { CostReport } from '../../../common/domain/costs/report.ts';
import { useLocale } from '../../i18n/index.ts';
import { integer } from '../../ui/format.ts';
import { Chart, useInks } from './Chart.tsx';
import { barsOption, curveOption, tornadoOption } from './charts.ts';
import { SplitPanel } from './SplitPanel.tsx';
import { useCostsTexts } from './texts.ts';
import type { CostsState } from './useCosts.ts';

/** The answer, the pictures, the lines behind them; every figure opens to its formula and inputs. */
export function Comparison({ costs, onInputs }: { costs: CostsState; onInputs: () => void }) {
  const t = useCostsTexts();
  const locale = useLocale();
  const [opened, setOpened] = useState<{ option: string; component: string } | null>(null);
  const { model, quick, report, factors } = costs;
  const moved = factorNames.some((name) => factors[name] !== neutral[name]);
  const names = useMemo(() => new Map(model?.options.map((option) => [option.id, optionName(model, option.id)[locale]]) ?? []), [model, locale]);
  const nameOf = (id: string): string => names.get(id) ?? id;

  const inks = useInks();
  const bars = useMemo(() => {
    if (!quick || !model) return undefined;
    return barsOption(
      inks,
      quick.results
        .filter((result) => result.parcels > 0)
        .map((result) => ({
          name: nameOf(result.id),
          total: formatFen(result.perTicketFen),
          parts: result.components.map((component) => ({ id: component.id, name: componentText(model.scenario, result.id, component.id).name[locale], e4: component.perTicketE4 })),
        })),
    );
    // nameOf follows names
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [quick, model, names, locale, inks]);
  const curve = useMemo(() => {
    if (!quick || quick.curve.length === 0) return undefined;
    const perDay = Math.round(quick.perDay * 10) / 10;
    return curveOption(inks, quick.curve, quick.breakEven, perDay, nameOf, { now: t('now', { count: perDay }), perDay: t('perDay') });
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [quick, names, locale, inks]);

  if (!model || !quick) return <Spin description={t('calculating')} />;
  const sentences = explain(model, quick.results, quick.breakEven, quick.perDay)[locale];
  const best = cheapestOption(quick.results);
  const open = (option: string, component: string): void => setOpened({ option, component });

  return (
    <div>
      <section className="costs-answer" aria-live="polite" data-testid="cost-answer">
        {report?.scenario.example && (
          <Tooltip title={t('exampleHint')}>
            <Tag color="orange" style={{ float: 'right' }}>
              {t('example')}
            </Tag>
          </Tooltip>
        )}
        {sentences.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </section>
      {report && report.issues.length > 0 && <Issues report={report} />}
      <div className="costs-cards">
        {quick.results.map((result) => (
          <div className="costs-card" key={result.id} data-best={result.id === best}>
            <div>
              {nameOf(result.id)} {result.id === best && <Tag color="orange">{t('cheapest')}</Tag>}
              {!result.complete && <Tag color="error">{t('incomplete')}</Tag>}
            </div>
            {result.parcels === 0 ? (
              <div className="figure">
                — <small>{t('noFigure')}</small>
              </div>
            ) : (
              <>
                <div className="figure">
                  {formatFen(result.perTicketFen)}
                  <small>{t('perTicket')}</small>
                </div>
                <div className="muted">
                  {formatFen(result.perMonthFen)} {t('perMonth')} · {t('parcels', { count: integer(result.parcels, locale) })}
                </div>
              </>
            )}
          </div>
        ))}
      </div>
      <div className="costs-grid">
        <section className="costs-panel">
          <h2>{t('bars')}</h2>
          {bars && <Chart option={bars} height={120 + quick.results.length * 62} label={t('bars')} />}
        </section>
        <section className="costs-panel">
          <h2>{t('curve')}</h2>
          {curve && <Chart option={curve} height={120 + quick.results.length * 62} label={`${t('curve')}. ${sentences.at(-1) ?? ''}`} />}
          <div className="muted" style={{ fontSize: 12 }}>{t('curveHint')}</div>
        </section>
        <section className="costs-panel wide no-print">
          <h2>
            {t('sliders')}{' '}
            <Button size="small" disabled={!moved} onClick={() => costs.setFactors(neutral)}>
              {t('reset')}
            </Button>{' '}
            <span className="muted" style={{ fontWeight: 400, fontSize: 12 }}>{t('recomputed', { count: integer(model.parcels.total, locale), ms: Math.max(1, Math.round(quick.ms)) })}</span>
          </h2>
          <div className="costs-sliders">
            {factorNames.map((name) => (
              <div key={name}>
                <label htmlFor={`slider-${name}`}>
                  <span>{t(name === 'cloud' ? 'cloudPrice' : name)}</span>
                  <strong>{`${factors[name] > 10_000 ? '+' : ''}${(factors[name] - 10_000) / 100} %`}</strong>
                </label>
                <Slider id={`slider-${name}`} min={name === 'volume' ? 1000 : 5000} max={name === 'volume' ? 50_000 : 20_000} step={100} value={factors[name]} tooltip={{ open: false }} ariaLabelForHandle={t(name === 'cloud' ? 'cloudPrice' : name)} onChange={(value) => costs.setFactors({ ...factors, [name]: value })} />
              </div>
            ))}
          </div>
        </section>
        <Lines costs={costs} nameOf={nameOf} onOpen={open} />
        {report ? (
          <>
            <SplitPanel report={report} nameOf={nameOf} />
            <Sensitivity report={report} nameOf={nameOf} />
            <Slices report={report} nameOf={nameOf} />
          </>
        ) : (
          <Spin description={t('calculating')} />
        )}
      </div>
      <Drawer destroyOnHidden open={opened !== null} onClose={() => setOpened(null)} title={opened && componentText(model.scenario, opened.option, opened.component).name[locale]} size={460}>
        {opened && <Figure costs={costs} option={opened.option} component={opened.component} name={nameOf(opened.option)} onInputs={onInputs} />}
      </Drawer>
    </div>
  );
}

function Issues({ report }: { report: CostReport }) {
  const t = useCostsTexts();
  const locale = useLocale();
  const marks = { error: ['✕', '--state-failed'], warning: ['?', '--state-unknown'], info: ['·', '--ink-soft'] } as const;
  return (
    <section className="costs-panel" style={{ marginTop: 12 }} data-testid="cost-issues">
      <h2>{t('issues')}</h2>
      <ul className="costs-issues">
        {report.issues.map((issue) => (
          <li key={`${issue.code}${issue.where}${issue.text.en}`}>
            <span aria-label={issue.severity} style={{ color: `var(${marks[issue.severity][1]})`, fontWeight: 700 }}>
              {marks[issue.severity][0]}
            </span>
            {issue.text[locale]}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** All components side by side. */
function Lines({ costs, nameOf, onOpen }: { costs: CostsState; nameOf: (id: string) => string; onOpen: (option: string, component: string) => void }) {
  const t = useCostsTexts();
  const locale = useLocale();
  const { quick, model } = costs;
  if (!quick || !model) return null;
  const rows = new Map<string, string>();
  for (const result of quick.results) for (const component of result.components) if (!rows.has(component.id)) rows.set(component.id, componentText(model.scenario, result.id, component.id).name[locale]);
  const own = quick.results[0];
  const freight = own?.components.find((component) => component.id === 'freight');
  return (
    <section className="costs-panel wide">
      <h2>{t('table')}</h2>
      <table className="costs-table">
        <thead>
          <tr>
            <th scope="col">{t('component')}</th>
            {quick.results.map((result) => (
              <th key={result.id} scope="col" className="right" colSpan={2}>
                {nameOf(result.id)}
              </th>
            ))}
          </tr>
          <tr>
            <th scope="col" aria-label={t('component')} />
            {quick.results.flatMap((result) => [
              <th key={`${result.id}a`} scope="col" className="right muted">{t('perTicket')}</th>,
              <th key={`${result.id}b`} scope="col" className="right muted">{t('monthTotal')}</th>,
            ])}
          </tr>
        </thead>
        <tbody>
          {[...rows].map(([id, name]) => (
            <tr key={id}>
              <td>{name}</td>
              {quick.results.flatMap((result) => {
                const component = result.components.find((each) => each.id === id);
                return [
                  <td key={`${result.id}a`} className="right">
                    {component && (
                      <button type="button" className="costs-figure" aria-label={`${nameOf(result.id)} ${name} ${formatFen(component.perTicketFen)}: ${t('formula')}`} onClick={() => onOpen(result.id, id)}>
                        {formatFen(component.perTicketFen)}
                      </button>
                    )}
                  </td>,
                  <td key={`${result.id}b`} className="right muted">{component && formatFen(component.fen)}</td>,
                ];
              })}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td>{t('total')}</td>
            {quick.results.flatMap((result) => [
              <td key={`${result.id}a`} className="right">{result.parcels === 0 ? '—' : formatFen(result.perTicketFen)}</td>,
              <td key={`${result.id}b`} className="right">{result.parcels === 0 ? '—' : formatFen(result.fen)}</td>,
            ])}
          </tr>
          <tr>
            <td>
              <Tooltip title={t('courierOnlyHint')}>{t('courierOnly')}</Tooltip>
            </td>
            {quick.results.flatMap((result, index) => [
              <td key={`${result.id}a`} className="right muted">{index === 0 ? formatFen(freight?.perTicketFen ?? 0) : formatFen(result.perTicketFen)}</td>,
              <td key={`${result.id}b`} aria-label={t('courierOnly')} />,
            ])}
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

/** One figure opened: what it is, how it is calculated, where its inputs stand. */
function Figure({ costs, option, component, name, onInputs }: { costs: CostsState; option: string; component: string; name: string; onInputs: () => void }) {
  const t = useCostsTexts();
  const locale = useLocale();
  const { model, quick } = costs;
  const result = quick?.results.find((each) => each.id === option);
  const figure = result?.components.find((each) => each.id === component);
  if (!model || !figure || !result) return null;
  const text = componentText(model.scenario, option, component);
  return (
    <div data-testid="cost-figure">
      <p className="muted">{name}</p>
      <p>
        <strong style={{ fontSize: 22 }}>{formatE4(figure.perTicketE4)}</strong> {t('perTicket')}
        <br />
        {t('monthTotal')}: {formatFen(figure.fen)} ÷ {t('parcels', { count: integer(result.parcels, locale) })}
      </p>
      <h3>{t('formula')}</h3>
      <p>{text.formula[locale]}</p>
      <h3>{t('inputsOf')}</h3>
      <table className="costs-table">
        <tbody>
          {text.inputs.map((input) => (
            <tr key={input.path}>
              <td>
                <code>{input.path}</code>
              </td>
              <td className="right">{input.value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Button style={{ marginTop: 12 }} onClick={onInputs}>
        {t('goInputs')}
      </Button>
    </div>
  );
}

function Sensitivity({ report, nameOf }: { report: CostReport; nameOf: (id: string) => string }) {
  const t = useCostsTexts();
  const locale = useLocale();
  const inks = useInks();
  const now = gapE4(report.options);
  const option = useMemo(() => (now === null ? undefined : tornadoOption(inks, report.sensitivity, now, (factor) => t(factor === 'cloud' ? 'cloudPrice' : factor))), [report, locale, now, t, inks]);
  const { monteCarlo } = report;
  return (
    <>
      <section className="costs-panel">
        <h2>{t('tornado', { percent: ((report.sensitivity[0]?.highBp ?? 12_000) - 10_000) / 100 })}</h2>
        {option ? <Chart option={option} height={290} label={t('tornado', { percent: 20 })} /> : <span className="muted">{t('noQuote')}</span>}
        {report.sensitivity.filter((bar) => bar.flips).map((bar) => (
          <Tag key={bar.factor} color="orange">
            {t(bar.factor === 'cloud' ? 'cloudPrice' : bar.factor)}: {t('flips')}
          </Tag>
        ))}
      </section>
      <section className="costs-panel">
        <h2>{t('monteCarlo')}</h2>
        <p>
          {t('monteCarloHint', {
            runs: integer(monteCarlo.runs, locale),
            seed: monteCarlo.seed,
            parts: Object.entries(monteCarlo.cheapestBp).map(([id, bp]) => t('wins', { name: nameOf(id), percent: Math.round(bp / 10) / 10 })).join(locale === 'en' ? ', ' : '，'),
          })}
        </p>
        <ul style={{ margin: 0, paddingLeft: 18 }}>
          {Object.entries(monteCarlo.perTicketE4).map(([id, spread]) => (
            <li key={id}>{t('spread', { name: nameOf(id), low: formatE4(Math.round(spread.p5 / 100) * 100), high: formatE4(Math.round(spread.p95 / 100) * 100) })}</li>
          ))}
        </ul>
        <h2 style={{ marginTop: 14 }}>{t('distribution')}</h2>
        <ul style={{ margin: 0, paddingLeft: 18 }}>
          {report.replay.distribution.map((each) => (
            <li key={each.option}>{t('distributionText', { name: nameOf(each.option), p50: formatE4(Math.round(each.p50E4 / 100) * 100), p90: formatE4(Math.round(each.p90E4 / 100) * 100) })}</li>
          ))}
        </ul>
      </section>
    </>
  );
}

const sliceTexts = { month: 'byMonth', shop: 'byShop', province: 'byProvince', band: 'byBand', item: 'byItem' } as const;

function Slices({ report, nameOf }: { report: CostReport; nameOf: (id: string) => string }) {
  const t = useCostsTexts();
  const locale = useLocale();
  const [by, setBy] = useState<SliceName>('province');
  const keys = [...new Set(report.options.flatMap((option) => option.slices[by].map((slice) => slice.key)))].slice(0, 60);
  return (
    <section className="costs-panel wide">
      <h2>
        {t('slices')} <Segmented size="small" value={by} onChange={setBy} options={sliceNames.map((name) => ({ value: name, label: t(sliceTexts[name]) }))} />
      </h2>
      <table className="costs-table">
        <thead>
          <tr>
            <th scope="col">{t(sliceTexts[by])}</th>
            <th scope="col" className="right">{t('count')}</th>
            {report.options.map((option) => (
              <th key={option.id} scope="col" className="right">{nameOf(option.id)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => {
            const cells = report.options.map((option) => option.slices[by].find((slice) => slice.key === key));
            const best = Math.min(...cells.flatMap((cell) => (cell && cell.parcels > 0 ? [cell.perTicketFen] : [])));
            return (
              <tr key={key}>
                <td>{key === '' ? t('unknown') : by === 'band' ? `${key} g` : key}</td>
                <td className="right">{integer(Math.max(0, ...cells.map((cell) => cell?.parcels ?? 0)), locale)}</td>
                {cells.map((cell, index) => (
                  <td key={report.options[index]?.id} className="right" style={cell?.perTicketFen === best ? { fontWeight: 600 } : undefined}>
                    {cell && cell.parcels > 0 ? formatFen(cell.perTicketFen) : '—'}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
