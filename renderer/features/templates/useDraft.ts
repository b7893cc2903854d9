/** The draft of one template: opened, saved a moment after each change, held while the page is open. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { DraftHolder, Template } from '../../../common/contract/templates.ts';
import { readDocument } from '../../../common/domain/label/document.ts';
import type { LabelDocument } from '../../../common/domain/label/document.ts';
import { appError, client } from '../../client/index.ts';
import { createEditor } from '../../editor/core/store.ts';
import type { Editor } from '../../editor/core/store.ts';

/**
 * One name per open page: two windows of a station are two editors. A page that is loaded again is still the same editor and takes its name
 * over; it lies in the tab only while no page is there, so that a tab opened as a copy of this one gets a name of its own.
 */
export const editorName = nameOverReload();
function nameOverReload(): string {
  const key = 'packbench.editor';
  const name = sessionStorage.getItem(key) ?? `ed-${crypto.randomUUID()}`;
  sessionStorage.removeItem(key);
  window.addEventListener('pagehide', () => sessionStorage.setItem(key, name));
  window.addEventListener('pageshow', () => sessionStorage.removeItem(key));
  return name;
}
const saveAfterMs = 600;
const renewMs = 30_000;

export interface Draft {
  readonly editor: Editor | undefined;
  readonly template: Template | undefined;
  readonly state: 'opening' | 'saved' | 'unsaved' | 'saving' | 'held' | 'failed';
  readonly heldBy: DraftHolder | undefined;
  readonly error: unknown;
  /** Resolves when everything is saved. */
  readonly save: () => Promise<void>;
  readonly takeOver: () => Promise<void>;
  readonly reload: () => Promise<void>;
}

export function useDraft(id: string): Draft {
  const [editor, setEditor] = useState<Editor | undefined>(undefined);
  const [template, setTemplate] = useState<Template | undefined>(undefined);
  const [state, setState] = useState<Draft['state']>('opening');
  const [heldBy, setHeldBy] = useState<DraftHolder | undefined>(undefined);
  const [error, setError] = useState<unknown>(undefined);
  const rev = useRef(0);
  const saved = useRef<LabelDocument | undefined>(undefined);
  const busy = useRef<Promise<void>>(Promise.resolve());
  const held = useRef(false);

  const open = useCallback(
    async (takeOver: boolean, keepMine: boolean): Promise<void> => {
      try {
        const draft = await client.templates.openDraft({ id, editor: editorName, takeOver });
        const reading = readDocument(draft.document);
        if (!reading.ok) throw new Error(reading.reason);
        rev.current = draft.rev;
        held.current = draft.heldBy !== null;
        setTemplate(draft.template);
        setHeldBy(draft.heldBy ?? undefined);
        setState(draft.heldBy === null ? 'saved' : 'held');
        setError(undefined);
        if (keepMine) return;
        saved.current = reading.document;
        setEditor((now) => {
          if (now === undefined) return createEditor(reading.document);
          now.load(reading.document);
          return now;
        });
      } catch (thrown) {
        setError(thrown);
        setState('failed');
      }
    },
    [id],
  );

  const save = useCallback((): Promise<void> => {
    busy.current = busy.current.then(async () => {
      const document = editor?.state().document;
      if (document === undefined || document === saved.current || held.current) return;
      setState('saving');
      try {
        const done = await client.templates.saveDraft({ id, editor: editorName, rev: rev.current, document });
        rev.current = done.rev;
        saved.current = document;
        setTemplate((now) => (now === undefined ? now : { ...now, changed: done.changed }));
        const same = editor?.state().document === document;
        setState(same ? 'saved' : 'unsaved');
        setError(undefined);
        // Changed while it was under way, perhaps back to what was saved before.
        if (!same) setTimeout(() => void save(), saveAfterMs);
      } catch (thrown) {
        const failure = appError(thrown);
        if (failure?.code === 'DRAFT_HELD') {
          held.current = true;
          setHeldBy({ editor: '', operator: failure.data.operator, station: failure.data.station, since: failure.data.since });
          setState('held');
        } else {
          setError(thrown);
          setState('unsaved');
        }
      }
    });
    return busy.current;
  }, [editor, id]);

  useEffect(() => {
    void open(false, false);
    return () => void client.templates.closeDraft({ id, editor: editorName }).catch(() => undefined);
  }, [id, open]);

  useEffect(() => {
    if (editor === undefined) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = (): void => {
      clearTimeout(timer);
      if (held.current) return;
      // Undone back to what is saved: nothing to do.
      if (editor.state().document === saved.current) return setState((now) => (now === 'unsaved' ? 'saved' : now));
      setState('unsaved');
      timer = setTimeout(() => void save(), saveAfterMs);
    };
    const stop = editor.subscribe(later);
    // An open editor that only looks keeps its hold too, and learns when another took over.
    const renew = setInterval(() => {
      if (!held.current) void client.templates.openDraft({ id, editor: editorName }).then((draft) => {
        if (draft.heldBy === null) return;
        held.current = true;
        setHeldBy(draft.heldBy);
        setState('held');
      }).catch(() => undefined);
    }, renewMs);
    // A window that is closed in the second after a change asks first; one that is put aside saves at once.
    const leaving = (event: BeforeUnloadEvent): void => {
      if (editor.state().document !== saved.current && !held.current) event.preventDefault();
    };
    const aside = (): void => {
      if (document.visibilityState === 'hidden') void save();
    };
    window.addEventListener('beforeunload', leaving);
    document.addEventListener('visibilitychange', aside);
    return () => {
      stop();
      clearTimeout(timer);
      clearInterval(renew);
      window.removeEventListener('beforeunload', leaving);
      document.removeEventListener('visibilitychange', aside);
      void save();
    };
  }, [editor, id, save]);

  return { editor, template, state, heldBy, error, save, takeOver: () => open(true, false), reload: () => open(false, false) };
}
