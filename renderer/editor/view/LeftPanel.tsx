/** What can be added: elements, fields with what they hold, the two tick lists; and what is there. */
import { BarcodeOutlined, BorderOutlined, ColumnHeightOutlined, FieldStringOutlined, FontSizeOutlined, LineOutlined, LockOutlined, PictureOutlined, QrcodeOutlined, TableOutlined, UnlockOutlined, UnorderedListOutlined } from '@ant-design/icons';
import { App, Button, Checkbox, Input, Tabs } from 'antd';
import { useRef, useState } from 'react';
import type { ComponentType } from 'react';
import { pickingTicks, tradeTicks, customPrefix, fillCustomArea } from '../../../common/domain/templates/custom-area.ts';
import type { PickingTick, TradeTick } from '../../../common/domain/templates/custom-area.ts';
import { useLocale } from '../../i18n/index.ts';
import { addElements, change, replaceElements, select } from '../core/commands.ts';
import { freePlace, newElement } from '../core/new-elements.ts';
import type { PaletteKind } from '../core/new-elements.ts';
import { placedElements } from '../core/tree.ts';
import { pickableFields } from './fields.ts';
import { Length, Property } from './inputs.tsx';
import { readPictureFile } from './paint.ts';
import { useEditorState, useSession } from './session.ts';
import { useDesignerTexts } from './texts.ts';

const palette: readonly { readonly kind: PaletteKind; readonly icon: ComponentType }[] = [
  { kind: 'text', icon: FontSizeOutlined }, { kind: 'field', icon: FieldStringOutlined }, { kind: 'paragraph', icon: UnorderedListOutlined },
  { kind: 'barcode', icon: BarcodeOutlined }, { kind: 'qr', icon: QrcodeOutlined }, { kind: 'table', icon: TableOutlined },
  { kind: 'line', icon: LineOutlined }, { kind: 'vline', icon: ColumnHeightOutlined }, { kind: 'box', icon: BorderOutlined },
  { kind: 'image', icon: PictureOutlined },
];

export function LeftPanel() {
  const t = useDesignerTexts();
  return (
    <Tabs
      size="small"
      tabBarGutter={10}
      items={[
        { key: 'elements', label: t('elements'), children: <Palette /> },
        { key: 'fields', label: t('fields'), children: <Fields /> },
        { key: 'ticks', label: t('ticks'), children: <TickLists /> },
        { key: 'layers', label: t('layers'), children: <Layers /> },
      ]}
    />
  );
}

function Palette() {
  const t = useDesignerTexts();
  const { message } = App.useApp();
  const { editor } = useSession();
  const file = useRef<HTMLInputElement>(null);
  function add(kind: PaletteKind): void {
    if (kind === 'image') return file.current?.click();
    const { document: label } = editor.state();
    editor.run(addElements([newElement(kind, freePlace(label), kind === 'field' ? { field: 'recipient.name', document: label } : { document: label })]));
  }
  async function addPicture(chosen: File | undefined): Promise<void> {
    if (chosen === undefined) return;
    const reading = await readPictureFile(chosen);
    if (!reading.ok) return void message.error(t(reading.reason === 'unknown' ? 'pictureUnknown' : 'pictureTooLarge'));
    const { picture } = reading;
    const element = newElement('image', freePlace(editor.state().document), { picture });
    editor.run(addElements([{ ...element, width: 30_000, height: Math.max(1_000, Math.round((30_000 * picture.height) / picture.width)) }]));
  }
  return (
    <>
      <div className="palette">
        {palette.map(({ kind, icon: Icon }) => (
          <Button key={kind} aria-label={t(kind)} onClick={() => add(kind)}>
            <Icon />
            {t(kind)}
          </Button>
        ))}
      </div>
      <input ref={file} type="file" accept="image/*" hidden aria-label={t('fileChosen')} onChange={(event) => { void addPicture(event.target.files?.[0]); event.target.value = ''; }} />
    </>
  );
}

