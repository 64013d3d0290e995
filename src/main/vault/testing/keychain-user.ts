// A process that signs in to a vault in the folder it is given, and says where the key went. Each line on its input is a
// wish to sign in once more, so that a test can change the world in between.
import { createInterface } from 'node:readline';
import { systemClock } from '../../base/clock';
import { Secret } from '../../base/secret';
import { createVault } from '../create-vault';
import { OsKeychain } from '../os-keychain';
import { engineering } from './test-vault';

const [folder = ''] = process.argv.slice(2);
const keychain = new OsKeychain({ clock: systemClock, deadlineMs: 3_000 });

async function signIn(): Promise<void> {
  const vault = createVault({ folder, keychain, clock: systemClock });
  await vault.store(engineering, {}, new Secret('refresh-token'));
  console.log(JSON.stringify(vault.keySource()));
}

createInterface(process.stdin).on('line', () => void signIn());
