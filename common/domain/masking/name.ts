/** Masking of names. */

/** Two-character surnames that are still common; a name is kept by its surname, so these keep two characters. */
const compoundSurnames = new Set([
  '欧阳', '上官', '司马', '诸葛', '皇甫', '尉迟', '公孙', '慕容', '令狐', '司徒', '东方', '夏侯', '端木', '轩辕', '南宫', '独孤', '西门', '呼延', '闻人', '长孙', '宇文', '申屠', '万俟', '百里', '太史', '钟离', '淳于', '澹台', '濮阳', '赫连', '鲜于', '公羊', '仲孙', '闾丘', '拓跋', '第五', '东郭', '南门', '公冶', '宗政', '单于', '太叔', '贺兰', '纳兰', '完颜', '叶赫', '耶律',
]);

/** Longer rows of stars tell the length of the name and push other text off the label. */
const mostStars = 3;
const star = '*';

const isHan = (character: string): boolean => /\p{Script=Han}/u.test(character);

/**
 * Hides all but the surname (Chinese) or all but the first letter of each word (other scripts); at least one character is
 * always hidden.
 */
export function maskName(name: string): string {
  const trimmed = name.trim();
  if (trimmed === '' || trimmed.includes(star)) return trimmed;
  const characters = Array.from(trimmed);
  const [first = ''] = characters;
  if (characters.length === 1) return star;
  if (isHan(first)) return maskHanName(characters);
  return trimmed.split(/(\s+)/).map((word) => (word.trim() === '' ? ' ' : maskWord(Array.from(word)))).join('');
}

function maskHanName(characters: readonly string[]): string {
  const kept = characters.length > 2 && compoundSurnames.has(characters.slice(0, 2).join('')) ? 2 : 1;
  return characters.slice(0, kept).join('') + star.repeat(Math.min(mostStars, characters.length - kept));
}

function maskWord(word: readonly string[]): string {
  return word.length === 1 ? star : (word[0] ?? '') + star.repeat(Math.min(mostStars, word.length - 1));
}
