import type { ContentPart } from './content.ts';
import { findField } from './fields.ts';

/** A field as a piece of text; personal ones come behind their mask. */
export function fieldPart(path: string): Extract<ContentPart, { field: string }> {
  const field = findField(path);
  const format: Extract<ContentPart, { field: string }>['format'] = [];
  if (field?.personal !== undefined) format.push({ kind: 'mask', as: field.personal });
  if (field?.kind === 'date') format.push({ kind: 'date', pattern: 'YYYY-MM-DD HH:mm' });
  if (field?.kind === 'money') format.push({ kind: 'money', symbol: '¥' });
  if (field?.kind === 'weight') format.push({ kind: 'weight', unit: 'kg' });
  if (field?.kind === 'lines') format.push({ kind: 'join', separator: '，', unique: true });
  if (field?.kind === 'items') format.push({ kind: 'items', separator: '，', sku: true, location: false, quantity: 'several' });
  if (field?.kind === 'boolean') format.push({ kind: 'when', yes: '是', no: '' });
  return { field: path, format, before: '', after: '', fallback: '' };
}
