/** The text of a SKU as a packer reads it: values without the names of the properties. */

/** Values that say nothing. */
const empty = /^(?:默认|默认规格|默认颜色|无|标准|如图|如图所示|均码|单规格|default|none|-+|\/)$/i;

/**
 * `颜色分类:浅灰;尺寸:1.2m床` → `浅灰 1.2m床`. Advertising in brackets goes; brackets with figures (建议100-120斤) stay out too, but a bracket that
 * is all there is stays.
 */
export function skuWords(attributes: string): string {
  const parts = attributes
    .normalize('NFKC')
    .split(/[;,|\n]|\s{2,}|\/(?=[^0-9])/)
    .flatMap((part) => (/^[^:]{1,8}:[^:]+ [^:]{1,8}:/.test(part) ? part.split(/ (?=[^ :]{1,8}:)/) : [part]))
    .map((part) => part.replace(/^[^:]{1,10}:\s*/, '').trim())
    .map((part) => withoutAdvertising(part))
    .filter((part) => part !== '' && !empty.test(part));
  return [...new Set(parts)].join(' ');
}

function withoutAdvertising(value: string): string {
  const bare = value.replace(/[([【「{][^)\]】」}]*[)\]】」}]/g, '').replace(/★|☆|◆|●|■|♥|❤|✨|🔥/gu, '').trim();
  return bare === '' ? value : bare;
}
