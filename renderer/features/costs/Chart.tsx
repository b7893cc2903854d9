import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import type { EChartsCoreOption } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef, useState } from 'react';

echarts.use([BarChart, LineChart, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, SVGRenderer]);

/** Told apart by lightness as well as by hue, so that a black-and-white print stays readable. */
export const chartColours = ['#1f1d1a', '#d9480f', '#8a8478', '#4c6e91', '#f0a07a', '#5f7f5a', '#c2bbab', '#8fa9bf', '#a35c2f', '#a9c4a5', '#6b5b7b', '#d8d2c4'];

/** One chart, drawn as SVG: sharp on paper, and its words can be read by a screen reader. */
export function Chart({ option, height, label }: { option: EChartsCoreOption; height: number; label: string }) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<echarts.ECharts>(undefined);
  useEffect(() => {
    if (box.current === null) return undefined;
    const made = echarts.init(box.current, undefined, { renderer: 'svg' });
    chart.current = made;
    const observer = new ResizeObserver(() => made.resize());
    observer.observe(box.current);
    const onPrint = (): void => made.resize();
    window.addEventListener('beforeprint', onPrint);
    return () => {
      observer.disconnect();
      window.removeEventListener('beforeprint', onPrint);
      made.dispose();
    };
  }, []);
  useEffect(() => {
    chart.current?.setOption({ animation: false, color: chartColours, ...option }, { notMerge: true });
  }, [option]);
  return <div ref={box} role="img" aria-label={label} style={{ height, width: '100%' }} />;
}

export interface Inks {
  readonly ink: string;
  readonly soft: string;
  readonly hair: string;
  readonly panel: string;
}

function readInks(): Inks {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  return { ink: read('--ink'), soft: read('--ink-soft'), hair: read('--hair'), panel: read('--panel') };
}

/** Colours of the page for axes, words and the first series; followed when the theme changes. */
export function useInks(): Inks {
  const [inks, setInks] = useState(readInks);
  useEffect(() => {
    const observer = new MutationObserver(() => setInks(readInks()));
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    return () => observer.disconnect();
  }, []);
  return inks;
}
