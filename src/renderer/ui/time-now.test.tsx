import { act, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useNow } from './time-now';

const start = 1_700_000_000_000;
beforeEach(() => {
  vi.useFakeTimers({ now: start, toFake: ['Date', 'setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

function Seconds({ every }: { readonly every: number }) {
  return <span data-testid="seconds">{(useNow(every) - start) / 1000}</span>;
}

const pass = (ms: number) => {
  act(() => {
    vi.advanceTimersByTime(ms);
  });
};
const shown = () => screen.getAllByTestId('seconds').map(({ textContent }) => textContent);

test('all that are drawn again equally often share one timer, and show the time they came with until it rings', () => {
  const first = render(<Seconds every={60_000} />);
  pass(40_000);
  const second = render(<Seconds every={60_000} />);
  expect(vi.getTimerCount()).toBe(1);
  expect(shown()).toEqual(['0', '40']);
  pass(20_000);
  expect(shown()).toEqual(['60', '60']);
  first.unmount();
  pass(60_000);
  expect(shown()).toEqual(['120']);
  second.unmount();
  expect(vi.getTimerCount()).toBe(0);
});

test('what is drawn at another pace has a timer of its own, and the next after the last begins anew', () => {
  const minutes = render(<Seconds every={60_000} />);
  const seconds = render(<Seconds every={1_000} />);
  expect(vi.getTimerCount()).toBe(2);
  pass(2_000);
  expect(shown()).toEqual(['0', '2']);
  minutes.unmount();
  seconds.unmount();
  render(<Seconds every={60_000} />);
  pass(60_000);
  expect(shown()).toEqual(['62']);
});
