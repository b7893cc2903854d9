import type { OrderSummary } from '../../../common/contract/orders.ts';
import { flags } from '../../../common/contract/orders.ts';
import { useKey } from '../../ui/Key.tsx';

/** Alt+0 takes the flag off, Alt+1…5 set the five colours in the order of Taobao. */
export function useFlagKeys(setFlag: (flag: OrderSummary['flag']) => void, enabled: boolean): void {
  const press = (index: number): void => {
    const flag = flags[index];
    if (flag !== undefined) setFlag(flag);
  };
  useKey('Alt+0', () => press(0), enabled);
  useKey('Alt+1', () => press(1), enabled);
  useKey('Alt+2', () => press(2), enabled);
  useKey('Alt+3', () => press(3), enabled);
  useKey('Alt+4', () => press(4), enabled);
  useKey('Alt+5', () => press(5), enabled);
}
