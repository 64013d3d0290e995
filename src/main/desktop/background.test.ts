import { EventEmitter } from 'node:events';
import { beforeEach, expect, test } from 'vitest';
import { type ManualClock, manualClock } from '../base/manual-clock';
import type { SignInSummary } from '../view';
import { Background } from './background';

/** A window whose close button a test presses. */
class AWindow extends EventEmitter {
  isOpen = true;
  isShown: boolean;

  constructor(isShown: boolean) {
    super();
    this.isShown = isShown;
  }

  hide() {
    this.isShown = false;
  }

  show() {
    this.isShown = true;
    this.emit('show');
  }

  close() {
    let isKept = false;
    this.emit('close', {
      preventDefault: () => {
        isKept = true;
      },
    });
    this.isOpen = isKept;
  }
}

let clock: ManualClock;
let menu: SignInSummary | undefined;
let drawn: number;
let summary: SignInSummary;
let quit: () => void;

beforeEach(() => {
  clock = manualClock();
  menu = undefined;
  drawn = 0;
  summary = new Map([['signed-in', 1]]);
});

function open(isHidden = false) {
  const window = new AWindow(!isHidden);
  const background = new Background({
    window,
    tray: {
      show: (now) => {
        menu = now;
        drawn += 1;
      },
      remove: () => {
        menu = undefined;
      },
    },
    summary: () => summary,
    onQuitting: (listener) => {
      quit = listener;
    },
    clock,
    isHidden,
  });
  return { window, background };
}

test('closing the window ends it, and there is no icon', () => {
  const { window, background } = open();
  background.follow(false);
  expect(menu).toBeUndefined();
  window.close();
  expect(window.isOpen).toBe(false);
});

test('where the app keeps running, closing hides the window, and the icon leads back', () => {
  const { window, background } = open();
  background.follow(true);
  expect(menu).toEqual(summary);
  window.close();
  expect(window).toMatchObject({ isOpen: true, isShown: false });
  expect(menu).toEqual(summary);
});

test('quitting closes the window also where the app keeps running', () => {
  const { window, background } = open();
  background.follow(true);
  quit();
  window.close();
  expect(window.isOpen).toBe(false);
});

test('a hidden window keeps its icon when keeping running is switched off, until it is shown', () => {
  const { window, background } = open();
  background.follow(true);
  window.close();
  background.follow(false);
  expect(menu).toEqual(summary);
  window.show();
  expect(menu).toBeUndefined();
  window.close();
  expect(window.isOpen).toBe(false);
});

test('an app that starts hidden has its icon at once, before any setting was read', () => {
  open(true);
  expect(menu).toEqual(summary);
});

test('many changes of sessions draw the menu once', async () => {
  const { background } = open(true);
  expect(drawn).toBe(1);
  summary = new Map([['expired', 1]]);
  for (let change = 0; change < 100; change += 1) background.changed();
  await clock.advance(200);
  expect(drawn).toBe(2);
  expect(menu).toEqual(summary);
  background.changed();
  await clock.advance(200);
  expect(drawn).toBe(3);
});
