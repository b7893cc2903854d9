/** The XML of a Cainiao-language template as a tree: no DOCTYPE, no entities of its own, limits on size and depth. */
import { SaxesParser } from 'saxes';

export interface Branch {
  readonly kind: 'element';
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly line: number;
  readonly children: Node[];
}
export type Node = Branch | { readonly kind: 'text'; readonly text: string } | { readonly kind: 'script'; readonly number: number };

export type TreeReading = { readonly ok: true; readonly root: Branch } | { readonly ok: false; readonly reason: string };

const limits = { characters: 2_000_000, depth: 40, nodes: 20_000 } as const;

export function readTree(xml: string): TreeReading {
  if (xml.length > limits.characters) return { ok: false, reason: 'too_large' };
  const parser = new SaxesParser({ xmlns: false, position: true });
  const stack: Branch[] = [];
  let root: Branch | undefined;
  let nodes = 0;
  let problem: string | undefined;
  const stop = (reason: string): void => void (problem ??= reason);
  const add = (node: Node): void => {
    if (++nodes > limits.nodes) stop('too_large');
    stack.at(-1)?.children.push(node);
  };
  parser.on('error', (error) => stop(error.message));
  parser.on('doctype', () => stop('doctype'));
  parser.on('opentag', (tag) => {
    const branch: Branch = { kind: 'element', tag: tag.name.replace(/^.*:/, '').toLowerCase(), attributes: Object.fromEntries(Object.entries(tag.attributes).map(([key, value]) => [key, String(value)])), line: parser.line, children: [] };
    if (stack.length >= limits.depth) return stop('too_deep');
    if (stack.length === 0) root ??= branch;
    else add(branch);
    stack.push(branch);
  });
  parser.on('closetag', () => void stack.pop());
  parser.on('text', (text) => add({ kind: 'text', text }));
  parser.on('cdata', (text) => add({ kind: 'text', text }));
  parser.on('processinginstruction', ({ target, body }) => {
    if (target === 'cnpl') add({ kind: 'script', number: Number(body) });
  });
  try {
    parser.write(xml);
    parser.close();
  } catch (thrown) {
    stop(thrown instanceof Error ? thrown.message : String(thrown));
  }
  if (problem !== undefined) return { ok: false, reason: problem };
  return root === undefined ? { ok: false, reason: 'empty' } : { ok: true, root };
}
