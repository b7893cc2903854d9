/** The templates that come with the program, good enough to use on the first day. */
import type { LabelDocument } from '../document.ts';
import { waybill76x130 } from './waybill-76x130.ts';

export interface BuiltinTemplate {
  /** Without the prefix `builtin:`. */
  readonly id: string;
  readonly name: { readonly 'zh-CN': string; readonly en: string };
  readonly document: LabelDocument;
}

export const builtinTemplates: readonly BuiltinTemplate[] = [
  { id: 'waybill-76x130', name: { 'zh-CN': '一联单 76×130', en: 'One-part waybill 76×130' }, document: waybill76x130 },
];

const prefix = 'builtin:';

/** A built-in template by id, with or without the prefix `builtin:`. */
export function findBuiltin(id: string): BuiltinTemplate | undefined {
  let wanted = id;
  while (wanted.startsWith(prefix)) wanted = wanted.slice(prefix.length);
  return builtinTemplates.find((template) => template.id === wanted);
}