function Fields() {
  const t = useDesignerTexts();
  const locale = useLocale();
  const { editor, data } = useSession();
  const [typed, setTyped] = useState('');
  const fields = pickableFields(data, locale).filter(({ field, title }) => `${title} ${field.path}`.toLowerCase().includes(typed.toLowerCase()));
  return (
    <>
      <Input.Search size="small" placeholder={t('searchField')} aria-label={t('searchField')} value={typed} onChange={(event) => setTyped(event.target.value)} allowClear />
      <div className="field-list">
        {fields.map(({ field, title, sample }) => (
          <button key={field.path} type="button" title={field.path} onClick={() => editor.run(addElements([newElement('field', freePlace(editor.state().document), { field: field.path })]))}>
            <span>{title}</span>
            <span className="muted">{sample}</span>
          </button>
        ))}
      </div>
    </>
  );
}

/** Ids of the tick lists' elements that are there now. */
const customIds = (ids: readonly string[]): string[] => ids.filter((id) => id.startsWith(customPrefix));

function TickLists() {
  const t = useDesignerTexts();
  const { editor } = useSession();
  const { media } = editor.state().document;
  const [picking, setPicking] = useState<PickingTick[]>(['shortName', 'sku', 'quantity', 'sequence']);
  const [trade, setTrade] = useState<TradeTick[]>([]);
  const [area, setArea] = useState({ top: Math.min(90_000, Math.round(media.height * 0.7)), height: Math.min(36_000, Math.round(media.height * 0.27)) });
  function fill(ticks: { picking: readonly PickingTick[]; trade: readonly TradeTick[] }): void {
    const margin = 4_000;
    const elements = fillCustomArea(ticks, { x: margin, y: area.top, width: editor.state().document.media.width - margin * 2, height: area.height });
    editor.run(replaceElements(customIds(placedElements(editor.state().document).map((one) => one.element.id)), elements));
  }
  return (
    <>
      <div className="section-title">{t('picking')}</div>
      <Checkbox.Group style={{ display: 'grid', gridTemplateColumns: '1fr 1fr' }} value={picking} options={pickingTicks.map((value) => ({ value, label: t(value) }))} onChange={setPicking} />
      <div className="section-title">{t('trade')}</div>
      <Checkbox.Group style={{ display: 'grid', gridTemplateColumns: '1fr 1fr' }} value={trade} options={tradeTicks.map((value) => ({ value, label: t(value) }))} onChange={setTrade} />
      <div style={{ height: 8 }} />
      <Property label={t('areaTop')}><Length label={t('areaTop')} step={1} min={0} value={area.top} onChange={(top) => setArea({ ...area, top })} /></Property>
      <Property label={t('areaHeight')}><Length label={t('areaHeight')} step={1} min={4} value={area.height} onChange={(height) => setArea({ ...area, height })} /></Property>
      <Button type="primary" size="small" onClick={() => fill({ picking, trade })}>{t('fill')}</Button>{' '}
      <Button size="small" onClick={() => fill({ picking: [], trade: [] })}>{t('clearArea')}</Button>
      <p className="muted">{t('fillHint')}</p>
    </>
  );
}

function Layers() {
  const t = useDesignerTexts();
  const { editor, point } = useSession();
  const { document: label, selection } = useEditorState(editor);
  return (
    <div>
      {placedElements(label)
        .reverse()
        .map(({ element, parents }) => (
          <div key={element.id} className="layer" style={{ paddingLeft: 4 + parents.length * 14 }} aria-current={selection.includes(element.id)}>
            <button type="button" onClick={() => editor.run(select([element.id]))} onMouseEnter={() => point(element.id)} onMouseLeave={() => point(undefined)}>
              {element.name ?? element.id} <small className="muted">{t(element.type)}</small>
            </button>
            <Button
              size="small" type="text" icon={element.locked === true ? <LockOutlined /> : <UnlockOutlined />} aria-label={t(element.locked === true ? 'unlock' : 'lock')}
              onClick={() => editor.run(change(element.id, (one) => { const { locked, ...rest } = one; return locked === true ? rest : { ...one, locked: true }; }))}
            />
          </div>
        ))}
    </div>
  );
}
