/** Installs what is missing before a command that needs it. Silent when all is there. */
import { ensurePackages } from './lib.mjs';

ensurePackages();
