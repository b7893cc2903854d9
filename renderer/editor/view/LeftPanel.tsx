/** What can be added: elements, fields with what they hold, the two tick lists; and what is there. */
import { Button, Input, Tabs } from 'antd';
import { memo, useRef, useState } from 'react';
import type { DragEvent } from 'react';
import { useLocale } from '../../i18n/index.ts';
import { addElements } from '../core/commands.ts';
import { dropType, freePlace, newElement, newPicture, paletteKinds } from '../core/new-elements.ts';
import type { DropPacket, PaletteKind } from '../core/new-elements.ts';
import { pickableFields } from './fields.ts';
import { kindIcons } from './kinds.tsx';
import { Layers } from './Layers.tsx';
import { usePictureFile } from './picture-file.ts';
import { useSession } from './session.ts';
import { TickLists } from './TickLists.tsx';
import { useDesignerTexts } from './texts.ts';

/** Hands an element over to the canvas when it is dropped there. */
function drag(event: DragEvent, packet: DropPacket): void {
  event.dataTransfer.setData(dropType, JSON.stringify(packet));
  event.dataTransfer.effectAllowed = 'copy';
}

export const LeftPanel = memo(function LeftPanel() {
  const t = useDesignerTexts();
  const [open, setOpen] = useState('elements');
  return (
    <Tabs
      activeKey={open}
      onChange={setOpen}
      size="small"
      tabBarGutter={10}
      items={[
        { key: 'elements', label: t('elements'), children: <Palette /> },
        { key: 'fields', label: t('fields'), children: <Fields /> },
        { key: 'ticks', label: t('ticks'), children: <TickLists shown={open === 'ticks'} /> },
        { key: 'layers', label: t('layers'), children: <Layers /> },
      ]}
    />
  );
});

function Palette() {
  const t = useDesignerTexts();
  const readPicture = usePictureFile();
  const { editor } = useSession();
  const file = useRef<HTMLInputElement>(null);
  function add(kind: PaletteKind): void {
    if (kind === 'image') return file.current?.click();
    const { document: label } = editor.state();
    editor.run(addElements([newElement(kind, freePlace(label), kind === 'field' ? { field: 'recipient.name', document: label } : { document: label, words: t('text') })]));
  }
  async function addPicture(chosen: File | undefined): Promise<void> {
    if (chosen === undefined) return;
    const picture = await readPicture(chosen);
    if (picture === undefined) return;
    const { x, y } = freePlace(editor.state().document);
    editor.run(addElements([newPicture(picture, { x: x + 15_000, y: y + 7_500 })]));
  }
  return (
    <>
      <div className="palette">
        {paletteKinds.map((kind) => {
          const Icon = kindIcons[kind];
          return (
            <Button key={kind} aria-label={t(kind)} draggable={kind !== 'image'} onDragStart={(event) => kind !== 'image' && drag(event, kind === 'field' ? { kind, field: 'recipient.name' } : { kind })} onClick={() => add(kind)}>
              <Icon />
              {t(kind)}
            </Button>
          );
        })}
      </div>
      <p className="muted">{t('paletteHint')}</p>
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
          <button key={field.path} type="button" title={`${title}  ${sample}`} draggable onDragStart={(event) => drag(event, { kind: 'field', field: field.path })} onClick={() => editor.run(addElements([newElement('field', freePlace(editor.state().document), { field: field.path })]))}>
            <span>{title}</span>
            <span className="muted">{sample}</span>
          </button>
        ))}
      </div>
    </>
  );
}
