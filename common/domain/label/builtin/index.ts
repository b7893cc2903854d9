/** The templates that come with the program, good enough to use on the first day. */
import type { LabelDocument } from '../document.ts';
import { handoverA4 } from './handover-a4.ts';
import { packingSlip, pickList } from './receipts.ts';
import { itemLabel, returnLabel } from './small-labels.ts';
import { waybill76x130 } from './waybill-76x130.ts';
import { waybill100x110, waybill100x150, waybill100x180, waybill100x203, waybill100x210 } from './waybills-100.ts';

export interface BuiltinTemplate {
  /** Without the prefix `builtin:`. */
  readonly id: string;
  readonly name: { readonly 'zh-CN': string; readonly en: string };
  readonly document: LabelDocument;
}

export const builtinTemplates: readonly BuiltinTemplate[] = [
  { id: 'waybill-76x130', name: { 'zh-CN': '一联单 76×130', en: 'One-part waybill 76×130' }, document: waybill76x130 },
  { id: 'waybill-100x110', name: { 'zh-CN': '二联单 100×110', en: 'Two-part waybill 100×110' }, document: waybill100x110 },
  { id: 'waybill-100x150', name: { 'zh-CN': '二联单 100×150', en: 'Two-part waybill 100×150' }, document: waybill100x150 },
  { id: 'waybill-100x180', name: { 'zh-CN': '二联单 100×180', en: 'Two-part waybill 100×180' }, document: waybill100x180 },
  { id: 'waybill-100x203', name: { 'zh-CN': '二联单 100×203', en: 'Two-part waybill 100×203' }, document: waybill100x203 },
  { id: 'waybill-100x210', name: { 'zh-CN': '三联单 100×210', en: 'Three-part waybill 100×210' }, document: waybill100x210 },
  { id: 'return-100x110', name: { 'zh-CN': '退货标签 100×110', en: 'Return label 100×110' }, document: returnLabel },
  { id: 'item-60x40', name: { 'zh-CN': '商品标签 60×40', en: 'Item label 60×40' }, document: itemLabel },
  { id: 'pick-list-80', name: { 'zh-CN': '拣货单 80 毫米', en: 'Pick list 80 mm' }, document: pickList },
  { id: 'packing-slip-80', name: { 'zh-CN': '装箱单 80 毫米', en: 'Packing slip 80 mm' }, document: packingSlip },
  { id: 'handover-a4', name: { 'zh-CN': '交接单 A4', en: 'Hand-over sheet A4' }, document: handoverA4 },
];

const prefix = 'builtin:';

/** A built-in template by id, with or without the prefix `builtin:`. */
export function findBuiltin(id: string): BuiltinTemplate | undefined {
  let wanted = id;
  while (wanted.startsWith(prefix)) wanted = wanted.slice(prefix.length);
  return builtinTemplates.find((template) => template.id === wanted);
}
