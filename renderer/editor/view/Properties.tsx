/** Properties of the selection, by hand; of the paper when nothing is selected. */
import { Checkbox, InputNumber, Segmented, Select, Slider, Space, Tag } from 'antd';
import { memo, useSyncExternalStore } from 'react';
import type { Font, LabelElement } from '../../../common/domain/label/document.ts';
import { legible } from '../../../common/domain/label/units.ts';
import { useLocale } from '../../i18n/index.ts';
import { change, changeSelected, placeAt, resizeFrom } from '../core/commands.ts';
import type { Command } from '../core/commands.ts';
import { elementName, kindOf, printsOf } from '../core/names.ts';
import { rateCode } from '../core/rating.ts';
import { findPlaced } from '../core/tree.ts';
import type { Placed, Rect } from '../core/tree.ts';
import { ConditionEditor } from './ConditionEditor.tsx';
import { ContentEditor } from './ContentEditor.tsx';
import { Length, Property, TextInput } from './inputs.tsx';
import { PaperProperties } from './PaperProperties.tsx';
import { TableProperties } from './TableProperties.tsx';
import { useSession, useSettledState } from './session.ts';
import { useDesignerTexts } from './texts.ts';

const weights = ['regular', 'medium', 'bold'] as const;

type Of<T extends LabelElement['type']> = Extract<LabelElement, { type: T }>;

export const Properties = memo(function Properties() {
  const { editor } = useSession();
  const { document: label, selection } = useSettledState();
  const [id] = selection;
  const placed = selection.length === 1 && id !== undefined ? findPlaced(label, id) : undefined;
  return (
    // Each visit to a field is one step of undo.
    <div className="designer-properties" onBlur={editor.closeMark}>
      {selection.length > 1 ? <SeveralProperties chosen={selection.flatMap((one) => findPlaced(label, one)?.element ?? [])} /> : placed === undefined ? <PaperProperties /> : <ElementProperties key={placed.element.id} element={placed.element} rect={placed.rect} />}
    </div>
  );
});

function ElementProperties({ element, rect }: { element: LabelElement; rect: Rect }) {
  const t = useDesignerTexts();
  const locale = useLocale();
  const { editor } = useSession();
  const patch = (next: Partial<LabelElement>): void => editor.run(change(element.id, (one) => ({ ...one, ...next }) as LabelElement), `property:${element.id}:${Object.keys(next).join()}`);
  // Counted from where it is now: the form shows the place of a moment ago.
  const now = (act: (placed: Placed) => Command): Command => (scene) => {
    const placed = findPlaced(scene.document, element.id);
    return placed === undefined ? scene : act(placed)(scene);
  };
  const place = (next: Partial<Rect>): void => editor.run(now((placed) => placeAt(new Map([[element.id, { ...placed.rect, ...next }]]))), `property:${element.id}:place`);
  const resize = (next: Partial<Rect>): void => editor.run(now((placed) => resizeFrom([placed], placed.rect, { ...placed.rect, ...next })), `property:${element.id}:size`);
  const locked = element.locked === true;
  return (
    <>
      <div className="section-title"><Tag>{t(kindOf(element))}</Tag> {elementName(element, locale)}</div>
      <Property label={t('name')}><TextInput label={t('name')} longest={80} value={element.name ?? ''} placeholder={printsOf(element, locale)} onChange={(name) => patch({ name: name === '' ? undefined : name })} /></Property>
      <Property label={t('position')}>
        <div className="property-pair">
          <Length label="x" value={rect.x} onChange={(x) => place({ x })} disabled={locked} />
          <Length label="y" value={rect.y} onChange={(y) => place({ y })} disabled={locked} />
        </div>
      </Property>
      <Property label={t('size')}>
        <div className="property-pair">
          <Length label={`${t('size')} ${t('width')}`} min={0.25} value={rect.width} onChange={(width) => resize({ width })} disabled={locked || (element.type === 'line' && element.direction === 'vertical')} />
          <Length label={`${t('size')} ↕`} min={0.25} value={rect.height} onChange={(height) => resize({ height })} disabled={locked || (element.type === 'line' && element.direction === 'horizontal')} />
        </div>
      </Property>
      {element.type === 'group' && <p className="muted">{t('groupHint')}</p>}
      {'content' in element && (
        <>
          <div className="section-title">{t('content')}</div>
          <ContentEditor content={element.content} onChange={(content) => patch({ content })} />
        </>
      )}
      {(element.type === 'text' || element.type === 'paragraph') && <WritingProperties element={element} patch={patch} />}
      {(element.type === 'barcode' || element.type === 'qr') && <CodeProperties element={element} patch={patch} />}
      {element.type === 'line' && <LineProperties element={element} patch={patch} />}
      {element.type === 'box' && (
        <>
          <Property label={t('thickness')}><Length label={t('thickness')} min={0.125} value={element.thickness} onChange={(thickness) => patch({ thickness })} /></Property>
          <Property label={t('filled')}><Checkbox aria-label={t('filled')} checked={element.filled} onChange={(event) => patch({ filled: event.target.checked })} /></Property>
        </>
      )}
      {element.type === 'image' && <ImageProperties element={element} patch={patch} />}
      {element.type === 'table' && <TableProperties element={element} patch={patch} />}
      <div className="section-title">{t('condition')}</div>
      <ConditionEditor condition={element.when} onChange={(when) => patch({ when })} />
      <Property label={t('logo')}>
        <Select
          size="small" aria-label={t('logo')} style={{ width: '100%' }} value={element.logo ?? 'none'}
          options={[{ value: 'none', label: t('logoNone') }, { value: 'upper', label: t('logoUpper') }, { value: 'lower', label: t('logoLower') }]}
          onChange={(logo) => patch({ logo: logo === 'none' ? undefined : (logo as 'upper' | 'lower') })}
        />
      </Property>
    </>
  );
}

