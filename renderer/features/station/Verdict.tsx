import type { Answer, Card } from '../../../common/contract/stations.ts';
import { useLocale } from '../../i18n/index.ts';
import { grouped, moment } from '../../ui/format.ts';
import { outcomes } from './outcome.ts';
import { useStationTexts } from './texts.ts';

type T = ReturnType<typeof useStationTexts>;

/** Pieces not in the box yet; undefined when the file did not say how many there are. */
function toGo(card: Card): number | undefined {
  if (card.lines.some((line) => line.needed === null)) return undefined;
  return card.lines.reduce((sum, line) => sum + Math.max(0, (line.needed ?? 0) - line.counted), 0);
}

function alarmOf(card: Card): 'refunded' | 'closed' | 'address' | 'goods' {
  const alarms = card.orders.map((order) => order.alarm);
  return (['refunded', 'closed', 'address', 'goods'] as const).find((one) => alarms.includes(one)) ?? 'refunded';
}

/** What the scan was, in one large line, and what to do now. */
function wordsOf(answer: Answer, t: T, at: (iso: string) => string): readonly [head: string, rest?: string] {
  switch (answer.kind) {
    case 'packed':
      return [t(answer.how === 'label' ? 'packed' : `packed_${answer.how}`)];
    case 'counted': {
      const left = toGo(answer.card);
      if (left === undefined) return [t('countedUnknown')];
      return [left === 0 ? t('countedFull') : t('counted', { count: left })];
    }
    case 'alarm': {
      const alarm = alarmOf(answer.card);
      return [`${t('alarm')} · ${t(`alarm_${alarm}`)}`, `${t(`alarmDo_${alarm}`)}${answer.card.orders.some((order) => order.boxes > 1) ? ` ${t('boxes')}` : ''}`];
    }
    case 'held':
      return [t('held'), `${answer.card.by} ${answer.card.at === '' ? '' : at(answer.card.at)} ${t('heldDo', { reason: answer.card.orders.find((order) => order.held !== '')?.held ?? '' })}`];
    case 'wrong_goods': {
      const goods = answer.goods.map((one) => (one.quantity > 1 ? `${one.name} ×${one.quantity}` : one.name)).join(' · ');
      return [t('wrong_goods'), t(`wrong_${answer.why}`, { goods })];
    }
    case 'unfinished': {
      const left = toGo(answer.card);
      return [t('unfinished'), left === 0 ? t('unfinishedNoLabel') : t('unfinishedDo', { count: left ?? '?' })];
    }
    case 'void':
      return [t('void'), `${t('voidDo', { by: answer.by, at: answer.at === '' ? '' : at(answer.at), reason: answer.reason })} ${answer.instead === '' ? '' : t('voidInstead', { number: grouped(answer.instead) })}`];
    case 'duplicate':
      if (answer.card.state === 'handed') return [t('handed'), answer.card.by === '' ? undefined : t('handedBy', { by: answer.card.by })] as const satisfies readonly [string, string?];
      return [t('duplicate'), t('duplicateBy', { by: answer.card.by, at: at(answer.card.at), station: answer.card.station })];
    case 'elsewhere':
      return [t('elsewhere'), t('elsewhereDo', { by: answer.card.by, station: answer.card.station })];
    case 'not_printed':
      return [t('not_printed'), t('notPrintedDo')];
    case 'no_parcel':
      return [t('no_parcel'), t('noParcelDo')];
    case 'unknown':
      return [t('unknown'), t('unknownDo', { code: answer.code })];
    case 'order':
      return [t('order', { order: answer.order }), answer.boxes.length <= 1 ? t('orderNone') : t('orderBoxes', { count: answer.boxes.length })];
    case 'undone':
      return [t('undone'), t('undoneDo')];
    case 'cannot_undo':
      return [t('cannot_undo'), t(`cannot_${answer.why}`)];
    case 'repeated':
      return [''];
    default:
      return [t(answer.kind)];
  }
}

export function Verdict({ answer }: { answer: Answer | undefined }) {
  const t = useStationTexts();
  const locale = useLocale();
  if (answer === undefined || answer.kind === 'put_down') {
    return (
      <div className="station-verdict" data-tone="calm" role="status">
        <h2>{t('scanNow')}</h2>
        <p>{t('scanHint')}</p>
      </div>
    );
  }
  const { tone, shape } = outcomes[answer.kind];
  const [head, rest] = wordsOf(answer, t, (iso) => moment(iso, locale));
  return (
    <div className="station-verdict" data-tone={tone} data-kind={answer.kind} role={tone === 'wrong' ? 'alert' : 'status'}>
      <h2>
        <span aria-hidden="true">{shape}</span> {head}
      </h2>
      {rest !== undefined && <p>{rest}</p>}
    </div>
  );
}
