import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { strict, strictClass, strictSelf, unimplemented } from './strict';

interface Whole {
  here(): number;
  missing(): number;
  setting: string;
}

describe('a strict object', () => {
  const whole = strict<Whole>({ here: () => 1 }, 'module.whole');

  it('answers what it has', () => {
    expect(whole.here()).toBe(1);
  });

  it('throws by the full name for what it lacks, read or written', () => {
    expect(() => whole.missing()).toThrow('module.whole.missing is not implemented');
    expect(() => {
      whole.setting = 'x';
    }).toThrow('module.whole.setting is not implemented');
  });

  it('may be awaited, printed and compared', async () => {
    expect(await Promise.resolve(whole)).toBe(whole);
    expect(JSON.stringify(whole)).toBe('{}');
  });

  it('says that a destroyed object is destroyed, but still answers isDestroyed', () => {
    class Window extends EventEmitter {
      private gone = false;

      constructor() {
        super();
        return strictSelf(this, 'Window', { destroyed: () => this.gone });
      }

      isDestroyed(): boolean {
        return this.gone;
      }

      getTitle(): string {
        return 'title';
      }

      destroy(): void {
        this.gone = true;
        this.emit('closed');
      }
    }
    const window = new Window();
    expect(window.getTitle()).toBe('title');
    window.destroy();
    expect(window.isDestroyed()).toBe(true);
    expect(() => window.getTitle()).toThrow(new TypeError('Object has been destroyed'));
  });
});

describe('a strict class', () => {
  class Implementation {
    static known(): string {
      return 'known';
    }
    value = 1;
  }
  const Strict = strictClass<typeof Implementation & { unknown(): string }>(Implementation, 'Class');

  it('makes instances and has its static members', () => {
    expect(new Strict().value).toBe(1);
    expect(Strict.known()).toBe('known');
  });

  it('throws by name for a static member it lacks', () => {
    expect(() => Strict.unknown()).toThrow('Class.unknown is not implemented');
  });
});

describe('an unimplemented module', () => {
  const module = unimplemented<{ start(): void; new (): object }>('autoUpdater');

  it('can be named, and throws when it is touched, called or constructed', () => {
    expect(typeof module).toBe('function');
    expect(() => {
      module.start();
    }).toThrow('autoUpdater.start is not implemented');
    expect(() => new module()).toThrow('autoUpdater is not implemented');
  });
});
