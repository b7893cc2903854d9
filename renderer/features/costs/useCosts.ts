/** The cost page's state: the scenario being looked at, its parcels, what the sliders say, and the figures that follow. */
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useState } from 'react';
import { buildModel } from '../../../common/domain/costs/evaluate.ts';
import type { CostModel } from '../../../common/domain/costs/evaluate.ts';
import { neutral } from '../../../common/domain/costs/factors.ts';
import type { Factors } from '../../../common/domain/costs/factors.ts';
import { quickReport, reportOf } from '../../../common/domain/costs/report.ts';
import type { CostReport, QuickReport } from '../../../common/domain/costs/report.ts';
import { crossCheck, savedScenarioSchema } from '../../../common/domain/costs/scenario.ts';
import type { SavedScenario, Scenario } from '../../../common/domain/costs/scenario.ts';
import { api } from '../../client/index.ts';

export interface CostsState {
  readonly id: string;
  readonly scenario: SavedScenario | undefined;
  readonly changed: boolean;
  readonly factors: Factors;
  readonly model: CostModel | undefined;
  readonly quick: (QuickReport & { readonly ms: number }) | undefined;
  readonly report: CostReport | undefined;
  readonly historyError: unknown;
  open(id: string): void;
  edit(scenario: SavedScenario): void;
  /** After saving: the draft is what is stored. */
  settled(id: string): void;
  setFactors(factors: Factors): void;
}

/** Rows up to which the page works out the whole report itself. */
const localRows = 20_000;
/** Stands in while nothing is loaded; never sent. */
const emptyScenario = savedScenarioSchema.parse({ name: '-', parcels: { kind: 'history', from: '2026-01-01', to: '2026-01-01' }, own: {} });

/** Sliders work on the parcels in this page, so that a move of the hand needs no answer from the core. */
export function useCosts(): CostsState {
  const [id, setId] = useState('builtin:datang');
  const [draft, setDraft] = useState<SavedScenario>();
  const [factors, setFactors] = useState<Factors>(neutral);
  const { data: stored } = useQuery(api.costs.scenarios.get.queryOptions({ input: { id } }));
  const scenario = draft ?? stored?.scenario;
  const period = scenario?.parcels.kind === 'history' ? scenario.parcels : undefined;
  const history = useQuery(
    api.costs.history.queryOptions({ input: { from: period?.from ?? '', to: period?.to ?? '', shopIds: period?.shopIds ?? [] }, enabled: period !== undefined && period.from <= period.to }),
  );

  const resolved = useMemo((): Scenario | undefined => {
    if (!scenario || crossCheck(scenario).length > 0) return undefined;
    const { parcels } = scenario;
    if (parcels.kind !== 'history') return { ...scenario, parcels };
    return history.data && { ...scenario, parcels: { kind: 'real', from: parcels.from, to: parcels.to, rows: history.data.rows, fallbackGrams: parcels.fallbackGrams } };
  }, [scenario, history.data]);
  const model = useMemo(() => resolved && buildModel(resolved), [resolved]);
  const moved = useDeferredValue(factors);
  const quick = useMemo(() => {
    if (!model) return undefined;
    const start = performance.now();
    const result = quickReport(model, moved);
    return { ...result, ms: performance.now() - start };
  }, [model, moved]);
  // the whole report follows the scenario, not the sliders: it is the answer of record
  const settledModel = useDeferredValue(model);
  const large = settledModel !== undefined && settledModel.parcels.size > localRows;
  const local = useMemo(() => (settledModel && !large ? reportOf(settledModel) : undefined), [settledModel, large]);
  // a long history is left to the core: the page must not stand still for seconds
  const remote = useQuery(api.costs.calculate.queryOptions({ input: { scenario: scenario ?? emptyScenario }, enabled: large && scenario !== undefined }));
  const report = large ? remote.data : local;

  return {
    id,
    scenario,
    changed: draft !== undefined,
    factors,
    model,
    quick,
    report,
    historyError: history.error,
    open(next) {
      setId(next);
      setDraft(undefined);
      setFactors(neutral);
    },
    edit: setDraft,
    settled(next) {
      setId(next);
      setDraft(undefined);
    },
    setFactors,
  };
}
