/** Rulers in millimetres above and left of the paper; the selection is marked on them, with its size in dots. */
import { toDots } from '../../../common/domain/label/units.ts';
import type { Rect } from '../core/tree.ts';

export interface RulersProps {
  readonly width: number;
  readonly height: number;
  readonly scale: number;
  readonly dpi: number;
  readonly zoom: number;
  readonly selection: Rect | undefined;
}

export function Rulers({ width, height, scale, dpi, selection }: RulersProps) {
  const px = (value: number): number => value * scale;
  const marks = (length: number): number[] => Array.from({ length: Math.floor(length / 1_000) + 1 }, (_, index) => index);
  const tall = (at: number): number => (at % 10 === 0 ? 12 : at % 5 === 0 ? 8 : 4);
  return (
    <>
      <svg className="ruler ruler-top" width={px(width)} height={20} aria-hidden>
        {selection !== undefined && <rect className="ruler-selection" x={px(selection.x)} width={px(selection.width)} y={0} height={20} />}
        {marks(width).map((at) => <line key={at} x1={px(at * 1_000)} x2={px(at * 1_000)} y1={20 - tall(at)} y2={20} />)}
        {marks(width).filter((at) => at % 10 === 0).map((at) => <text key={at} x={px(at * 1_000) + 2} y={9}>{at}</text>)}
        {selection !== undefined && <text className="ruler-dots" x={px(selection.x) + 2} y={18}>{toDots(selection.width, dpi)}</text>}
      </svg>
      <svg className="ruler ruler-left" width={24} height={px(height)} aria-hidden>
        {selection !== undefined && <rect className="ruler-selection" y={px(selection.y)} height={px(selection.height)} x={0} width={24} />}
        {marks(height).map((at) => <line key={at} y1={px(at * 1_000)} y2={px(at * 1_000)} x1={24 - tall(at)} x2={24} />)}
        {marks(height).filter((at) => at % 10 === 0).map((at) => <text key={at} x={1} y={px(at * 1_000) + 9}>{at}</text>)}
        {selection !== undefined && <text className="ruler-dots" x={1} y={px(selection.y) + 20}>{toDots(selection.height, dpi)}</text>}
      </svg>
    </>
  );
}
