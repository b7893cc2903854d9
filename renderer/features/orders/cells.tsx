/** What stands in the cells of the orders table: colour, shape and word together, never colour alone. */
import { LockOutlined, PauseCircleOutlined } from '@ant-design/icons';
import type { OrderSummary } from '../../../common/contract/orders.ts';
import { deadlineForm } from '../../../common/domain/orders/deadline.ts';
import type { Locale } from '../../../common/error-texts.ts';
import { grouped } from '../../ui/format.ts';
import { State } from '../../ui/State.tsx';
import { carrierName, useReason } from '../carriers/names.ts';
import type { LabelState } from '../../ui/State.tsx';
import { useOrdersTexts } from './texts.ts';

type Alarm = 'refunded' | 'closed' | 'address' | 'goods';
const shapes: Readonly<Record<OrderSummary['flag'], string>> = { none: '', red: '⚑', yellow: '▲', green: '●', blue: '■', purple: '◆' };

export function Flag({ flag }: { flag: OrderSummary['flag'] }) {
  const t = useOrdersTexts();
  if (flag === 'none') return null;
  return (
    <span className="order-flag" data-flag={flag}>
      {shapes[flag]}
      {t(flag)}
    </span>
  );
}

export function Receiver({ order }: { order: OrderSummary }) {
  const t = useOrdersTexts();
  const { receiver, receiverState } = order;
  const place = `${receiver.city.replace(/市$/, '')}${receiver.district}`;
  return (
    <>
      {order.boxes > 1 && <span className="parcel-mark">{t('boxes', { count: order.boxes })}</span>}
      {order.together > 1 && <span className="parcel-mark">{t('together', { count: order.together })}</span>}
      {order.together === 1 && order.mergeable > 0 && <span className="parcel-mark muted">{t('mergeable', { count: order.mergeable })}</span>}
      {(order.boxes > 1 || order.together > 1 || order.mergeable > 0) && ' '}
      {receiver.name} <span className="muted">{receiver.phone}</span> {place}
      {receiverState !== 'full' && <span style={{ color: 'var(--state-failed)' }}> ✕ {t(receiverState)}</span>}
    </>
  );
}

export function Notes({ order }: { order: OrderSummary }) {
  const text = [order.memo, order.sellerNote, order.buyerNote].filter((note) => note !== '').join(' · ');
  return (
    <span title={text}>
      <Flag flag={order.flag} />
      {text}
    </span>
  );
}

/** Who carries it and why; what the rules would choose is set off from what stands. */
export function CarrierWhy({ order, locale }: { order: OrderSummary; locale: Locale }) {
  const t = useOrdersTexts();
  const reason = useReason(locale);
  const { carrierCode, carrierReason, proposed } = order;
  if (carrierCode !== '') {
    return (
      <span title={reason(carrierReason)}>
        {carrierName(carrierCode, locale)}
        {carrierReason !== '' && <span className="muted"> · {reason(carrierReason)}</span>}
      </span>
    );
  }
  if (proposed === null) return <span className="muted">{order.platformCarrier}</span>;
  const why = reason(proposed.reason);
  // Nobody chose and no rule is there to choose: nothing is wrong yet.
  if (proposed.reason === 'none') return <span className="muted">{why}</span>;
  if (proposed.carrierCode === '') return <span style={{ color: 'var(--state-unknown)' }}>? {why}</span>;
  return (
    <span className="muted" title={`${t('proposed')}: ${why}`}>
      {[proposed.carrierCode, ...proposed.also].map((code) => carrierName(code, locale)).join(' + ')} · {why}
    </span>
  );
}

/** The latest time to ship as people say it; pressing only while the parcel still waits. */
export function Due({ order, now }: { order: OrderSummary; now: string }) {
  const t = useOrdersTexts();
  const form = deadlineForm(order.shipBy, now);
  if (form === undefined) return null;
  const plain = `${form.date} ${form.time}`;
  if (!['to_print', 'problem', 'held'].includes(order.stage)) return <span className="muted">{plain}</span>;
  const values = { date: form.date, time: form.time };
  if (form.kind === 'late') return <span className="due-late" title={plain}>✕ {t('due_late', values)}</span>;
  if (form.kind === 'today') return <span className="due-today" title={plain}>◔ {t('due_today', values)}</span>;
  return <span title={plain}>{t(form.kind === 'tomorrow' ? 'due_tomorrow' : 'due_later', values)}</span>;
}

export function Waybill({ order }: { order: OrderSummary }) {
  const t = useOrdersTexts();
  if (order.waybill === '') return <span className="number muted">{order.platformWaybill === '' ? '—' : grouped(order.platformWaybill)}</span>;
  return (
    <span className="number">
      {grouped(order.waybill)}
      {order.boxes > 1 && <span className="muted"> {t('moreBoxes', { count: order.boxes })}</span>}
    </span>
  );
}

/** Word of an alarm; the badge of the row and of the side panel. */
export function AlarmBadge({ alarm }: { alarm: string }) {
  const t = useOrdersTexts();
  return <span className="alarm-badge" role="status">! {t(`alarm_${alarm as Alarm}`)}</span>;
}

/** Where the order stands, and what keeps it from going on. */
export function OrderState({ order }: { order: OrderSummary }) {
  const t = useOrdersTexts();
  return (
    <>
      {order.lock !== null && !order.lock.own && (
        <span className="state" style={{ color: 'var(--state-sending)' }}>
          <LockOutlined /> {t('editing', { by: order.lock.by || t('someone') })}
        </span>
      )}{' '}
      {order.alarm !== '' ? <AlarmBadge alarm={order.alarm} /> : <StageWord order={order} />}
    </>
  );
}

const marks: Readonly<Record<OrderSummary['stage'], LabelState>> = { waiting: 'waiting', to_print: 'waiting', problem: 'failed', held: 'unknown', printed: 'printed', handed: 'confirmed', ended: 'waiting' };

function StageWord({ order }: { order: OrderSummary }) {
  const t = useOrdersTexts();
  if (order.stage === 'held') {
    return (
      <span className="state" style={{ color: 'var(--state-unknown)' }} title={order.held}>
        <PauseCircleOutlined /> {order.held}
      </span>
    );
  }
  return <State state={marks[order.stage]} text={wordOf(order, t)} />;
}

/** A problem says which, an ended one why; the others say their tab. */
function wordOf(order: OrderSummary, t: ReturnType<typeof useOrdersTexts>): string {
  if (order.stage === 'problem') {
    if (order.refund === 'asked') return t('refundAsked');
    if (order.receiverState !== 'full') return t(order.receiverState);
    return order.statusText || t('unknownStatus');
  }
  if (order.stage !== 'ended') return t(order.stage);
  if (order.cancelled !== '') return t('cancelled', { reason: order.cancelled });
  if (order.pickup) return t('pickup');
  return order.refund === 'done' ? t('refundDone') : order.statusText || t('ended');
}
