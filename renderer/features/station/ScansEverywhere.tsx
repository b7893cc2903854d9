import { App } from 'antd';
import { useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import { useFailure } from '../../ui/Failure.tsx';
import { grouped } from '../../ui/format.ts';
import { unsavedWork, watchWriting } from '../../ui/unsaved.ts';
import { catchScans } from './catch.ts';
import type { Caught } from './catch.ts';
import { play } from './sounds.ts';
import { useStationTexts } from './texts.ts';
import { typed } from './typed.ts';
import { onScanFailure, scans } from './useStation.ts';

export const stationPath = '/scan';
const noteSeconds = 10;
const noteKey = 'scan-not-taken';

/**
 * Takes scans on every page: on that of the station they are done there, from any other they lead to it. A scan does not throw away what
 * somebody is writing: then it is refused, to the ear and to the eye.
 */
export function ScansEverywhere() {
  const t = useStationTexts();
  const failure = useFailure();
  const { notification } = App.useApp();
  const [location, navigate] = useLocation();
  const atStation = location === stationPath;
  function onScan({ code, capturedMs, since }: Caught): void {
    if (!atStation) {
      const unsaved = unsavedWork(since);
      if (unsaved !== undefined) {
        play('wrong');
        notification.error({ key: noteKey, placement: 'bottomRight', duration: noteSeconds, title: <strong style={{ fontSize: 18 }}>{t('notTaken', { code: grouped(code) })}</strong>, description: <span style={{ fontSize: 18 }}>{t(`notTaken_${unsaved}`)}</span> });
        return;
      }
      // A cell that saves when it is left is left first.
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      navigate(stationPath);
    }
    notification.destroy(noteKey);
    scans.scan(code, capturedMs);
  }
  const latest = useRef({ onScan, atStation, failure });
  latest.current = { onScan, atStation, failure };
  useEffect(() => {
    const stops = [
      watchWriting(),
      catchScans({ byHand: () => latest.current.atStation, onText: typed.set, onScan: (caught) => latest.current.onScan(caught) }),
      onScanFailure((thrown) => latest.current.failure(thrown)),
    ];
    return () => {
      for (const stop of stops) stop();
      typed.set('');
    };
  }, []);
  return null;
}
