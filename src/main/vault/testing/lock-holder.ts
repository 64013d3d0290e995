// A process that takes the lock of the folder it is given, says what it got, says it when it is lost, and waits to be killed.
import { openProfileLock } from '../profile-lock';

const folder = process.argv[2] ?? '';
void openProfileLock(folder).then((lock) => {
  console.log(lock.ok ? 'held' : lock.failure.code);
  if (lock.ok)
    void lock.value.lost.then(() => {
      console.log('lost');
    });
  setInterval(() => undefined, 1_000);
});
