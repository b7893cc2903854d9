/** Makes the first label as fast as the next, at a quiet moment: fonts, first glyphs and decoder are read before anybody prints. */

/** Most heads in shops; the fonts and the decoder it reads are those of every other. */
const usualDpi = 203;
/** By then the page has shown its first orders. */
const quietAfterMilliseconds = 2_500;

/** Warms the label engine later; the function returned calls it off. */
export function warmLater(core: { warm(dpi: number): Promise<void> }): () => void {
  const timer = setTimeout(() => void core.warm(usualDpi), quietAfterMilliseconds);
  timer.unref();
  return () => clearTimeout(timer);
}
