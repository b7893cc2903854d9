/** The check beside the canvas: every sample and the parcels of the day, a piece at a time so that no edit waits for it. */
import type { LabelData } from '../../../common/domain/label/data.ts';
import type { LabelDocument } from '../../../common/domain/label/document.ts';
import type { RenderedLabel } from '../../../common/domain/label/rendered.ts';
import { proofCases, prove } from '../../../common/domain/templates/proof.ts';
import type { ProofFinding, ProofParcel } from '../../../common/domain/templates/proof.ts';

type Render = (document: LabelDocument, data: LabelData, dpi: number) => readonly RenderedLabel[];

/** Findings with the samples and the parcels of the day. Rests between labels; undefined when `stale` says nobody waits any more. */
export async function proveInPieces(document: LabelDocument, render: Render, parcels: readonly ProofParcel[], rest: () => Promise<void>, stale: () => boolean): Promise<ProofFinding[] | undefined> {
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
  return prove(document, (_, data, dpi) => done.get(data)?.get(dpi) ?? [], cases);
}
