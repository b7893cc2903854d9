/** Masking of street addresses: unit, floor and room are hidden, street and house number stay for the courier. */

const star = '*';
const number = '[0-9０-９一二三四五六七八九十百零〇两]+';
const mark = `(?:[A-Za-zＡ-Ｚａ-ｚ东西南北甲乙丙丁]?${number}[A-Za-z]?|[A-Za-zＡ-Ｚ])`;

/** Parts below the house, each with the word that makes it one. What stands before the word is hidden, the word stays. */
const unitWords = '号楼|號樓|栋|棟|幢|单元|單元|座|梯|层|層|楼层|楼|樓|号房|號房|房间|房間|房|室|户|戶|铺位|铺|舖|档口|档|檔|号铺|柜';
const unitPattern = new RegExp(`(${mark})(?=\\s*(?:${unitWords})(?!下|上|道|前))`, 'gu');
/** `3-2-501`, `12#1502`, `A1-502`: groups parted by signs. */
const groupedPattern = /[A-Za-z]?\d+(?:\s*[-–—－#＃/]\s*[A-Za-z]?\d+[A-Za-z]?)+/gu;
/** A bare room number at the very end: `…花园1203`, `…大厦B1203`; a house number before 号 or 弄 is not one. */
const barePattern = /(?<![0-9])([A-Za-z]?\d{3,5}[A-Za-z]?)(?=\s*(?:[（(][^（()）]*[)）])?\s*$)/gu;
const hashPattern = /[#＃]\s*\d+/gu;

/** Hides every unit, floor and room number; an address without one is returned as it is. */
export function maskAddress(address: string): string {
  return address
    .replace(groupedPattern, star.repeat(3))
    .replace(unitPattern, (found) => star.repeat(Math.min(3, Array.from(found).length)))
    .replace(hashPattern, '#' + star.repeat(3))
    .replace(barePattern, star.repeat(3));
}
