import { act, within } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { FakeMain } from '../testing/fake-main';
import { buttonIn, row, spoken } from '../testing/queries';
import { renderApp } from '../testing/render-app';
import { aFlow, aProblem, aRegistry } from '../testing/views';

const steps = () =>
  within(row('Acme'))
    .getAllByRole('listitem')
    .map((step) => [step.textContent, step.getAttribute('aria-current')]);

afterEach(() => {
  vi.useRealTimers();
});

test('a running flow shows its three steps and marks the current one', async () => {
  const main = new FakeMain([aRegistry({ session: aFlow(Date.now(), { step: 'opening-browser' }) })]);
  await renderApp(main);
  expect(steps()).toEqual([
    ['1Opening your browser', 'step'],
    ['2Waiting for you to finish in the browser', null],
    ['3Completing sign-in', null],
  ]);
  act(() => {
    main.change(aRegistry({ session: aFlow(Date.now(), { step: 'completing' }) }));
  });
  expect(steps()).toEqual([
    ['Opening your browser (done)', null],
    ['Waiting for you to finish in the browser (done)', null],
    ['3Completing sign-in', 'step'],
  ]);
});

test.each([
  ['Open again', 'openBrowserAgain'],
  ['Copy link', 'copySignInLink'],
  ['More time', 'extendSignIn'],
  ['Cancel sign-in to Acme', 'cancelSignIn'],
])('from the first second on, "%s" is there and sends %s', async (button, command) => {
  const main = new FakeMain([aRegistry({ session: aFlow(Date.now(), { step: 'opening-browser' }) })]);
  const { user } = await renderApp(main);
  await user.click(buttonIn('Acme', button));
  expect(main.sent).toEqual([{ command, input: { registryId: 'acme' } }]);
});

test('a copied link is told to people who listen', async () => {
  const { user } = await renderApp(new FakeMain([aRegistry({ session: aFlow(Date.now()) })]));
  await user.click(buttonIn('Acme', 'Copy link'));
  expect(spoken()).toBe('Link copied');
});

test('the time that is left counts down in words', async () => {
  vi.useFakeTimers({ now: 1_700_000_000_000, toFake: ['Date', 'setInterval', 'clearInterval'] });
  await renderApp(
    new FakeMain([aRegistry({ session: aFlow(Date.now(), { deadline: Date.now() + 95_000 }) })]),
  );
  const timer = within(row('Acme')).getByRole('timer');
  expect(timer.textContent).toBe('2 minutes left');
  act(() => {
    vi.advanceTimersByTime(5_000);
  });
  expect(timer.textContent).toBe('90 seconds left');
  act(() => {
    vi.advanceTimersByTime(200_000);
  });
  expect(timer.textContent).toBe('0 seconds left');
});

test('a flow that cannot be extended says so and asks for nothing', async () => {
  const main = new FakeMain([aRegistry({ session: aFlow(Date.now(), { canExtend: false }) })]);
  const { user } = await renderApp(main);
  const button = buttonIn('Acme', 'More time');
  expect(button.getAttribute('aria-disabled')).toBe('true');
  await user.click(button);
  expect(main.sent).toEqual([]);
});

test('when the browser could not be opened, the link is named as the way on', async () => {
  const problem = aProblem({ code: 'LOGIN_BROWSER_FAILED' });
  await renderApp(new FakeMain([aRegistry({ session: aFlow(Date.now(), { problem }) })]));
  expect(within(row('Acme')).getByRole('alert').textContent).toContain('Press Copy link');
  buttonIn('Acme', 'Copy link');
});

test('after Cancel the focus is on the button that begins anew', async () => {
  const main = new FakeMain([aRegistry({ session: aFlow(Date.now()) })]);
  main.answer = () => {
    main.change(aRegistry());
    return Promise.resolve({ ok: true });
  };
  const { user } = await renderApp(main);
  await user.click(buttonIn('Acme', 'Cancel sign-in to Acme'));
  expect(document.activeElement).toBe(buttonIn('Acme', 'Sign in to Acme'));
});
