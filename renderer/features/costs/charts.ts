/** What each chart shows, as options of the drawing library. Figures are yuan. */
import type { EChartsCoreOption } from 'echarts/core';
import type { CurvePoint, BreakEven } from '../../../common/domain/costs/volume.ts';
import type { TornadoBar } from '../../../common/domain/costs/sensitivity.ts';
import { chartColours } from './Chart.tsx';
import type { Inks } from './Chart.tsx';

export interface BarPart {
  readonly id: string;
  readonly name: string;
  readonly e4: number;
}

/** The same cost has the same colour in every option: courier ink, the warehouse's price tape orange, people blue, place brown. */
const componentColours: Readonly<Record<string, string>> = {
  freight: '', price: '#d9480f', handling: '#d9480f', wage: '#4c6e91', social: '#8fa9bf', overtime: '#6f8fb0', temporary: '#b4c6d6', box: '#f0a07a', material: '#f0a07a', label: '#f6c7ae', tape: '#fbe1d4', filler: '#e8b79c',
  loss: '#6b5b7b', misship: '#8b7a9c', returns: '#a99bb8', storage: '#5f7f5a', inbound: '#a9c4a5', capital: '#c2d6be', minimum: '#c92a2a', tax: '#8a8478',
};
const restColours = ['#a35c2f', '#c2bbab', '#8a8478', '#d8d2c4', '#b98a5e', '#6e685f'];

function componentColour(id: string, ids: readonly string[], ink: string): string {
  if (id === 'freight') return ink;
  const known = componentColours[id];
  if (known !== undefined) return known;
  const rest = ids.filter((each) => componentColours[each] === undefined);
  return restColours[rest.indexOf(id) % restColours.length] ?? '#8a8478';
}

const yuan = (e4: number): number => Math.round(e4 / 10) / 1000;

/** Stacked bars: one per option, one piece per component. */
export function barsOption({ ink, soft, hair, panel }: Inks, options: readonly { readonly name: string; readonly total: string; readonly parts: readonly BarPart[] }[]): EChartsCoreOption {
  const parts = new Map<string, string>();
  for (const option of options) for (const part of option.parts) if (!parts.has(part.id)) parts.set(part.id, part.name);
  const names = options.map((option) => option.name);
  const ids = [...parts.keys()];
  return {
    grid: { left: 8, right: 70, top: 4, bottom: 62, containLabel: true },
    legend: { type: 'plain', bottom: 0, left: 0, textStyle: { color: soft, fontSize: 12 }, itemWidth: 12, itemHeight: 10 },
    tooltip: { trigger: 'item', formatter: (point: { seriesName?: string; value?: unknown; name?: string }) => `${point.name ?? ''}<br>${point.seriesName ?? ''}: ${Number(point.value).toFixed(4).replace(/0{1,2}$/, '')}` },
    xAxis: { type: 'value', axisLabel: { color: soft }, splitLine: { lineStyle: { color: hair } } },
    yAxis: { type: 'category', inverse: true, data: names, axisLabel: { color: ink, width: 150, overflow: 'break' }, axisTick: { show: false } },
    series: ids.map((id, index) => ({
      name: parts.get(id),
      type: 'bar',
      stack: 'ticket',
      barMaxWidth: 34,
      itemStyle: { color: componentColour(id, ids, ink), borderColor: panel, borderWidth: 1 },
      data: options.map((option) => yuan(option.parts.find((part) => part.id === id)?.e4 ?? 0)),
      ...(index === ids.length - 1 && { label: { show: true, position: 'right', color: ink, fontWeight: 600, formatter: (point: { dataIndex: number }) => options[point.dataIndex]?.total ?? '' } }),
    })),
  };
}

