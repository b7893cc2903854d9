import axe from 'axe-core';
import type { App } from './app.ts';

/** What axe finds serious in a part of the page, as `rule: place`. */
export async function seriousIn(app: App, selector: string): Promise<string[]> {
  await app.page.evaluate(axe.source);
  const { violations } = await app.page.evaluate<{ violations: { id: string; impact: string; nodes: { target: string[] }[] }[] }>(`axe.run(document.querySelector(${JSON.stringify(selector)}))`);
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}
