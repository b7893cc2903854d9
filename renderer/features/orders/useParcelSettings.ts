import { useQuery } from '@tanstack/react-query';
import type { ParcelSettings } from '../../../common/contract/orders.ts';
import { api, client, queryClient } from '../../client/index.ts';
import { useFailure } from '../../ui/Failure.tsx';

/** Settings of deadlines and merging with what changes them; undefined until they are known. Kept for everybody. */
export function useParcelSettings(): { readonly settings: ParcelSettings | undefined; change(patch: Partial<ParcelSettings>): void } {
  const failure = useFailure();
  const { data: settings } = useQuery(api.parcels.settings.get.queryOptions());
  async function change(patch: Partial<ParcelSettings>): Promise<void> {
    if (settings === undefined) return;
    const next = { ...settings, ...patch };
    // Shown at once: the next key in a field must meet what the last one made.
    queryClient.setQueryData(api.parcels.settings.get.queryKey(), next);
    try {
      await client.parcels.settings.save(next);
      await queryClient.invalidateQueries({ queryKey: api.parcels.key() });
    } catch (thrown) {
      failure(thrown);
      await queryClient.invalidateQueries({ queryKey: api.parcels.settings.get.queryKey() });
    }
  }
  return { settings, change: (patch) => void change(patch) };
}
