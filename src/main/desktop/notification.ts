import { Notification } from 'electron';

/** As long as it is shown: a notification that is collected as garbage does not hear a click. */
const shown = new Set<Notification>();

/** Shows a notification of the system, where it has such; a click calls back. */
export function notify({ title, body }: { title: string; body: string }, onClick: () => void): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification({ title, body });
  shown.add(notification);
  notification.on('click', onClick);
  notification.on('close', () => {
    shown.delete(notification);
  });
  notification.show();
}
