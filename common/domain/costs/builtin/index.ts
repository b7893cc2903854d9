/** Scenarios that come with the program, by the name after `builtin:`. */
import type { Scenario } from '../scenario.ts';
import { datang } from './datang.ts';

export const builtinScenarios: Readonly<Record<string, Scenario>> = { datang };
