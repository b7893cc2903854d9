import { useEffect, useRef } from 'react';

/** A browser says at least every 350 ms that files are still held above the window; not every one says that they have left. */
const goneAfterMs = 800;

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;

/** A file dropped where nothing takes it must not open in the place of the program. */
export function useNoStrayDrops(): void {
  useEffect(() => {
    const keep = (event: DragEvent): void => {
      if (hasFiles(event)) event.preventDefault();
    };
    window.addEventListener('dragover', keep);
    window.addEventListener('drop', keep);
    return () => {
      window.removeEventListener('dragover', keep);
      window.removeEventListener('drop', keep);
    };
  }, []);
}

/** Files dropped anywhere on the window while `enabled`; `onOver` tells that some are held above it. */
export function useDroppedFiles(onFiles: (files: readonly File[]) => void, enabled: boolean, onOver: (over: boolean) => void = () => {}): void {
  const latest = useRef({ onFiles, onOver });
  latest.current = { onFiles, onOver };
  useEffect(() => {
    if (!enabled) return undefined;
    let gone: ReturnType<typeof setTimeout> | undefined;
    const over = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      clearTimeout(gone);
      gone = setTimeout(() => latest.current.onOver(false), goneAfterMs);
      latest.current.onOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) latest.current.onOver(false);
    };
    const drop = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      latest.current.onOver(false);
      // The list is taken away when this handler returns; what it names may be read afterwards.
      const held = [...(event.dataTransfer?.items ?? [])].filter(({ kind }) => kind === 'file').map((item) => ({ file: item.getAsFile(), entry: item.webkitGetAsEntry() }));
      void filesOf(held).then((files) => {
        if (files.length > 0) latest.current.onFiles(files);
      });
    };
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      clearTimeout(gone);
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, [enabled]);
}

/** Files, and of a folder the tables that lie in it. */
async function filesOf(held: readonly { readonly file: File | null; readonly entry: FileSystemEntry | null }[]): Promise<File[]> {
  const files: File[] = [];
  for (const { file, entry } of held) {
    if (entry !== null && isFolder(entry)) {
      for (const inside of (await inFolder(entry)).sort((left, right) => left.name.localeCompare(right.name))) if (isFile(inside) && /\.(?:csv|tsv|txt|xlsx|xls)$/i.test(inside.name)) files.push(await fileOf(inside));
    } else if (file !== null) files.push(file);
  }
  return files;
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
const fileOf = (entry: FileSystemFileEntry): Promise<File> => new Promise((resolve, reject) => entry.file(resolve, reject));
/** The first hundred, which is what a browser gives at once. */
const inFolder = (folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> => new Promise((resolve, reject) => folder.createReader().readEntries(resolve, reject));
