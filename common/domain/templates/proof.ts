/** What must hold before a template may be published: clean with all sample data at both usual resolutions. */
import type { LabelData } from '../label/data.ts';
import type { LabelDocument } from '../label/document.ts';
import type { LintFinding, RenderedLabel } from '../label/rendered.ts';
import { labelSamples } from '../label/samples.ts';

export const proofDpis = [203, 300] as const;

export interface ProofFinding extends LintFinding {
  /** Sample and resolution it was first seen with. */
  readonly sample: string;
  readonly dpi: number;
}

export interface ProofCase {
  readonly sample: string;
  readonly dpi: number;
  readonly data: LabelData;
}

/** Every case a template is proved with; data of the day may be added to the samples. */
export function proofCases(more: readonly { readonly id: string; readonly data: LabelData }[] = []): ProofCase[] {
  return [...labelSamples, ...more].flatMap(({ id, data }) => proofDpis.map((dpi) => ({ sample: id, dpi, data })));
}

/** The findings of all cases, each element and code once. */
export function prove(document: LabelDocument, render: (document: LabelDocument, data: LabelData, dpi: number) => readonly RenderedLabel[], cases: readonly ProofCase[] = proofCases()): ProofFinding[] {
  const seen = new Map<string, ProofFinding>();
  for (const { sample, dpi, data } of cases) {
    for (const label of render(document, data, dpi)) {
      for (const finding of label.lint) {
        const key = `${finding.code}|${finding.element}|${String(finding.data?.['field'] ?? '')}`;
        if (!seen.has(key)) seen.set(key, { ...finding, sample, dpi });
      }
    }
  }
  if (document.elements.length === 0) seen.set('empty', { severity: 'error', code: 'template_empty', element: '', message: 'the template has no elements', sample: '', dpi: 0 });
  const order = { error: 0, warning: 1, info: 2 } as const;
  return [...seen.values()].sort((left, right) => order[left.severity] - order[right.severity]);
}
