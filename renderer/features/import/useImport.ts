import { useEffect, useRef, useState } from 'react';
import { mostFiles } from '../../../common/contract/import.ts';
import type { FileMapping, ImportLook, ImportReport } from '../../../common/contract/import.ts';
import type { Platform } from '../../../common/contract/shops.ts';
import { client } from '../../client/index.ts';
import { upload } from '../../client/upload.ts';
import { currentLocale } from '../../i18n/index.ts';
import type { Part } from './parts.ts';

export type Step =
  | { readonly kind: 'busy'; readonly phase: 'sending' | 'reading' | 'saving'; readonly file: string; readonly done: number }
  | { readonly kind: 'looked'; readonly look: ImportLook }
  | { readonly kind: 'done'; readonly report: ImportReport; readonly shopName: string }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly error: unknown };

/** Where the orders go; `id` null: into a new shop. */
export interface ShopChoice {
  readonly id: string | null;
  readonly name: string;
  readonly platform: Platform;
}

interface Wanted {
  readonly fileIds: readonly string[];
  readonly onlyShop?: string | undefined;
  readonly mixedShops: boolean;
  /** null: let the core propose; empty: a new one. */
  readonly shopId: string | null;
}

export interface ImportFlow {
  readonly step: Step;
  readonly shop: ShopChoice | null;
  /** Files more than one import takes. */
  readonly tooMany: number;
  /** Imports still to come, when files of several shops were put apart. */
  readonly rest: readonly Part[];
  chooseShop(choice: ShopChoice): void;
  rename(change: Partial<Pick<ShopChoice, 'name' | 'platform'>>): void;
  leaveOut(fileId: string): void;
  add(files: readonly File[]): void;
  map(fileId: string, mapping: FileMapping): void;
  takeAll(): void;
  putApart(parts: readonly Part[]): void;
  next(): void;
  /** After an import: only these files, into the same shop. */
  startOver(files: readonly File[]): void;
  again(): void;
  go(): void;
  stop(): void;
}

/** The files are read at once and again after every change; nothing is saved before `go`. */
export function useImport(files: readonly File[], pasted: boolean): ImportFlow {
  const [step, setStep] = useState<Step>({ kind: 'busy', phase: 'sending', file: '', done: 0 });
  const [shop, setShop] = useState<ShopChoice | null>(null);
  const [rest, setRest] = useState<readonly Part[]>([]);
  const [tooMany, setTooMany] = useState(0);
  const wanted = useRef<Wanted>({ fileIds: [], mixedShops: false, shopId: null });
  const mappings = useRef(new Map<string, FileMapping>());
  const uploaded = useRef<string[]>([]);
  const running = useRef<AbortController | null>(null);

  /** One thing at a time: starting the next stops the one before. */
  async function run(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    running.current?.abort();
    const own = new AbortController();
    running.current = own;
    try {
      await work(own.signal);
    } catch (error) {
      if (running.current === own) setStep(own.signal.aborted ? { kind: 'cancelled' } : { kind: 'failed', error });
    }
  }

  function input() {
    const { fileIds, onlyShop, mixedShops } = wanted.current;
    return {
      files: fileIds.map((fileId) => ({ fileId, ...(mappings.current.has(fileId) && { mapping: mappings.current.get(fileId) }) })),
      mixedShops,
      language: currentLocale(),
      ...(onlyShop !== undefined && { onlyShop }),
    };
  }

  function look(change: Partial<Wanted>, more: readonly File[] = []): void {
    void run(async (signal) => {
      setStep({ kind: 'busy', phase: 'sending', file: '', done: 0 });
      const added: string[] = [];
      const room = mostFiles - (change.fileIds ?? wanted.current.fileIds).length;
      setTooMany(Math.max(0, more.length - room));
      for (const file of more.slice(0, room)) {
        if (signal.aborted) throw new Error('cancelled');
        added.push(await upload(file));
      }
      uploaded.current.push(...added);
      wanted.current = { ...wanted.current, ...change };
      wanted.current = { ...wanted.current, fileIds: [...wanted.current.fileIds, ...added] };
      for await (const event of await client.orders.look({ ...input(), shopId: wanted.current.shopId }, { signal })) {
        if (event.type === 'progress') setStep({ kind: 'busy', phase: event.phase, file: event.file, done: event.done });
        else {
          const { id, name, newName, platform } = event.look.shop;
          setShop((before) => (before !== null && before.id === id ? { ...before, platform: id === null ? platform : before.platform } : { id, name: id === null ? newName : name, platform }));
          setStep({ kind: 'looked', look: event.look });
        }
      }
    });
  }

  useEffect(() => {
    look({}, files);
    return () => {
      running.current?.abort();
      for (const fileId of uploaded.current) void client.files.drop({ fileId });
    };
    // The files the dialog was opened with; more come through `add`.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  return {
    step,
    shop,
    tooMany,
    rest,
    chooseShop(choice) {
      setShop(choice);
      look({ shopId: choice.id ?? '' });
    },
    rename: (change) => setShop((before) => before && { ...before, ...change }),
    leaveOut: (fileId) => look({ fileIds: wanted.current.fileIds.filter((id) => id !== fileId) }),
    add: (more) => look({}, more),
    map(fileId, mapping) {
      mappings.current.set(fileId, mapping);
      look({});
    },
    takeAll: () => look({ mixedShops: true }),
    putApart([first, ...others]) {
      setRest(others);
      setShop(null);
      if (first) look({ fileIds: first.fileIds, onlyShop: first.onlyShop, shopId: null });
    },
    next() {
      const [part, ...others] = rest;
      setRest(others);
      setShop(null);
      if (part) look({ fileIds: part.fileIds, onlyShop: part.onlyShop, mixedShops: false, shopId: null });
    },
    startOver: (more) => look({ fileIds: [], onlyShop: undefined, shopId: shop?.id ?? null }, more),
    again: () => look({}),
    go() {
      if (step.kind !== 'looked' || shop === null) return;
      const readable = new Set(step.look.files.filter(({ report }) => report !== null).map(({ fileId }) => fileId));
      void run(async (signal) => {
        setStep({ kind: 'busy', phase: 'saving', file: '', done: 0 });
        const { files: all, ...others } = input();
        const into = shop.id === null ? { newShop: { name: shop.name.trim(), platform: shop.platform } } : { shopId: shop.id };
        for await (const event of await client.orders.import({ ...others, files: all.filter(({ fileId }) => readable.has(fileId)), shop: into, pasted }, { signal })) {
          if (event.type === 'progress') setStep({ kind: 'busy', phase: event.phase, file: event.file, done: event.done });
          else setStep({ kind: 'done', report: event.report, shopName: shop.name });
        }
      });
    },
    stop: () => running.current?.abort(),
  };
}
