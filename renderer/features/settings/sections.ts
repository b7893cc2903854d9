import type { ComponentType } from 'react';

/** Sections other features put on the settings page, in this order. */
export const settingsSections: readonly { readonly key: string; readonly Section: ComponentType }[] = [];
