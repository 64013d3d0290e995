import { EventEmitter } from 'node:events';
import { createEvent } from '../host/events';
import { recordCall } from '../host/state';
import { strictClass, strictSelf } from '../host/strict';

/** Shown ones, for specs: `emit('click')` on one is a person's click. */
export const notifications: NotificationStandIn[] = [];

export class NotificationStandIn
  extends EventEmitter
  implements
    Pick<Electron.Notification, 'actions' | 'body' | 'close' | 'show' | 'silent' | 'subtitle' | 'title'>
{
  title: string;
  subtitle: string;
  body: string;
  silent: boolean;
  actions: Electron.NotificationAction[];

  static isSupported(): boolean {
    return true;
  }

  constructor(options: Electron.NotificationConstructorOptions = {}) {
    super();
    this.title = options.title ?? '';
    this.subtitle = options.subtitle ?? '';
    this.body = options.body ?? '';
    this.silent = options.silent ?? false;
    this.actions = options.actions ?? [];
    return strictSelf(this, 'Notification');
  }

  show(): void {
    recordCall('notification.show', { title: this.title, body: this.body });
    notifications.push(this);
    this.emit('show', createEvent());
  }

  close(): void {
    this.emit('close', createEvent());
  }
}

export const Notification = strictClass<typeof Electron.Notification>(
  NotificationStandIn,
  'Notification',
) satisfies Pick<typeof Electron.Notification, 'isSupported'>;