type Patch<T> = (next: Partial<T>) => void;

function WritingProperties({ element, patch }: { element: Of<'text'> | Of<'paragraph'>; patch: Patch<LabelElement> }) {
  const t = useDesignerTexts();
  const { font, fit } = element;
  return (
    <>
      <Property label={t('fontSize')}><Length label={t('fontSize')} min={0.5} value={font.size} onChange={(size) => patch({ font: { ...font, size } })} /></Property>
      <Property label={t('weight')}><Segmented size="small" value={font.weight} options={weights.map((value) => ({ value, label: t(value) }))} onChange={(weight) => patch({ font: { ...font, weight: weight as typeof font.weight } })} /></Property>
      <Property label={t('spacing')}><Length label={t('spacing')} value={font.spacing} onChange={(spacing) => patch({ font: { ...font, spacing } })} /></Property>
      <Property label={t('align')}><Segmented size="small" value={element.align} options={(['left', 'center', 'right'] as const).map((value) => ({ value, label: t(value) }))} onChange={(align) => patch({ align: align as typeof element.align })} /></Property>
      <Property label={t('valign')}><Segmented size="small" value={element.valign} options={(['top', 'middle', 'bottom'] as const).map((value) => ({ value, label: t(value) }))} onChange={(valign) => patch({ valign: valign as typeof element.valign })} /></Property>
      <Property label={t('padding')}><Length label={t('padding')} min={0} value={element.padding} onChange={(padding) => patch({ padding })} /></Property>
      <Property label={t('reverse')}><Checkbox aria-label={t('reverse')} checked={element.reverse} onChange={(event) => patch({ reverse: event.target.checked })} /></Property>
      <Property label={t('fit')}>
        <Select
          size="small" aria-label={t('fit')} style={{ width: '100%' }} value={fit.kind}
          options={[{ value: 'none', label: t('fitNone') }, { value: 'shrink', label: t('fitShrink') }, { value: 'clamp', label: t('fitClamp') }]}
          onChange={(kind) => patch({ fit: kind === 'shrink' ? { kind, smallest: Math.min(legible, font.size), then: 'clamp' } : { kind: kind as 'none' | 'clamp' } })}
        />
      </Property>
      {fit.kind === 'shrink' && (
        <Property label={t('fitShrink')}>
          <div className="property-pair">
            <Length label={t('fitShrink')} min={0.5} value={fit.smallest} onChange={(smallest) => patch({ fit: { ...fit, smallest } })} />
            <Select size="small" aria-label={t('then')} value={fit.then} options={[{ value: 'none' as const, label: t('fitNone') }, { value: 'clamp' as const, label: t('fitClamp') }]} onChange={(then) => patch({ fit: { ...fit, then } })} />
          </div>
        </Property>
      )}
      {element.type === 'paragraph' && (
        <>
          <Property label={t('lineHeight')}><InputNumber size="small" aria-label={t('lineHeight')} min={80} max={400} value={element.lineHeight} onChange={(lineHeight) => lineHeight !== null && patch({ lineHeight } as Partial<LabelElement>)} /></Property>
          <Property label={t('maxLines')}><InputNumber size="small" aria-label={t('maxLines')} min={1} max={500} value={element.maxLines ?? null} onChange={(maxLines) => patch({ maxLines: maxLines ?? undefined } as Partial<LabelElement>)} /></Property>
        </>
      )}
    </>
  );
}

