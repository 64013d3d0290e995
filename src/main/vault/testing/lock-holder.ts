// A process that takes the lock of the folder it is given, says what it got, says it when it is lost, and waits to be killed.
import { ProfileLock } from '../profile-lock';

const lock = new ProfileLock(process.argv[2] ?? '');
void lock.take().then((taken) => {
  console.log(taken.ok ? 'held' : taken.failure.code);
  setInterval(() => undefined, 1_000);
});
void lock.lost.then(() => {
  console.log('lost');
});
