/** Below the canvas: with which data, how fine, how large, what attracts. */
import { Checkbox, Segmented, Select } from 'antd';
import { memo } from 'react';
import type { ReactNode } from 'react';
import { zoomName } from '../core/zoom.ts';
import { useSession, useSettledState, useValue } from './session.ts';
import type { DataSet, PrinterView } from './session.ts';
import { useDesignerTexts } from './texts.ts';

const usualZooms = [1, 2, 3];

/** Value of the choice that is no printer. */
const everyLogo = '';

export const Foot = memo(function Foot({ printers, onPrinter, children }: { printers: readonly PrinterView[]; onPrinter: (printer: PrinterView | undefined) => void; children: ReactNode }) {
  const t = useDesignerTexts();
  const { settings, set, dataSets, printer, zoom: shown } = useSession();
  const { document: label } = useSettledState();
  const zoom = useValue(shown);
  const samples = dataSets.filter((one) => !one.real);
  const parcels = dataSets.filter((one) => one.real);
  const option = ({ id, name }: DataSet) => ({ value: id, label: name });
  const chosen = dataSets.find((one) => one.id === settings.dataId) ?? dataSets[0];
  const zooms = settings.zoom === 'fit' || usualZooms.includes(settings.zoom) ? usualZooms : [...usualZooms, settings.zoom].toSorted((left, right) => left - right);
  return (
    <div className="designer-foot">
      <span>{t('dataSet')}</span>
      <Select
        size="small" aria-label={t('dataSet')} style={{ width: 190 }} popupMatchSelectWidth={340} listHeight={400} value={chosen?.id ?? ''} onChange={(dataId: string) => set({ dataId })}
        options={[{ label: t('samples'), title: 'samples', options: samples.map(option) }, { label: parcels.length === 0 ? t('noParcels') : t('parcelsOfTheDay'), title: 'parcels', options: parcels.map(option) }]}
        optionRender={({ label, value }) => {
          const why = dataSets.find((one) => one.id === value)?.why ?? [];
          return <>{label}{why.length > 0 && <small className="muted option-why">{why.map((reason) => t(reason)).join(' · ')}</small>}</>;
        }}
      />
      <Select
        size="small" aria-label={t('shownAs')} style={{ width: 130 }} popupMatchSelectWidth={240} value={printer?.id ?? everyLogo} onChange={(id: string) => onPrinter(printers.find((one) => one.id === id))}
        options={[{ value: everyLogo, label: t('everyLogo') }, { label: t('asPrintedBy'), title: 'printers', options: printers.map((one) => ({ value: one.id, label: one.name })) }]}
        optionRender={({ label, value }) => {
          const logos = printers.find((one) => one.id === value)?.logos;
          const without = [logos?.upper === false ? t('noUpperLogo') : '', logos?.lower === false ? t('noLowerLogo') : ''].filter((word) => word !== '');
          return <>{label}{without.length > 0 && <small className="muted option-why">{without.join(' · ')}</small>}</>;
        }}
      />
      <Segmented size="small" aria-label={t('dpi')} value={settings.dpi} options={[203, 300]} onChange={(dpi) => set({ dpi: dpi as 203 | 300 })} />
      <span>{t('zoom')}</span>
      <Segmented<number | 'fit'>
        size="small" aria-label={t('zoom')} value={settings.zoom} onChange={(value) => set({ zoom: value })}
        options={[{ value: 'fit', label: settings.zoom === 'fit' ? `${t('fitZoom')} ${zoomName(zoom)}` : t('fitZoom'), title: `${t('fitZoomHint')}  0` }, ...zooms.map((value) => ({ value, label: zoomName(value), title: value >= 1 ? String(value) : '' }))]}
      />
      <span>{t('snapTo')}</span>
      <Checkbox checked={settings.snap} onChange={(event) => set({ snap: event.target.checked })}>{t('snapGuides')}</Checkbox>
      <Segmented size="small" aria-label={t('snapTo')} value={settings.grid} options={[{ value: 0, label: t('gridNone') }, { value: 1_000, label: t('grid1') }, { value: 5_000, label: t('grid5') }]} onChange={(grid) => set({ grid: Number(grid) })} />
      {label.media.underlay !== undefined && <Checkbox checked={settings.underlay} onChange={(event) => set({ underlay: event.target.checked })}>{t('showUnderlay')}</Checkbox>}
      <span className="spacer" />
      {children}
    </div>
  );
});
