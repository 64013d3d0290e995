import { EventEmitter } from 'node:events';
import { createEvent } from '../host/events';
import { recordCall } from '../host/state';
import { strictClass, strictSelf } from '../host/strict';
import { MenuItemStandIn } from './menu-item';

type Template = Electron.MenuItemConstructorOptions | Electron.MenuItem | MenuItemStandIn;

function itemOf(template: Template): MenuItemStandIn {
  if (template instanceof MenuItemStandIn) return template;
  const { submenu } = template;
  const options = template as Electron.MenuItemConstructorOptions;
  if (submenu === undefined || submenu instanceof MenuStandIn) return new MenuItemStandIn(options, submenu);
  return new MenuItemStandIn(options, MenuStandIn.buildFromTemplate(submenu as Template[]));
}

let applicationMenu: MenuStandIn | null = null;

/** Menus as data: a spec finds an item and clicks it; nothing is drawn. */
export class MenuStandIn extends EventEmitter implements Pick<Electron.Menu, 'closePopup' | 'popup'> {
  readonly items: MenuItemStandIn[] = [];

  static buildFromTemplate(template: Template[]): MenuStandIn {
    const menu = new MenuStandIn();
    for (const entry of template) menu.append(itemOf(entry));
    return menu;
  }

  static setApplicationMenu(menu: MenuStandIn | null): void {
    applicationMenu = menu;
  }

  static getApplicationMenu(): MenuStandIn | null {
    return applicationMenu;
  }

  constructor() {
    super();
    return strictSelf(this, 'Menu');
  }

  append(item: Template): void {
    this.items.push(itemOf(item));
  }

  insert(position: number, item: Template): void {
    this.items.splice(position, 0, itemOf(item));
  }

  popup(): void {
    recordCall(
      'menu.popup',
      this.items.map(({ label }) => label),
    );
    this.emit('menu-will-show', createEvent());
  }

  closePopup(): void {
    this.emit('menu-will-close', createEvent());
  }

  getMenuItemById(id: string): MenuItemStandIn | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }
}

type Statics = 'buildFromTemplate' | 'getApplicationMenu' | 'setApplicationMenu';

export const Menu = strictClass<typeof Electron.Menu>(MenuStandIn, 'Menu') satisfies Pick<
  typeof Electron.Menu,
  Statics
>;
export const MenuItem = strictClass<typeof Electron.MenuItem>(MenuItemStandIn, 'MenuItem');
