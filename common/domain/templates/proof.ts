/** What must hold before a template may be published: clean with all sample data at both usual resolutions. */
import type { LabelData } from '../label/data.ts';
import type { LabelDocument } from '../label/document.ts';
import type { LintFinding, RenderedLabel } from '../label/rendered.ts';
import { labelSamples } from '../label/samples.ts';

export const proofDpis = [203, 300] as const;

export interface ProofFinding extends LintFinding {
  /** Sample and resolution it was first seen with; no sample where a parcel of the day showed it. */
  readonly sample: string;
  readonly dpi: number;
  /** Shop and order numbers of the parcel of the day that showed it; empty where a sample did. */
  readonly order: string;
}

export interface ProofCase {
  readonly sample: string;
  readonly order: string;
  readonly dpi: number;
  readonly data: LabelData;
}

/** A parcel of the day as a template is proved with it. */
export interface ProofParcel {
  /** What a person finds it by: shop and order numbers. */
  readonly name: string;
  readonly data: LabelData;
}

/** Every case a template is proved with: the samples first, then what was really ordered today. */
export function proofCases(parcels: readonly ProofParcel[] = []): ProofCase[] {
  const all = [...labelSamples.map(({ id, data }) => ({ sample: id, order: '', data })), ...parcels.map(({ name, data }) => ({ sample: '', order: name, data }))];
  return all.flatMap((one) => proofDpis.map((dpi) => ({ ...one, dpi })));
}

/**
 * What a parcel shows is worth knowing, but one odd address does not keep a template from being published. The text itself
 * stays in the core: it may be somebody's address.
 */
export function findingOf(finding: LintFinding, { sample, order, dpi }: Pick<ProofCase, 'sample' | 'order' | 'dpi'>): ProofFinding {
  if (order === '') return { ...finding, sample, order, dpi };
  const { text: _private, ...data } = finding.data ?? {};
  return { ...finding, severity: finding.severity === 'info' ? 'info' : 'warning', data, sample, order, dpi };
}

/** The findings of all cases, each element and code once. */
export function prove(document: LabelDocument, render: (document: LabelDocument, data: LabelData, dpi: number) => readonly RenderedLabel[], cases: readonly ProofCase[] = proofCases()): ProofFinding[] {
  const seen = new Map<string, ProofFinding>();
  for (const one of cases) {
    for (const label of render(document, one.data, one.dpi)) {
      for (const finding of label.lint) {
        const key = `${finding.code}|${finding.element}|${String(finding.data?.['field'] ?? '')}`;
        if (!seen.has(key)) seen.set(key, findingOf(finding, one));
      }
    }
  }
  if (document.elements.length === 0) seen.set('empty', { severity: 'error', code: 'template_empty', element: '', message: 'the template has no elements', sample: '', order: '', dpi: 0 });
  const order = { error: 0, warning: 1, info: 2 } as const;
  return [...seen.values()].sort((left, right) => order[left.severity] - order[right.severity]);
}
