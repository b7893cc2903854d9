/** For which parcels a template is meant, and which one is offered first. */
import { z } from 'zod';
import type { Locale } from '../../error-texts.ts';

const list = z.array(z.string().min(1).max(80)).max(200).default([]);

/** Empty lists mean "any". A template meant for the orders of one platform is never offered for others. */
export const scopeSchema = z.object({ platforms: list, shops: list, carriers: list, products: list });
export type TemplateScope = z.output<typeof scopeSchema>;

export const universalScope: TemplateScope = { platforms: [], shops: [], carriers: [], products: [] };

/** What a print is about: all distinct values of its parcels. */
export interface PrintSubject {
  readonly platforms: readonly string[];
  readonly shops: readonly string[];
  readonly carriers: readonly string[];
  readonly products: readonly string[];
  /** Paper in the printer, micrometres; left out when no printer is chosen yet. */
  readonly paper?: { readonly width: number; readonly height: number };
}

export interface ScopedTemplate {
  readonly id: string;
  readonly scope: TemplateScope;
  readonly builtin: boolean;
  readonly publishedAt: string;
  readonly width: number;
  readonly height: number;
}

/** Why a template is not offered: what it is meant for, and what the print has beyond it. */
export type Misfit =
  | { readonly kind: 'platforms' | 'shops' | 'carriers' | 'products'; readonly meant: readonly string[]; readonly found: readonly string[] }
  | { readonly kind: 'paper'; readonly meant: { readonly width: number; readonly height: number }; readonly found: { readonly width: number; readonly height: number } };

/** Sizes within 1 mm are the same paper: drivers store tenths of millimetres. Turned paper is not the same. */
const samePaper = 1_000;

/** The first reason why a template is not valid for a print, or undefined. */
export function misfitOf(template: Pick<ScopedTemplate, 'scope' | 'width' | 'height'>, subject: PrintSubject): Misfit | undefined {
  for (const kind of ['platforms', 'shops', 'carriers', 'products'] as const) {
    const meant = template.scope[kind];
    if (meant.length === 0) continue;
    const found = subject[kind].filter((one) => !meant.includes(one));
    if (found.length > 0 || subject[kind].length === 0) return { kind, meant, found };
  }
  const { paper } = subject;
  if (paper !== undefined && (Math.abs(paper.width - template.width) > samePaper || Math.abs(paper.height - template.height) > samePaper)) {
    return { kind: 'paper', meant: { width: template.width, height: template.height }, found: paper };
  }
  return undefined;
}

/** How narrowly a template is meant: product before shop before carrier before platform. */
function narrowness(scope: TemplateScope): number {
  return (scope.products.length > 0 ? 8 : 0) + (scope.shops.length > 0 ? 4 : 0) + (scope.carriers.length > 0 ? 2 : 0) + (scope.platforms.length > 0 ? 1 : 0);
}

/**
 * Fitting templates, the one to take first in front: the narrowest scope wins; among equals the one chosen as default, then own
 * templates before built-in ones, then the one published last.
 */
export function rankTemplates<T extends ScopedTemplate>(templates: readonly T[], subject: PrintSubject, preferred?: string | null): T[] {
  return templates
    .filter((template) => misfitOf(template, subject) === undefined)
    .sort(
      (left, right) =>
        narrowness(right.scope) - narrowness(left.scope) ||
        Number(right.id === preferred) - Number(left.id === preferred) ||
        Number(left.builtin) - Number(right.builtin) ||
        (left.builtin ? 0 : right.publishedAt.localeCompare(left.publishedAt)),
    );
}

const words = {
  platforms: { 'zh-CN': '平台', en: 'platform' },
  shops: { 'zh-CN': '店铺', en: 'shop' },
  carriers: { 'zh-CN': '快递', en: 'carrier' },
  products: { 'zh-CN': '快递产品', en: 'carrier product' },
} as const;

/** One sentence for a misfit; `name` turns ids and codes into what people call them. */
export function misfitText(misfit: Misfit, locale: Locale, name: (kind: Exclude<Misfit['kind'], 'paper'>, value: string) => string = (_, value) => value): string {
  const zh = locale === 'zh-CN';
  if (misfit.kind === 'paper') {
    const size = ({ width, height }: { width: number; height: number }): string => `${width / 1000}×${height / 1000} mm`;
    return zh ? `纸张不同：模板 ${size(misfit.meant)}，打印机里是 ${size(misfit.found)}` : `other paper: made for ${size(misfit.meant)}, the printer has ${size(misfit.found)}`;
  }
  const { kind } = misfit;
  const meant = misfit.meant.map((value) => name(kind, value)).join(zh ? '、' : ', ');
  const found = misfit.found.map((value) => name(kind, value)).join(zh ? '、' : ', ');
  const word = words[kind][locale];
  if (found === '') return zh ? `只用于${word}：${meant}` : `only for ${word} ${meant}`;
  return zh ? `只用于${word}：${meant}；所选含 ${found}` : `only for ${word} ${meant}; the selection has ${found}`;
}
