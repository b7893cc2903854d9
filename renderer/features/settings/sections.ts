import type { ComponentType } from 'react';
import { PrintersCard } from '../printers/PrintersCard.tsx';

/** Sections other features put on the settings page, in this order. */
export const settingsSections: readonly { readonly key: string; readonly Section: ComponentType }[] = [
  { key: 'printers', Section: PrintersCard },
];
