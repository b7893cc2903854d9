import { useEffect, useRef } from 'react';

export interface Incoming {
  /** Cells of a spreadsheet, as a file to import. */
  onTable(file: File): void;
  /** Words with a phone in them: recipients for new orders. */
  onRecipients(text: string): void;
}

/** What a paste outside any field is: a table to import, recipients to read, or nothing for us. */
export function pasteKind(text: string): 'table' | 'recipients' | null {
  const rows = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const columns = rows.filter((line) => line.includes('\t')).length;
  if (rows.length > 1 && columns * 2 > rows.length) return 'table';
  return /(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)/.test(text.replaceAll(/(?<=\d)[ -](?=\d)/g, '')) ? 'recipients' : null;
}

/** Catches Ctrl+V anywhere outside a field while `enabled`. */
export function useIncomingPaste(incoming: Incoming, enabled: boolean): void {
  const latest = useRef(incoming);
  latest.current = incoming;
  useEffect(() => {
    if (!enabled) return undefined;
    function onPaste(event: ClipboardEvent): void {
      const target = event.target instanceof Element ? event.target : null;
      if (target?.closest('input, textarea, [contenteditable]')) return;
      const text = event.clipboardData?.getData('text/plain') ?? '';
      const files = [...(event.clipboardData?.files ?? [])];
      const kind = pasteKind(text);
      const [file] = files;
      if (kind === null && file === undefined) return;
      event.preventDefault();
      if (kind === 'table') latest.current.onTable(new File([text], 'paste.tsv', { type: 'text/tab-separated-values' }));
      else if (kind === 'recipients') latest.current.onRecipients(text);
      else if (file !== undefined) latest.current.onTable(file);
    }
    document.addEventListener('paste', onPaste);
    return () => document.removeEventListener('paste', onPaste);
  }, [enabled]);
}
