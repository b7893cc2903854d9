/** The start of every procedure of the contract: the closed error list is declared once, for all of them. */
import { oc } from '@orpc/contract';
import type { ErrorMap } from '@orpc/contract';
import { errorCatalog } from '../errors.ts';
import type { ErrorCode } from '../errors.ts';

type DeclaredErrors = { [C in ErrorCode]: { status: number; data: (typeof errorCatalog)[C]['data'] } };

export const procedure = oc.errors(errorCatalog satisfies ErrorMap as DeclaredErrors);
