import type { Card } from '../../../common/contract/stations.ts';
import { findCarrier } from '../../../common/domain/waybills/carriers.ts';
import { useLocale } from '../../i18n/index.ts';
import { grouped, weight } from '../../ui/format.ts';
import { bandOf } from './carriers.ts';
import { useStationTexts } from './texts.ts';

/** The parcel on the desk, to be read from two metres: carrier, number, goods with their counts, what somebody wrote about it. */
export function Parcel({ card }: { card: Card }) {
  const t = useStationTexts();
  const locale = useLocale();
  const carrier = findCarrier(card.carrierCode);
  const notes = [['sellerNote', card.sellerNote], ['buyerNote', card.buyerNote], ['memo', card.memo]] as const;
  return (
    <section className="station-parcel" data-testid="station-parcel" data-state={card.state} data-number={card.number}>
      <header className="station-band" style={bandOf(card.carrierCode)}>
        <strong>{locale === 'en' ? (carrier?.nameEn ?? card.carrierName) : (carrier?.shortName ?? card.carrierName)}</strong>
        <span className="number">{grouped(card.number)}</span>
        {card.total > 1 && <span className="station-box">{t('box', { position: card.position, total: card.total })}</span>}
      </header>
      <ul className="station-lines" data-few={card.lines.length <= 3}>
        {card.lines.map((line, index) => (
          <Line key={index} line={line} counting={card.state === 'counting'} />
        ))}
      </ul>
      {(card.flag !== 'none' || notes.some(([, text]) => text !== '')) && (
        <div className="station-notes" data-flag={card.flag}>
          {card.flag !== 'none' && <span className="station-flag" role="img" aria-label={`${t('flag')} ${card.flag}`}>⚑</span>}
          {notes.map(([who, text]) => text !== '' && <p key={who}><span>{t(who)}</span> {text}</p>)}
        </div>
      )}
      {card.labels > 1 && <p className="station-warning">! {t('labels', { count: card.labels })}</p>}
      <footer className="station-facts">
        <span>{card.place}</span>
        <span>{card.receiver}</span>
        <span>{t('pieces', { count: card.pieces })}</span>
        {card.weightGrams !== null && <span>{weight(card.weightGrams, locale)}</span>}
        <span>{card.shopName}</span>
        <span className="number">{card.orders.map((order) => order.number).join(' · ')}</span>
      </footer>
    </section>
  );
}

/** Name and quantity; ×1 is quiet, more cannot be overlooked. While counting: how many of how many. */
function Line({ line, counting }: { line: Card['lines'][number]; counting: boolean }) {
  const t = useStationTexts();
  const full = line.needed !== null && line.counted >= line.needed;
  return (
    <li data-full={counting && full}>
      <span className="station-name">
        {line.name} {line.sku !== '' && <small>{line.sku}</small>}
      </span>
      {line.location !== '' && <span className="station-shelf">{line.location}</span>}
      {(counting || line.counted > 0) && (
        <span className="station-count" aria-label={`${line.counted} / ${line.needed ?? '?'}`}>
          {full ? '✓ ' : ''}
          {line.counted}/{line.needed ?? '?'}
        </span>
      )}
      <span className="station-quantity" data-many={line.needed !== 1}>
        {line.needed === null ? t('quantityUnknown') : `×${line.needed}`}
      </span>
    </li>
  );
}
