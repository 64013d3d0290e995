import { recordCall } from '../host/state';
import type { MenuStandIn } from './menu';

type Options = Electron.MenuItemConstructorOptions;

/** What a role does where Electron's own is not needed; the rest is only recorded. */
export interface MenuRoles {
  quit(): void;
  close(): void;
  focusedWindow(): Electron.BrowserWindow | null;
}

let roles: MenuRoles | undefined;

/** Said once by the module that knows app and windows. */
export function setMenuRoles(known: MenuRoles): void {
  roles = known;
}

let commands = 0;

export class MenuItemStandIn implements Pick<
  Electron.MenuItem,
  | 'accelerator'
  | 'checked'
  | 'click'
  | 'commandId'
  | 'enabled'
  | 'id'
  | 'label'
  | 'sublabel'
  | 'toolTip'
  | 'type'
  | 'visible'
> {
  readonly commandId: number;
  id: string;
  label: string;
  sublabel: string;
  toolTip: string;
  type: Electron.MenuItem['type'];
  role: string | undefined;
  checked: boolean;
  enabled: boolean;
  visible: boolean;
  accelerator: Electron.Accelerator | null;
  submenu: MenuStandIn | undefined;
  private readonly onClick: Options['click'];

  constructor(options: Options, submenu?: MenuStandIn) {
    commands += 1;
    this.commandId = commands;
    this.id = options.id ?? '';
    this.role = options.role?.toLowerCase();
    this.label = options.label ?? options.role ?? '';
    this.sublabel = options.sublabel ?? '';
    this.toolTip = options.toolTip ?? '';
    this.type = options.type ?? (submenu ? 'submenu' : 'normal');
    this.checked = options.checked ?? false;
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.accelerator = options.accelerator ?? null;
    this.submenu = submenu;
    this.onClick = options.click;
  }

  click(
    event: Electron.KeyboardEvent = {},
    window: Electron.BaseWindow | null = roles?.focusedWindow() ?? null,
  ): void {
    if (!this.enabled) return;
    if (this.type === 'checkbox') this.checked = !this.checked;
    if (this.type === 'radio') this.checked = true;
    if (this.onClick) Reflect.apply(this.onClick, undefined, [this, window ?? undefined, event]);
    else if (this.role === 'quit') roles?.quit();
    else if (this.role === 'close') roles?.close();
    else if (this.role !== undefined) recordCall('menu.role', this.role);
  }
}
