/** Rulers above and left of the paper, in millimetres or dots; the selection is marked on them with its size. */
import { memo } from 'react';
import { dotsPerInch, toDots } from '../../../common/domain/label/units.ts';
import type { Rect } from '../core/tree.ts';
import { useSession } from './session.ts';
import { useDesignerTexts } from './texts.ts';

export interface RulersProps {
  /** Micrometres. */
  readonly width: number;
  readonly height: number;
  /** Screen pixels per micrometre. */
  readonly scale: number;
  readonly dpi: number;
  readonly selection: Rect | undefined;
}

const thick = { top: 20, left: 24 } as const;
/** Nearest marks of a ruler on the screen, and nearest numbers. */
const nearest = { mark: 3.5, number: 26 } as const;

export function Rulers({ width, height, scale, dpi, selection }: RulersProps) {
  const t = useDesignerTexts();
  const { settings, set } = useSession();
  const { unit } = settings;
  const perUnit = unit === 'mm' ? 1_000 : 25_400 / dotsPerInch(dpi);
  const step = scale * perUnit;
  const told = (length: number): string => (unit === 'mm' ? String(toDots(length, dpi)) : (length / 1_000).toFixed(1));
  return (
    <>
      <button type="button" className="ruler-unit" title={t('rulerUnit')} aria-label={`${unit === 'mm' ? 'mm' : t('dotsUnit')} · ${t('rulerUnit')}`} onClick={() => set({ unit: unit === 'mm' ? 'dots' : 'mm' })}>{unit === 'mm' ? 'mm' : t('dotsUnit')}</button>
      <svg className="ruler ruler-top" width={width * scale} height={thick.top} aria-hidden>
        {selection !== undefined && <rect className="ruler-selection" x={selection.x * scale} width={selection.width * scale} y={0} height={thick.top} />}
        <Marks count={Math.floor(width / perUnit)} step={step} upright={false} />
        {selection !== undefined && <text className="ruler-dots" x={selection.x * scale + 2} y={18}>{told(selection.width)}</text>}
      </svg>
      <svg className="ruler ruler-left" width={thick.left} height={height * scale} aria-hidden>
        {selection !== undefined && <rect className="ruler-selection" y={selection.y * scale} height={selection.height * scale} x={0} width={thick.left} />}
        <Marks count={Math.floor(height / perUnit)} step={step} upright />
        {selection !== undefined && <text className="ruler-dots" x={1} y={selection.y * scale + 20}>{told(selection.height)}</text>}
      </svg>
    </>
  );
}

const ladder = [1, 5, 10, 50, 100, 500, 1_000];

/** The marks themselves: they change with zoom and paper, not with the selection. */
const Marks = memo(function Marks({ count, step, upright }: { count: number; step: number; upright: boolean }) {
  const every = ladder.find((units) => units * step >= nearest.mark) ?? 1_000;
  const numbered = ladder.find((units) => units > every && units * step >= nearest.number) ?? 1_000;
  const middle = numbered / 2;
  const edge = upright ? thick.left : thick.top;
  const path: string[] = [];
  for (let at = 0; at <= count; at += every) {
    const long = at % numbered === 0 ? 12 : at % middle === 0 ? 8 : 4;
    const place = Math.round(at * step) + 0.5;
    path.push(upright ? `M${edge - long} ${place}H${edge}` : `M${place} ${edge - long}V${edge}`);
  }
  const numbers = Array.from({ length: Math.floor(count / numbered) + 1 }, (_, index) => index * numbered);
  return (
    <>
      <path d={path.join('')} />
      {numbers.map((at) => (upright ? <text key={at} x={1} y={at * step + 9}>{at}</text> : <text key={at} x={at * step + 2} y={9}>{at}</text>))}
    </>
  );
});
