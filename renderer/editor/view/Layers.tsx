/** Everything on the label, topmost first, by what it prints. A double click or F2 gives it another name. */
import { LockOutlined, UnlockOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { memo, useEffect, useRef, useState } from 'react';
import type { LabelElement } from '../../../common/domain/label/document.ts';
import { useLocale } from '../../i18n/index.ts';
import { change, lock, select } from '../core/commands.ts';
import { elementName, kindOf, printsOf } from '../core/names.ts';
import { placedElements } from '../core/tree.ts';
import { kindIcons } from './kinds.tsx';
import { useSession, useSettledState } from './session.ts';
import { useDesignerTexts } from './texts.ts';

export function Layers() {
  const { document: label, selection } = useSettledState();
  return (
    <div className="layers">
      {placedElements(label).toReversed().map(({ element, parents }) => <Layer key={element.id} element={element} depth={parents.length} chosen={selection.includes(element.id)} alone={selection.length === 1} />)}
    </div>
  );
}

interface LayerProps {
  readonly element: LabelElement;
  readonly depth: number;
  readonly chosen: boolean;
  readonly alone: boolean;
}

const Layer = memo(function Layer({ element, depth, chosen, alone }: LayerProps) {
  const t = useDesignerTexts();
  const locale = useLocale();
  const { editor, pointed } = useSession();
  const [renaming, setRenaming] = useState(false);
  const row = useRef<HTMLDivElement>(null);
  // What is chosen on the canvas is found in the list.
  useEffect(() => {
    if (chosen && alone) row.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen, alone]);
  const kind = kindOf(element);
  const Icon = kindIcons[kind];
  const locked = element.locked === true;
  function choose(event: { shiftKey: boolean; ctrlKey: boolean; metaKey: boolean }): void {
    const { selection } = editor.state();
    if (!event.shiftKey && !event.ctrlKey && !event.metaKey) editor.run(select([element.id]));
    else editor.run(select(chosen ? selection.filter((id) => id !== element.id) : [...selection, element.id]));
  }
  function rename(name: string): void {
    setRenaming(false);
    if (name.trim() === (element.name ?? '')) return;
    editor.run(change(element.id, (one) => ({ ...one, name: name.trim() === '' ? undefined : name.trim() })));
  }
  return (
    <div ref={row} className="layer" style={{ paddingLeft: 4 + depth * 14 }} aria-current={chosen}>
      <span className="layer-kind" title={t(kind)}><Icon /></span>
      {renaming ? (
        <Input
          size="small" autoFocus aria-label={t('name')} maxLength={80} defaultValue={element.name ?? ''} placeholder={printsOf(element, locale)}
          onBlur={(event) => rename(event.target.value)} onPressEnter={(event) => rename(event.currentTarget.value)}
          onKeyDown={(event) => { if (event.key === 'Escape') { event.stopPropagation(); setRenaming(false); } }}
        />
      ) : (
        <button type="button" title={t('layerHint')} onClick={choose} onDoubleClick={() => setRenaming(true)} onKeyDown={(event) => event.key === 'F2' && setRenaming(true)} onMouseEnter={() => pointed.set(element.id)} onMouseLeave={() => pointed.set(undefined)}>
          <small className="muted">{t(kind)}</small> {elementName(element, locale)}
        </button>
      )}
      <button
        type="button" className={locked ? 'layer-lock locked' : 'layer-lock'} aria-label={`${t(locked ? 'unlock' : 'lock')} ${elementName(element, locale)}`} aria-pressed={locked}
        onClick={() => editor.run(lock([element.id], !locked))}
      >
        {locked ? <LockOutlined /> : <UnlockOutlined />}
      </button>
    </div>
  );
});
