/** What a Chinese text is found by when it is typed on a keyboard: its pinyin and the first letters of it. */
import { pinyin } from 'pinyin-pro';

export interface PinyinKeys {
  /** Lower case, without tones and blanks: 棉袜A → mianwaa. */
  readonly pinyin: string;
  /** 棉袜A → mwa. */
  readonly initials: string;
}

const longest = 80;

/** Keys of the first 80 characters. The table behind it is large, so the page asks the core instead of importing this. */
export function pinyinKeys(text: string): PinyinKeys {
  const parts = pinyin(text.normalize('NFKC').slice(0, longest), { type: 'array', toneType: 'none', nonZh: 'consecutive', v: true }).map((part) => part.toLowerCase().replace(/[^a-z0-9]/g, ''));
  const isWord = /^[a-z]+$/;
  return {
    pinyin: parts.join(''),
    // Letters and digits of the text itself stay whole: T恤 → tx, 5双 → 5s.
    initials: parts.map((part, index) => (isWord.test(part) && isHanAt(text, parts, index) ? part.charAt(0) : part)).join(''),
  };
}

/** pinyin-pro gives one element per Han character and one per run of anything else. */
function isHanAt(text: string, parts: readonly string[], index: number): boolean {
  const runs = text.normalize('NFKC').slice(0, longest).match(/[\u3400-\u9fff]|[^\u3400-\u9fff]+/gu) ?? [];
  return runs.length === parts.length ? /[\u3400-\u9fff]/.test(runs[index] ?? '') : true;
}
