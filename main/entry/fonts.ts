/** Fonts the page may fetch, so that the designer draws with the very same glyphs as the printer gets: path → file. */
import { fontFilePaths } from '../printing/raster/fonts.ts';

export function fontFiles(): Record<string, string> {
  return Object.fromEntries(Object.entries(fontFilePaths()).map(([name, file]) => [`/fonts/${name}`, file]));
}