function CodeProperties({ element, patch }: { element: Of<'barcode'> | Of<'qr'>; patch: Patch<LabelElement> }) {
  const t = useDesignerTexts();
  const { settled, picture } = useSession();
  const label = useSyncExternalStore(settled.subscribe, picture.get);
  const rating = label === undefined ? undefined : rateCode(label, element.id);
  const marks = { good: '✓', fair: '○', poor: '✕' } as const;
  return (
    <>
      {element.type === 'barcode' ? (
        <>
          <Property label={t('symbology')}><Select size="small" aria-label={t('symbology')} style={{ width: '100%' }} value={element.symbology} options={(['code128', 'ean13', 'ean8', 'code39', 'itf14'] as const).map((value) => ({ value, label: value }))} onChange={(symbology) => patch({ symbology } as Partial<LabelElement>)} /></Property>
          <Property label={t('caption')}>
            <Space>
              <Checkbox aria-label={t('caption')} checked={element.caption !== undefined} onChange={(event) => patch({ caption: event.target.checked ? { size: 3_000, weight: 'medium', group: 4, gap: 400 } : undefined } as Partial<LabelElement>)} />
              {element.caption !== undefined && <Length label={t('fontSize')} min={0.5} value={element.caption.size} onChange={(size) => patch({ caption: { ...element.caption, size } } as Partial<LabelElement>)} />}
            </Space>
          </Property>
          {element.caption !== undefined && <Property label={t('captionGroup')}><InputNumber size="small" style={{ width: '100%' }} aria-label={t('captionGroup')} min={0} max={20} value={element.caption.group} onChange={(group) => group !== null && patch({ caption: { ...element.caption, group } } as Partial<LabelElement>)} /></Property>}
          <Property label={t('align')}><Segmented size="small" value={element.align} options={(['left', 'center', 'right'] as const).map((value) => ({ value, label: t(value) }))} onChange={(align) => patch({ align } as Partial<LabelElement>)} /></Property>
          <Checkbox className="lone-check" aria-label={t('spare')} checked={element.spare} onChange={(event) => patch({ spare: event.target.checked } as Partial<LabelElement>)}>{t('spare')}</Checkbox>
        </>
      ) : (
        <Property label={t('level')}><Segmented size="small" value={element.level} options={['L', 'M', 'Q', 'H']} onChange={(level) => patch({ level } as Partial<LabelElement>)} /></Property>
      )}
      <Property label={t('largestModule')}><Length label={t('largestModule')} min={0.1} value={element.largestModule} onChange={(largestModule) => patch({ largestModule } as Partial<LabelElement>)} /></Property>
      <Property label={t('codeRating')}>
        {rating === undefined ? '—' : (
          <span>
            <Tag>{marks[rating.rating]} {t(rating.rating)}</Tag>
            <small>{t('codeFacts', { dots: rating.moduleDots, mm: rating.moduleMillimetres.toFixed(3), width: rating.widthMillimetres.toFixed(1) })}</small>
          </span>
        )}
      </Property>
    </>
  );
}

function LineProperties({ element, patch }: { element: Of<'line'>; patch: Patch<LabelElement> }) {
  const t = useDesignerTexts();
  const thick = (thickness: number): void => patch({ thickness, ...(element.direction === 'horizontal' ? { height: thickness } : { width: thickness }) } as Partial<LabelElement>);
  return (
    <>
      <Property label={t('thickness')}><Length label={t('thickness')} min={0.125} value={element.thickness} onChange={thick} /></Property>
      <Property label={t('dash')}><Checkbox aria-label={t('dash')} checked={element.dash !== undefined} onChange={(event) => patch({ dash: event.target.checked ? { on: 1_500, off: 1_000 } : undefined } as Partial<LabelElement>)} /></Property>
    </>
  );
}

function ImageProperties({ element, patch }: { element: Of<'image'>; patch: Patch<LabelElement> }) {
  const t = useDesignerTexts();
  return (
    <>
      <Property label={t('method')}><Segmented size="small" value={element.method} options={[{ value: 'threshold', label: t('thresholdMethod') }, { value: 'dither', label: t('dither') }]} onChange={(method) => patch({ method } as Partial<LabelElement>)} /></Property>
      <Property label={t('threshold')}><Slider aria-label={t('threshold')} min={1} max={255} value={element.threshold} onChange={(threshold) => patch({ threshold } as Partial<LabelElement>)} /></Property>
      <Property label={t('scaling')}><Segmented size="small" value={element.scaling} options={[{ value: 'contain', label: t('contain') }, { value: 'stretch', label: t('stretch') }]} onChange={(scaling) => patch({ scaling } as Partial<LabelElement>)} /></Property>
    </>
  );
}

/** Size and weight of all letters among the chosen. */
function SeveralProperties({ chosen }: { chosen: readonly LabelElement[] }) {
  const t = useDesignerTexts();
  const { editor } = useSession();
  const writing = chosen.flatMap((element) => ('font' in element ? [element.font] : []));
  const [first] = writing;
  const set = (font: Partial<Font>): void => editor.run(changeSelected((element) => ('font' in element ? { ...element, font: { ...element.font, ...font } } : element)), `several:${Object.keys(font).join()}`);
  return (
    <>
      <div className="section-title">{t('several', { count: chosen.length })}</div>
      {first === undefined ? <p className="muted">{t('severalHint')}</p> : (
        <>
          <Property label={t('fontSize')}><Length label={t('fontSize')} min={0.5} value={first.size} onChange={(size) => set({ size })} /></Property>
          <Property label={t('weight')}><Segmented size="small" value={writing.every((one) => one.weight === first.weight) ? first.weight : ''} options={weights.map((value) => ({ value, label: t(value) }))} onChange={(weight) => set({ weight: weight as Font['weight'] })} /></Property>
        </>
      )}
    </>
  );
}