/** Ticket cost against volume; break-even and today's volume marked. */
export function curveOption({ ink, soft, hair }: Inks, curve: readonly CurvePoint[], breakEven: BreakEven, perDayNow: number, nameOf: (id: string) => string, words: { readonly now: string; readonly perDay: string }): EChartsCoreOption {
  const ids = Object.keys(curve[0]?.perTicketE4 ?? {});
  const at = (perDay: number) => curve.reduce((best, point) => (Math.abs(point.perDay - perDay) < Math.abs(best.perDay - perDay) ? point : best), curve[0] ?? { perDay: 0, perTicketE4: {} });
  const here = at(Math.max(1, perDayNow)).perTicketE4;
  const top = Math.ceil(yuan(Math.max(0, ...Object.values(here))) * 1.6) || 10;
  // the range shown ends where nothing happens any more: half as far again as the last break-even, at least twice today
  const last = Math.max(...breakEven.pairs.flatMap((pair) => pair.changes.map((change) => change.perDay)), perDayNow, 100);
  const right = Math.min(breakEven.toPerDay, Math.ceil((last * 1.6) / 50) * 50);
  const turns = [...new Set(breakEven.pairs.flatMap((pair) => pair.changes.map((change) => change.perDay)))].filter((perDay) => perDay <= right).slice(0, 12);
  const line = (value: number, label: string, colour: string, dashed: boolean) => ({ xAxis: value, label: { formatter: label, color: colour, fontSize: 12, distance: dashed ? 20 : 4 }, lineStyle: { color: colour, type: dashed ? 'dashed' : 'solid', width: 1.2 } });
  return {
    grid: { left: 8, right: 24, top: 44, bottom: 58, containLabel: true },
    legend: { bottom: 0, left: 0, textStyle: { color: soft, fontSize: 12 } },
    tooltip: { trigger: 'axis', valueFormatter: (value: unknown) => Number(value).toFixed(2) },
    xAxis: { type: 'value', min: 0, max: right, name: words.perDay, nameLocation: 'middle', nameGap: 24, nameTextStyle: { color: soft }, axisLabel: { color: soft }, splitLine: { show: false } },
    yAxis: { type: 'value', min: 0, max: top, axisLabel: { color: soft }, splitLine: { lineStyle: { color: hair } } },
    series: ids.map((id, index) => ({
      name: nameOf(id),
      type: 'line',
      showSymbol: false,
      lineStyle: { width: index === 0 ? 2.4 : 1.8, type: index === 0 ? 'solid' : (['dashed', 'dotted', [8, 3, 2, 3]] as const)[(index - 1) % 3] },
      itemStyle: { color: index === 0 ? ink : chartColours[index % chartColours.length] },
      data: curve.filter((point) => point.perDay <= right).map((point) => [point.perDay, yuan(point.perTicketE4[id] ?? 0)]),
      ...(index === 0 && {
        markLine: { symbol: 'none', silent: true, data: [...turns.map((perDay) => line(perDay, String(perDay), '#d9480f', false)), ...(perDayNow <= right ? [line(perDayNow, words.now, ink, true)] : [])] },
      }),
    })),
  };
}

/** Tornado: how far the gap between own shipping and the cheapest quote moves when one figure moves, from what it is now. */
export function tornadoOption({ ink, soft, hair }: Inks, bars: readonly TornadoBar[], nowE4: number, nameOf: (factor: TornadoBar['factor']) => string): EChartsCoreOption {
  const usable = bars.filter((bar) => bar.gapLowE4 !== null && bar.gapHighE4 !== null && (bar.gapLowE4 !== nowE4 || bar.gapHighE4 !== nowE4));
  const side = (name: string, pick: 'gapLowE4' | 'gapHighE4', colour: string | undefined) => ({
    name,
    type: 'bar',
    barMaxWidth: 16,
    barGap: '-100%',
    itemStyle: { color: colour },
    data: usable.map((bar) => yuan((bar[pick] ?? nowE4) - nowE4)),
  });
  return {
    grid: { left: 8, right: 30, top: 4, bottom: 40, containLabel: true },
    legend: { bottom: 0, left: 0, textStyle: { color: soft } },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, valueFormatter: (value: unknown) => `${Number(value) > 0 ? '+' : ''}${Number(value).toFixed(2)}` },
    xAxis: { type: 'value', axisLabel: { color: soft, formatter: (value: number) => `${value > 0 ? '+' : ''}${value}` }, splitLine: { lineStyle: { color: hair } } },
    yAxis: { type: 'category', inverse: true, data: usable.map((bar) => nameOf(bar.factor)), axisLabel: { color: ink }, axisTick: { show: false } },
    series: [side(`−${(10_000 - (usable[0]?.lowBp ?? 8000)) / 100} %`, 'gapLowE4', chartColours[3]), side(`+${((usable[0]?.highBp ?? 12_000) - 10_000) / 100} %`, 'gapHighE4', chartColours[1])],
  };
}
