/** Fonts the page may fetch, so that the designer draws with the very same glyphs as the printer gets: path → file. */
export function fontFiles(_program: string): Record<string, string> {
  return {};
}
