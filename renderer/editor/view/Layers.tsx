/** Everything on the label, topmost first, by what it prints. Dragged up and down, or moved with Alt and the arrows; a double click or F2 renames. */
import { LockOutlined, UnlockOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { memo, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { DragEvent, KeyboardEvent } from 'react';
import type { LabelElement } from '../../../common/domain/label/document.ts';
import { useLocale } from '../../i18n/index.ts';
import { change, lock, restack, select } from '../core/commands.ts';
import { elementName, kindOf, printsOf } from '../core/names.ts';
import { layersOf, stackBeside } from '../core/stacking.ts';
import type { Beside } from '../core/stacking.ts';
import { kindIcons } from './kinds.tsx';
import { useSession, useSettledState } from './session.ts';
import { useDesignerTexts } from './texts.ts';

interface Drop {
  readonly target: string;
  readonly side: Beside;
}

export function Layers() {
  const { editor } = useSession();
  const { document: label, selection } = useSettledState();
  const layers = useMemo(() => layersOf(label), [label]);
  const dragged = useRef<readonly string[]>([]);
  const [drop, setDrop] = useState<Drop | undefined>(undefined);
  const hand = useMemo<Hand>(() => {
    const end = (): void => {
      dragged.current = [];
      setDrop(undefined);
    };
    return {
      take(id) {
        const chosen = editor.state().selection;
        dragged.current = chosen.includes(id) ? chosen : [id];
      },
      over(next) {
        if (dragged.current.length === 0) return false;
        setDrop((now) => (now?.target === next.target && now.side === next.side ? now : next));
        return true;
      },
      put(at) {
        if (dragged.current.length > 0) editor.run(stackBeside(dragged.current, at.target, at.side));
        end();
      },
      end,
    };
  }, [editor]);
  return (
    <div className="layers">
      {layers.map(({ element, parents }) => <Layer key={element.id} element={element} depth={parents.length} chosen={selection.includes(element.id)} alone={selection.length === 1} drop={drop?.target === element.id ? drop.side : undefined} hand={hand} />)}
    </div>
  );
}

/** What a row tells while layers are dragged. */
interface Hand {
  take(id: string): void;
  /** True when something of this list is in the hand. */
  over(drop: Drop): boolean;
  put(drop: Drop): void;
  end(): void;
}

interface LayerProps {
  readonly element: LabelElement;
  readonly depth: number;
  readonly chosen: boolean;
  readonly alone: boolean;
  /** Where the hand would let go, when it is over this row. */
  readonly drop: Beside | undefined;
  readonly hand: Hand;
}

/** The upper half of a row is over its element, the lower half under it, or in it where it is a group. */
function sideAt(event: DragEvent, element: LabelElement): Beside {
  const { top, height } = event.currentTarget.getBoundingClientRect();
  return event.clientY < top + height / 2 ? 'over' : element.type === 'group' ? 'inside' : 'under';
}

const Layer = memo(function Layer({ element, depth, chosen, alone, drop, hand }: LayerProps) {
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
  const onKey = useCallback((event: KeyboardEvent): void => {
    if (event.key === 'F2') setRenaming(true);
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    event.stopPropagation();
    if (!editor.state().selection.includes(element.id)) editor.run(select([element.id]));
    editor.run(restack(event.key === 'ArrowUp' ? 'forward' : 'backward'));
  }, [editor, element.id]);
  return (
    <div
      ref={row} className={drop === undefined ? 'layer' : `layer drop-${drop}`} style={{ paddingLeft: 4 + depth * 14 }} aria-current={chosen} draggable={!renaming}
      onDragStart={(event) => { hand.take(element.id); event.dataTransfer.effectAllowed = 'move'; event.dataTransfer.setData('text/plain', elementName(element, locale)); }}
      onDragOver={(event) => { if (hand.over({ target: element.id, side: sideAt(event, element) })) event.preventDefault(); }}
      onDrop={(event) => { event.preventDefault(); hand.put({ target: element.id, side: sideAt(event, element) }); }}
      onDragEnd={hand.end}
    >
      <span className="layer-kind" title={t(kind)}><Icon /></span>
      {renaming ? (
        <Input
          size="small" autoFocus aria-label={t('name')} maxLength={80} defaultValue={element.name ?? ''} placeholder={printsOf(element, locale)}
          onBlur={(event) => rename(event.target.value)} onPressEnter={(event) => rename(event.currentTarget.value)}
          onKeyDown={(event) => { if (event.key === 'Escape') { event.stopPropagation(); setRenaming(false); } }}
        />
      ) : (
        <button type="button" title={t('layerHint')} onClick={choose} onDoubleClick={() => setRenaming(true)} onKeyDown={onKey} onMouseEnter={() => pointed.set(element.id)} onMouseLeave={() => pointed.set(undefined)}>
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
