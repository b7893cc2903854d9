/** Two- and three-part waybills 100 mm wide; the cut lines are those of the paper carriers sell. */
import { defineDocument, type LabelDocument, type LabelElement } from '../document.ts';
import { mm } from './kit.ts';
import { customPart, keptPart, parcelPart, receiptPart, shortParcelPart } from './waybill-parts.ts';

function waybill(name: string, height: number, cuts: readonly number[], elements: LabelElement[]): LabelDocument {
  return defineDocument({
    format: 'packbench-label',
    version: 1,
    name,
    purpose: 'waybill',
    media: { width: mm(100), height: mm(height), cutLines: cuts.map(mm) },
    privacy: 'masked',
    elements,
  });
}

export const waybill100x150 = waybill('二联单 100×150', 150, [90], [...parcelPart(90), ...keptPart('kept', 90, 60, '拣货联')]);
export const waybill100x180 = waybill('二联单 100×180', 180, [110], [...parcelPart(110), ...keptPart('kept', 110, 70, '拣货联')]);
export const waybill100x210 = waybill('三联单 100×210', 210, [90, 150], [...parcelPart(90), ...keptPart('kept', 90, 60, '拣货联'), ...keptPart('shop', 150, 60, '留存联')]);
export const waybill100x110 = waybill('二联单 100×110', 110, [60], [...shortParcelPart(), ...keptPart('kept', 60, 50, '拣货联')]);
export const waybill100x203 = waybill('二联单 100×203', 203, [152], [...parcelPart(110), ...customPart('goods', 111.4, 152), ...receiptPart('receipt', 152, 51, '收件联')]);
