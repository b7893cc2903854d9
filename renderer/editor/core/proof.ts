/** The check beside the canvas: every sample and the orders of the day, a piece at a time so that no edit waits for it. */
import type { LabelData } from '../../../common/domain/label/data.ts';
import type { LabelDocument } from '../../../common/domain/label/document.ts';
import type { RenderedLabel } from '../../../common/domain/label/rendered.ts';
import { proofCases, prove } from '../../../common/domain/templates/proof.ts';
import type { ProofFinding } from '../../../common/domain/templates/proof.ts';

type Render = (document: LabelDocument, data: LabelData, dpi: number) => readonly RenderedLabel[];

export interface ParcelOfTheDay {
  readonly id: string;
  readonly data: LabelData;
}

/**
 * Findings with the samples, as they would refuse a publication, and with the parcels of the day. What only a parcel of the day shows
 * warns and refuses nothing: tomorrow it is another parcel. Rests between labels; undefined when `stale` says nobody waits any more.
 */
export async function proveInPieces(document: LabelDocument, render: Render, parcels: readonly ParcelOfTheDay[], rest: () => Promise<void>, stale: () => boolean): Promise<ProofFinding[] | undefined> {
  const cases = proofCases(parcels);
  const done = new Map<LabelData, Map<number, readonly RenderedLabel[]>>();
  for (const { data, dpi } of cases) {
    await rest();
    if (stale()) return undefined;
    const labels = render(document, data, dpi);
    const known = done.get(data);
    if (known === undefined) done.set(data, new Map([[dpi, labels]]));
    else known.set(dpi, labels);
  }
  const real = new Set(parcels.map((one) => one.id));
  const findings = prove(document, (_, data, dpi) => done.get(data)?.get(dpi) ?? [], cases);
  const soft = (finding: ProofFinding): ProofFinding => (finding.severity === 'error' && real.has(finding.sample) ? { ...finding, severity: 'warning' } : finding);
  const order = ['error', 'warning', 'info'];
  return findings.map(soft).toSorted((left, right) => order.indexOf(left.severity) - order.indexOf(right.severity));
}
