/** What a finding says on screen: what it is about, what is wrong, how to cure it. */
import type { LabelDocument } from '../../../common/domain/label/document.ts';
import { findField } from '../../../common/domain/label/fields.ts';
import type { LintCode } from '../../../common/domain/label/lint-codes.ts';
import { lintTexts } from '../../../common/domain/label/lint-texts.ts';
import type { LintFinding } from '../../../common/domain/label/rendered.ts';
import type { Locale } from '../../../common/error-texts.ts';
import { elementName, kindOf } from '../core/names.ts';
import type { ElementKind } from '../core/names.ts';
import { findPlaced } from '../core/tree.ts';

type Words = { readonly problem: string; readonly remedy: string };

/** Findings of the whole proof rather than of one label. */
const proofTexts: Readonly<Record<string, Readonly<Record<Locale, Words>>>> = {
  code_unreadable: {
    'zh-CN': { problem: '解码器读不出这个码', remedy: '加大，或移开旁边的元素' },
    en: { problem: 'The decoder cannot read this code', remedy: 'Enlarge it, or move its neighbours away' },
  },
  template_empty: { 'zh-CN': { problem: '模板里还没有元素', remedy: '从左边添加' }, en: { problem: 'The template has no elements yet', remedy: 'Add some from the left' } },
};

export interface FindingText extends Words {
  /** Kind and name of the element; empty for the whole label. */
  readonly subject: string;
}

/** `kindName` says the kind of an element in the language of the screen. */
export function findingText(finding: Pick<LintFinding, 'code' | 'message' | 'data' | 'element'>, document: LabelDocument, locale: Locale, kindName: (kind: ElementKind) => string): FindingText {
  const known = proofTexts[finding.code] ?? lintTexts[finding.code as LintCode];
  const words = known?.[locale] ?? { problem: finding.message, remedy: '' };
  const field = finding.data?.['field'];
  const title = field === undefined ? '' : (findField(String(field))?.title[locale] ?? String(field));
  const about = findPlaced(document, finding.element)?.element;
  return { subject: about === undefined ? finding.element : `${kindName(kindOf(about))} ${elementName(about, locale)}`, problem: title === '' ? words.problem : `${words.problem} · ${title}`, remedy: words.remedy };
}
