import type { ComponentType } from 'react';
import { CarrierRulesCard } from '../carriers/CarrierRulesCard.tsx';
import { InboxCard } from '../import/InboxCard.tsx';
import { ReprintCard } from './ReprintCard.tsx';
import { PrintersCard } from '../printers/PrintersCard.tsx';

/** Sections other features put on the settings page, in this order. */
export const settingsSections: readonly { readonly key: string; readonly Section: ComponentType }[] = [
  { key: 'printers', Section: PrintersCard },
  { key: 'carriers', Section: CarrierRulesCard },
  { key: 'reprint', Section: ReprintCard },
  { key: 'inbox', Section: InboxCard },
];
