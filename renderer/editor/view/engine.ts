/** The label engine in the page: the same code and the same fonts as the printer's, fetched once from the host. */
import { createLayoutEngine } from '../../../common/domain/label/engine.ts';
import type { LayoutEngine } from '../../../common/domain/label/engine.ts';
import { createFontSet } from '../../../common/domain/label/fonts/font-set.ts';
import type { FontFiles } from '../../../common/domain/label/fonts/font-set.ts';

let loading: Promise<LayoutEngine> | undefined;

/** The engine, made at the first call. A failed fetch may be tried again. */
export function loadEngine(): Promise<LayoutEngine> {
  loading ??= make().catch((thrown: unknown) => {
    loading = undefined;
    throw thrown;
  });
  return loading;
}

async function make(): Promise<LayoutEngine> {
  const names = ['regular', 'medium', 'bold', 'pixel16', 'rare24'] as const satisfies readonly (keyof FontFiles)[];
  const files = await Promise.all(
    names.map(async (name) => {
      const response = await fetch(`./fonts/${name}`);
      if (!response.ok) throw new Error(`fonts/${name}: ${response.status}`);
      return [name, new Uint8Array(await response.arrayBuffer())] as const;
    }),
  );
  return createLayoutEngine({ fonts: createFontSet(Object.fromEntries(files) as unknown as FontFiles) });
}
