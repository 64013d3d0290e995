import { strict } from '../host/strict';
import { hostState } from '../host/state';
import { schemeMapping } from '../page/scheme-mapping';

type ProtocolHandler = (request: Request) => Response | Promise<Response>;

/** Schemes Chromium serves by itself; registering a handler for one intercepts it. */
export class ProtocolStandIn implements Pick<
  Electron.Protocol,
  'registerSchemesAsPrivileged' | 'handle' | 'unhandle' | 'isProtocolHandled'
> {
  private readonly handlers = new Map<string, ProtocolHandler>();

  registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]): void {
    if (hostState.browser)
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    for (const { scheme, privileges } of schemes) {
      if (privileges?.standard !== true) {
        throw new Error(
          `[electron stand-in] the scheme '${scheme}' must be standard; others are not implemented`,
        );
      }
      schemeMapping.register(scheme.toLowerCase());
    }
  }

  handle(scheme: string, handler: ProtocolHandler): void {
    if (this.handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    this.handlers.set(scheme, handler);
  }

  unhandle(scheme: string): void {
    if (!this.handlers.delete(scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`);
  }

  isProtocolHandled(scheme: string): boolean {
    return this.handlers.has(scheme);
  }

  handlerOf(scheme: string): ProtocolHandler | undefined {
    return this.handlers.get(scheme);
  }
}

export const protocolImplementation = new ProtocolStandIn();
export const protocol = strict<Electron.Protocol>(protocolImplementation, 'protocol');
