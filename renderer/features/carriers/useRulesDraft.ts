import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { CarrierRule, ReachExclusion } from '../../../common/contract/orders.ts';
import { api, client, queryClient } from '../../client/index.ts';

export type RuleDraft = Omit<CarrierRule, 'position'>;

interface Draft {
  readonly rules: readonly RuleDraft[];
  readonly fallback: string;
  readonly reach: readonly ReachExclusion[];
}

/** Ids of rules that were never saved; the core gives them real ones. */
const unsaved = 'new:';
let serial = 0;

/** The rules as they are being edited. Nothing counts before it is saved; what others save meanwhile is taken in until something was changed here. */
export function useRulesDraft() {
  const { data: saved, error } = useQuery(api.parcels.rules.list.queryOptions());
  const [draft, setDraft] = useState<Draft>({ rules: [], fallback: '', reach: [] });
  const [dirty, setDirty] = useState(false);
  useEffect(() => {
    if (saved !== undefined && !dirty) setDraft(saved);
  }, [saved, dirty]);

  function change(patch: (draft: Draft) => Partial<Draft>): void {
    setDirty(true);
    setDraft((before) => ({ ...before, ...patch(before) }));
  }
  const rules = (of: (rules: readonly RuleDraft[]) => readonly RuleDraft[]): void => change((before) => ({ rules: of(before.rules) }));

  return {
    ...draft,
    error,
    dirty,
    /** The same as rules the core can try. */
    whole: draft.rules.map((rule, position): CarrierRule => ({ ...rule, position })),
    add(rule: Omit<RuleDraft, 'id'>): string {
      const id = `${unsaved}${(serial += 1)}`;
      rules((all) => [...all, { ...rule, id }]);
      return id;
    },
    set: (id: string, patch: Partial<RuleDraft>) => rules((all) => all.map((rule) => (rule.id === id ? { ...rule, ...patch } : rule))),
    remove: (id: string) => rules((all) => all.filter((rule) => rule.id !== id)),
    duplicate: (id: string, name: string) =>
      rules((all) => all.flatMap((rule) => (rule.id === id ? [rule, { ...rule, name, id: `${unsaved}${(serial += 1)}` }] : [rule]))),
    /** Puts a rule in the place of another. */
    move: (id: string, to: number) =>
      rules((all) => {
        const moved = all.find((rule) => rule.id === id);
        if (moved === undefined || to < 0 || to >= all.length) return all;
        const others = all.filter((rule) => rule.id !== id);
        return [...others.slice(0, to), moved, ...others.slice(to)];
      }),
    setFallback: (fallback: string) => change(() => ({ fallback })),
    setReach: (reach: readonly ReachExclusion[]) => change(() => ({ reach })),
    discard: () => setDirty(false),
    async save(): Promise<void> {
      await client.parcels.rules.save({ rules: draft.rules.map(({ id, ...rule }) => ({ ...rule, ...(!id.startsWith(unsaved) && { id }) })), fallback: draft.fallback, reach: [...draft.reach] });
      await queryClient.invalidateQueries({ queryKey: api.parcels.key() });
      setDirty(false);
    },
  };
}
export type RulesDraft = ReturnType<typeof useRulesDraft>;
