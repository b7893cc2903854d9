/** Keys of the designer. They act wherever the focus is, except in inputs. */
import { useEffect } from 'react';
import { toMicrometres } from '../../../common/domain/label/units.ts';
import { duplicateSelected, groupSelected, lockSelected, moveBy, removeSelected, restack, rotateSelected, select, ungroupSelected } from '../core/commands.ts';
import type { Editor } from '../core/store.ts';
import { outermost } from '../core/tree.ts';
import { copySelection, paste } from './copying.ts';

const inField = (target: EventTarget | null): boolean => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.closest('.ant-select, .ant-modal') !== null);
const arrows: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export function useDesignerKeys(editor: Editor, dpi: number, actions: { readonly save: () => void; readonly zoom: (to: 1 | -1 | 'fit' | { readonly at: number }) => void }): void {
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      if (event.isComposing || inField(event.target)) return;
      const control = event.ctrlKey || event.metaKey;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const arrow = arrows[key];
      const done = (): void => event.preventDefault();
      if (arrow !== undefined && !control && editor.state().selection.length > 0) {
        // One dot, or one millimetre with Shift.
        const step = event.shiftKey ? 1_000 : toMicrometres(1, dpi);
        editor.run(moveBy(arrow[0] * step, arrow[1] * step), 'nudge');
        done();
      } else if (key === 'Delete' || key === 'Backspace') {
        editor.run(removeSelected);
        done();
      } else if (key === 'Escape') editor.run(select([]));
      else if (control && key === 'z') {
        if (event.shiftKey) editor.redo();
        else editor.undo();
        done();
      } else if (control && key === 'y') {
        editor.redo();
        done();
      } else if (control && key === 'a') {
        editor.run(select(editor.state().document.elements.map((element) => element.id)));
        done();
      } else if (control && key === 'd') {
        editor.run(duplicateSelected());
        done();
      } else if (control && key === 'g') {
        editor.run(event.shiftKey ? ungroupSelected : groupSelected);
        done();
      } else if (control && key === 's') {
        actions.save();
        done();
      } else if (control && (key === '=' || key === '+' || key === '-')) {
        actions.zoom(key === '-' ? -1 : 1);
        done();
      } else if (!control && key === '0') actions.zoom('fit');
      else if (!control && (key === '1' || key === '2' || key === '3')) actions.zoom({ at: Number(key) });
      else if (!control && key === 'r') editor.run(rotateSelected);
      else if (!control && key === 'l') {
        const { document: label, selection } = editor.state();
        editor.run(lockSelected(!outermost(label, selection).some(({ element }) => element.locked === true)));
      } else if (!control && event.code === 'BracketRight') editor.run(restack(event.shiftKey ? 'front' : 'forward'));
      else if (!control && event.code === 'BracketLeft') editor.run(restack(event.shiftKey ? 'back' : 'backward'));
      if (arrow === undefined) editor.closeMark();
    }
    function onCopy(event: ClipboardEvent): void {
      if (inField(event.target)) return;
      const text = copySelection(editor);
      if (text === undefined) return;
      event.clipboardData?.setData('text/plain', text);
      event.preventDefault();
      if (event.type === 'cut') editor.run(removeSelected);
    }
    function onPaste(event: ClipboardEvent): void {
      if (inField(event.target)) return;
      if (paste(editor, event.clipboardData?.getData('text/plain') ?? '')) event.preventDefault();
    }
    window.addEventListener('keydown', onKey);
    document.addEventListener('copy', onCopy);
    document.addEventListener('cut', onCopy);
    document.addEventListener('paste', onPaste);
    return () => {
      window.removeEventListener('keydown', onKey);
      document.removeEventListener('copy', onCopy);
      document.removeEventListener('cut', onCopy);
      document.removeEventListener('paste', onPaste);
    };
  }, [editor, dpi, actions]);
}
