/** Identity of this PC and the folder for what must survive a restored data folder. */
import { execFileSync } from 'node:child_process';
import { hash as digest } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { homedir, hostname } from 'node:os';
import { join } from 'node:path';

/** A text that stays the same for this installation of the operating system; hashed, so that it names nobody. */
export function machineId(): string {
  return digest('sha256', `packbench ${rawMachineId()}`).slice(0, 32);
}

function rawMachineId(): string {
  if (process.platform === 'linux') {
    for (const file of ['/etc/machine-id', '/var/lib/dbus/machine-id']) {
      if (!existsSync(file)) continue;
      const text = readFileSync(file, 'utf8').trim();
      if (text !== '') return text;
    }
  }
  try {
    if (process.platform === 'win32') {
      const answer = execFileSync('reg', ['query', 'HKLM\\SOFTWARE\\Microsoft\\Cryptography', '/v', 'MachineGuid'], { encoding: 'utf8', timeout: 5000, windowsHide: true });
      const guid = /MachineGuid\s+REG_SZ\s+(\S+)/.exec(answer)?.[1];
      if (guid !== undefined) return guid;
    }
    if (process.platform === 'darwin') {
      const answer = execFileSync('ioreg', ['-rd1', '-c', 'IOPlatformExpertDevice'], { encoding: 'utf8', timeout: 5000 });
      const uuid = /"IOPlatformUUID" = "([^"]+)"/.exec(answer)?.[1];
      if (uuid !== undefined) return uuid;
    }
  } catch {
    // the name of the host is a weaker identity, and all there is
  }
  return hostname();
}

/** Folder of the witness: never inside the data folder, so that restoring one does not restore the other. */
export function witnessFolder(): string {
  const chosen = process.env['PACKBENCH_WITNESS_DIR'];
  if (chosen !== undefined && chosen !== '') return chosen;
  if (process.platform === 'win32') return join(process.env['ProgramData'] ?? 'C:\\ProgramData', 'Packbench', 'witness');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Packbench Witness');
  return join(process.env['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state'), 'packbench-witness');
}
