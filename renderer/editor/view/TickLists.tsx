/** The two tick lists of the trade: what is ticked stands in the custom area, which is shown on the label meanwhile. */
import { Button, Checkbox, Space } from 'antd';
import { useEffect, useState } from 'react';
import { pickingTicks, tradeTicks } from '../../../common/domain/templates/custom-area.ts';
import type { Ticks } from '../../../common/domain/templates/custom-area.ts';
import { fillTicks, readCustomArea, usualArea } from '../core/ticks.ts';
import { outermost, unionOf } from '../core/tree.ts';
import type { Rect } from '../core/tree.ts';
import { Length, Property } from './inputs.tsx';
import { useSession, useSettledState } from './session.ts';
import { useDesignerTexts } from './texts.ts';

const usualTicks: Ticks = { picking: ['shortName', 'sku', 'quantity', 'sequence'], trade: [] };

/** `shown`: the lists are in view, and so is their area on the label. */
export function TickLists({ shown }: { shown: boolean }) {
  const t = useDesignerTexts();
  const { editor, area: marked } = useSession();
  const { document: label, selection } = useSettledState();
  const [start] = useState(() => readCustomArea(label));
  const [ticks, setTicks] = useState<Ticks>(start?.ticks ?? usualTicks);
  const [area, setArea] = useState<Rect>(start?.area ?? usualArea(label));
  /** Elements whose place was taken over: filling takes it from them. */
  const [instead, setInstead] = useState<readonly string[]>([]);
  useEffect(() => {
    marked.set(shown ? area : undefined);
    return () => marked.set(undefined);
  }, [marked, shown, area]);
  const filled = readCustomArea(label) !== undefined;
  const chosen = outermost(label, selection);
  function fill(next: Ticks, where: Rect): void {
    editor.run(fillTicks(next, where, instead));
    setInstead([]);
  }
  function tick(next: Ticks): void {
    setTicks(next);
    if (filled) fill(next, area);
  }
  function place(next: Partial<Rect>): void {
    const where = { ...area, ...next };
    setArea(where);
    if (filled) fill(ticks, where);
  }
  function takeOver(): void {
    const frame = unionOf(chosen.map((one) => one.rect));
    if (frame === undefined) return;
    setArea(frame);
    setInstead(chosen.map((one) => one.element.id));
  }
  return (
    <>
      <div className="section-title">{t('picking')}</div>
      <Checkbox.Group className="ticks" value={[...ticks.picking]} options={pickingTicks.map((value) => ({ value, label: t(value) }))} onChange={(picking) => tick({ ...ticks, picking })} />
      <div className="section-title">{t('trade')}</div>
      <Checkbox.Group className="ticks" value={[...ticks.trade]} options={tradeTicks.map((value) => ({ value, label: t(value) }))} onChange={(trade) => tick({ ...ticks, trade })} />
      <div className="section-title">{t('customArea')}</div>
      <Property label={t('areaTop')}><Length label={t('areaTop')} step={1} min={0} value={area.y} onChange={(y) => place({ y })} /></Property>
      <Property label={t('areaHeight')}><Length label={t('areaHeight')} step={1} min={4} value={area.height} onChange={(height) => place({ height })} /></Property>
      <Button size="small" block disabled={chosen.length === 0} onClick={takeOver}>{t('areaFromSelection')}</Button>
      <p className="muted">{t(instead.length > 0 ? 'areaInstead' : 'areaHint', { count: instead.length })}</p>
      <Space size={6} wrap>
        <Button type="primary" size="small" onClick={() => fill(ticks, area)}>{t('fill')}</Button>
        <Button size="small" disabled={!filled} onClick={() => editor.run(fillTicks({ picking: [], trade: [] }, area))}>{t('clearArea')}</Button>
      </Space>
      <p className="muted">{t('fillHint')}</p>
    </>
  );
}
