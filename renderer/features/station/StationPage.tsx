import { Button } from 'antd';
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Answer, Card } from '../../../common/contract/stations.ts';
import { client } from '../../client/index.ts';
import { useLocale } from '../../i18n/index.ts';
import { grouped, integer } from '../../ui/format.ts';
import { Key, useKey } from '../../ui/Key.tsx';
import { Despite } from './Despite.tsx';
import { HandOver } from './HandOver.tsx';
import { outcomes } from './outcome.ts';
import { Parcel } from './Parcel.tsx';
import { isMuted, setMuted } from './sounds.ts';
import { useStationTexts } from './texts.ts';
import { typed } from './typed.ts';
import { useStation } from './useStation.ts';
import type { Station } from './useStation.ts';
import { Verdict } from './Verdict.tsx';
import './station.css';

/** The place where somebody with gloves on scans, packs and hands over. Scans come from `ScansEverywhere`. */
export default function StationPage() {
  const t = useStationTexts();
  const station = useStation();
  const [handing, setHanding] = useState(false);
  // Whoever scans is packing again.
  useEffect(() => setHanding(false), [station.scanned]);
  useKey('F9', () => setHanding(!handing));
  return (
    <div className="station">
      <h1 className="page-title station-hidden">{t('title')}</h1>
      {handing ? <HandOver onClose={() => setHanding(false)} /> : <Desk station={station} />}
      <Side station={station} handing={handing} onHanding={setHanding} />
      {station.flash !== undefined && <div className="station-flash" data-tone={station.flash} aria-hidden="true" />}
    </div>
  );
}

/** The parcel an answer is about, else the one on the desk. */
function shownCard(answer: Answer | undefined, desk: Card | null | undefined): Card | null {
  if (answer === undefined) return desk ?? null;
  if ('card' in answer) {
    // Counts go on while the answer stays.
    return desk?.number === answer.card?.number ? (desk ?? null) : answer.card;
  }
  return answer.kind === 'unknown' || answer.kind === 'cannot_undo' ? (desk ?? null) : null;
}

function Desk({ station }: { station: Station }) {
  const t = useStationTexts();
  const { answer, desk, run } = station;
  const byHand = useSyncExternalStore(typed.subscribe, typed.get);
  const [asking, setAsking] = useState(false);
  // Another scan is another parcel: what was asked about the last one is over.
  useEffect(() => setAsking(false), [answer]);
  // While answers are late the parcel shown would not be the one that was scanned last.
  const card = station.late ? null : shownCard(answer, desk?.card);
  const stopped = card !== null && card.orders.some((order) => order.alarm !== '' || order.held !== '') && card.state !== 'handed';
  const alarmed = card !== null && card.orders.some((order) => order.alarm !== '') && card.state !== 'handed';
  const open = card !== null && !stopped && (card.state === 'counting' || answer?.kind === 'not_printed');
  const aside = (): void => {
    if (card === null) return;
    const reason = t(`alarm_${card.orders.find((order) => order.alarm !== '')?.alarm as 'refunded' | 'closed' | 'address' | 'goods'}`);
    run(() => client.stations.setAside({ number: card.number, reason }));
  };
  useKey('F2', () => run(() => client.stations.undo()), !asking);
  useKey('F4', () => card && run(() => client.stations.packAsIs({ number: card.number })), open && !asking);
  useKey('F6', aside, alarmed && !asking);
  useKey('F7', () => setAsking(true), stopped && !asking);
  useKey('F8', () => run(() => client.stations.putDown()), !asking);
  return (
    <div className="station-desk" data-tone={station.late ? 'warn' : answer === undefined ? 'calm' : outcomes[answer.kind].tone}>
      {station.late ? <Late waiting={station.waiting} /> : <Verdict answer={answer} />}
      {card !== null && <Parcel card={card} />}
      {card === null && !station.late && desk !== undefined && desk.basket.length > 0 && (
        <ul className="station-lines station-parcel">
          {desk.basket.map((one) => (
            <li key={one.code}>
              <span className="station-name">{one.name}</span>
              <span className="station-quantity" data-many={one.quantity !== 1}>×{one.quantity}</span>
            </li>
          ))}
        </ul>
      )}
      <div className="station-actions">
        {alarmed && <Button type="primary" size="large" onClick={aside}>{t('setAside')}<Key>F6</Key></Button>}
        {stopped && <Button danger size="large" onClick={() => setAsking(true)}>{t('despite')}<Key>F7</Key></Button>}
        {open && card !== null && <Button size="large" onClick={() => run(() => client.stations.packAsIs({ number: card.number }))}>{t('asIs')}<Key>F4</Key></Button>}
        <Button size="large" onClick={() => run(() => client.stations.undo())}>{t('undo')}<Key>F2</Key></Button>
        <Button size="large" onClick={() => run(() => client.stations.putDown())}>{t('putDown')}<Key>F8</Key></Button>
        {byHand !== '' && <span className="station-typed number" aria-label={t('typed')}>{byHand}</span>}
        {station.waiting > 1 && !station.late && <span role="status">{t('waiting', { count: station.waiting })}</span>}
      </div>
      {asking && card !== null && <Despite number={card.number} onDone={run} onClose={() => setAsking(false)} />}
    </div>
  );
}

/** In place of an answer while the core cannot be reached: the last answer is not that of the last scan. */
function Late({ waiting }: { waiting: number }) {
  const t = useStationTexts();
  return (
    <div className="station-verdict" data-tone="warn" data-kind="late" role="alert">
      <h2><span aria-hidden="true">…</span> {t('late')}</h2>
      <p>{t('lateDo', { count: waiting })}</p>
    </div>
  );
}

/** Count of the shift, the last scans, and keys that are always there. */
function Side({ station, handing, onHanding }: { station: Station; handing: boolean; onHanding: (on: boolean) => void }) {
  const t = useStationTexts();
  const locale = useLocale();
  const [muted, setMutedState] = useState(isMuted);
  function toggle(): void {
    setMuted(!muted);
    setMutedState(!muted);
  }
  useKey('F10', toggle);
  const { desk } = station;
  return (
    <aside className="station-side">
      <div className="station-shift">
        <strong data-testid="station-today">{integer(desk?.today.here ?? 0, locale)}</strong>
        <span>{t('here')}</span>
        <span>{t('all', { count: integer(desk?.today.all ?? 0, locale) })}</span>
      </div>
      <h2>{t('recent')}</h2>
      <ol className="station-strip">
        {desk?.recent.length === 0 && <li>{t('none')}</li>}
        {desk?.recent.map((scan) => {
          const kind = scan.kind as keyof typeof outcomes;
          return (
            <li key={scan.id} data-tone={outcomes[kind]?.tone} data-undone={scan.undone}>
              <span aria-hidden="true">{outcomes[kind]?.shape}</span> {t(`kind_${scan.kind as 'packed'}`)} <span className="number">{grouped((scan.number || scan.code).slice(-8))}</span>
            </li>
          );
        })}
      </ol>
      <Button size="large" block onClick={() => onHanding(!handing)}>{t(handing ? 'close' : 'handOver')}<Key>F9</Key></Button>
      <Button size="large" block type="text" onClick={toggle} aria-pressed={muted}>{t(muted ? 'mute' : 'sound')}<Key>F10</Key></Button>
    </aside>
  );
}
