/** One template as one file: data that is checked, never code. */
import { z } from 'zod';
import { readDocument } from '../label/document.ts';
import type { DocumentReading, LabelDocument } from '../label/document.ts';
import { scopeSchema, universalScope } from './scope.ts';
import type { TemplateScope } from './scope.ts';

export const packageVersion = 1;
/** A template with pictures stays well below; a bigger file is not one. */
export const largestPackageBytes = 16 * 1024 * 1024;

const shell = z.object({
  format: z.literal('packbench-template'),
  version: z.number().int(),
  name: z.string().min(1).max(80),
  scope: scopeSchema.default(universalScope),
  document: z.unknown(),
});

export type PackageReading =
  | { readonly ok: true; readonly name: string; readonly scope: TemplateScope; readonly document: LabelDocument }
  | Exclude<DocumentReading, { ok: true }>
  | { readonly ok: false; readonly reason: 'not_json' | 'too_large' };

/** The text of an export file. */
export function writePackage(template: { readonly name: string; readonly scope: TemplateScope; readonly document: LabelDocument }): string {
  return `${JSON.stringify({ format: 'packbench-template', version: packageVersion, ...template }, undefined, 2)}\n`;
}

/** Reads an export file, or a bare label document. */
export function readPackage(text: string): PackageReading {
  if (text.length > largestPackageBytes) return { ok: false, reason: 'too_large' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, reason: 'not_json' };
  }
  if (typeof value === 'object' && value !== null && 'format' in value && value.format === 'packbench-label') {
    const reading = readDocument(value);
    return reading.ok ? { ok: true, name: reading.document.name, scope: universalScope, document: reading.document } : reading;
  }
  const parsed = shell.safeParse(value);
  if (!parsed.success) {
    if (typeof value !== 'object' || value === null || !('format' in value) || value.format !== 'packbench-template') return { ok: false, reason: 'not_a_label' };
    return { ok: false, reason: 'invalid', issues: parsed.error.issues.slice(0, 20).map((issue) => ({ path: issue.path.join('.'), message: issue.message })) };
  }
  if (parsed.data.version > packageVersion) return { ok: false, reason: 'newer', version: parsed.data.version, supported: packageVersion };
  const reading = readDocument(parsed.data.document);
  return reading.ok ? { ok: true, name: parsed.data.name, scope: parsed.data.scope, document: reading.document } : reading;
}
