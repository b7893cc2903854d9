/** Moving and selecting in a long list with the keyboard and with Shift: the list scrolls in pieces, so the place is kept here and not by the browser's focus. */
import { useEffect, useRef, useState } from 'react';

export interface RowKeys {
  /** Place of the row the keyboard is on; -1 before it was used. */
  readonly cursor: number;
  /** A row was clicked, with what was held down. */
  readonly clicked: (index: number, held: { readonly shift: boolean; readonly control: boolean }) => void;
}

interface Options {
  readonly ids: readonly string[];
  readonly selected: readonly string[];
  readonly onSelect: (ids: readonly string[]) => void;
  readonly onOpen: (id: string) => void;
  readonly onAll: () => void;
  /** Brings a row into sight. */
  readonly reveal: (index: number) => void;
  /** Rows of one page, for Page Up and Page Down. */
  readonly page: number;
  /** False while something lies over the list. */
  readonly enabled: boolean;
}

export function useRowKeys(options: Options): RowKeys {
  const [cursor, setCursor] = useState(-1);
  const latest = useRef({ ...options, cursor });
  latest.current = { ...options, cursor: Math.min(cursor, options.ids.length - 1) };
  /** The row a range starts at, which an import may move to another place, and what was selected before it. */
  const anchor = useRef<{ readonly id: string | undefined; readonly before: readonly string[] }>({ id: undefined, before: [] });

  // Keys repeat faster than the list is drawn: the next key starts from here, not from what is on screen.
  function moveTo(index: number): void {
    latest.current = { ...latest.current, cursor: index };
    setCursor(index);
    latest.current.reveal(index);
  }
  function select(next: readonly string[]): void {
    latest.current = { ...latest.current, selected: next };
    latest.current.onSelect(next);
  }
  function startAt(index: number, before: readonly string[]): void {
    anchor.current = { id: latest.current.ids[index], before };
  }
  /** Everything from the anchor to here, and what was selected before. */
  function selectTo(index: number): void {
    const { ids, selected } = latest.current;
    const begun = (): number => ids.indexOf(anchor.current.id ?? '');
    if (begun() < 0) startAt(index, selected);
    const range = ids.slice(Math.min(begun(), index), Math.max(begun(), index) + 1);
    select([...new Set([...anchor.current.before, ...range])]);
  }
  function toggle(index: number): void {
    const { ids, selected } = latest.current;
    const id = ids[index];
    if (id === undefined) return;
    const next = selected.includes(id) ? selected.filter((one) => one !== id) : [...selected, id];
    select(next);
    startAt(index, next);
  }

  useEffect(() => {
    if (!options.enabled) return undefined;
    function onKey(event: KeyboardEvent): void {
      if (event.isComposing || event.altKey || isElsewhere(event)) return;
      const { ids, selected, onOpen, onAll, page, cursor: at } = latest.current;
      const control = event.ctrlKey || event.metaKey;
      const steps: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: ids.length - 1 };
      const wanted = control ? undefined : steps[event.key];
      if (wanted !== undefined && ids.length > 0) {
        const index = Math.min(ids.length - 1, Math.max(0, wanted));
        if (event.shiftKey) {
          if (!ids.includes(anchor.current.id ?? '')) startAt(Math.max(0, at), selected);
          selectTo(index);
        } else startAt(index, selected);
        moveTo(index);
      } else if (control && event.key.toLowerCase() === 'a' && !event.shiftKey) onAll();
      else if (event.key === 'Escape' && selected.length > 0) select([]);
      else if (event.key === ' ' && at >= 0 && !control) toggle(at);
      else if (event.key === 'Enter' && ids[at] !== undefined && !control) onOpen(ids[at]);
      else return;
      event.preventDefault();
    }
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [options.enabled]);

  return {
    cursor: latest.current.cursor,
    clicked(index, { shift, control }) {
      if (shift) selectTo(index);
      else if (control) toggle(index);
      else startAt(index, latest.current.selected);
      setCursor(index);
    },
  };
}

/** True when the key belongs to a field, to something open over the list, or would press a button. */
function isElsewhere(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : null;
  if (target === null) return false;
  if (target.closest('textarea, select, [contenteditable="true"], .ant-modal, .ant-drawer, .ant-popover, .ant-dropdown, .ant-select') !== null) return true;
  const field = target.closest('input');
  if (field !== null && field.type !== 'checkbox') return true;
  return [' ', 'Enter'].includes(event.key) && target.closest('button, a, [role="tab"], [role="menuitem"], input') !== null;
}
