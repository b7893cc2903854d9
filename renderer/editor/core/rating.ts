/** How well a code will scan, from what is really drawn: module in dots and millimetres, width, quiet zones by the lint. */
import type { DrawOp, RenderedLabel } from '../../../common/domain/label/rendered.ts';
import { dotsPerInch } from '../../../common/domain/label/units.ts';

export interface CodeRating {
  readonly moduleDots: number;
  readonly moduleMillimetres: number;
  readonly widthMillimetres: number;
  readonly text: string;
  readonly rating: 'good' | 'fair' | 'poor';
}

/** Modules from which logistics scanners read without trouble, and below which they often do not. Millimetres. */
const limits = { linear: { good: 0.33, fair: 0.25 }, qr: { good: 0.5, fair: 0.37 } } as const;

/** The rating of one element's code on this label; undefined when it drew none. */
export function rateCode(label: RenderedLabel, element: string): CodeRating | undefined {
  const code = label.codes.find((one) => one.element === element);
  if (code === undefined) return undefined;
  const op = label.ops.find((one): one is Extract<DrawOp, { kind: 'linear' | 'qr' }> => (one.kind === 'linear' || one.kind === 'qr') && one.rect.x === code.rect.x && one.rect.y === code.rect.y && one.text === code.text);
  if (op === undefined) return undefined;
  const perDot = 25.4 / dotsPerInch(label.dpi);
  const millimetres = op.module * perDot;
  const limit = op.kind === 'qr' ? limits.qr : limits.linear;
  const broken = label.lint.some((finding) => finding.element === element && finding.severity === 'error');
  const width = op.kind === 'linear' && (op.rotation === 90 || op.rotation === 270) ? op.rect.height : op.rect.width;
  return {
    moduleDots: op.module,
    moduleMillimetres: millimetres,
    widthMillimetres: width * perDot,
    text: op.text,
    rating: broken || millimetres < limit.fair - 0.005 ? 'poor' : millimetres < limit.good ? 'fair' : 'good',
  };
}
