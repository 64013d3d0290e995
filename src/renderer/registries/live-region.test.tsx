import { act, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { SessionView } from '../../contract/view-model';
import { FakeMain } from '../testing/fake-main';
import { spoken } from '../testing/queries';
import { renderApp } from '../testing/render-app';
import { aFlow, aProblem, aRegistry } from '../testing/views';

test('there is exactly one polite live region, and it is silent at the start', async () => {
  await renderApp(new FakeMain([aRegistry({ session: { kind: 'signed-in', account: 'alice' } })]));
  expect(document.querySelectorAll('[aria-live], [role="status"], output')).toHaveLength(1);
  expect(screen.getByRole('status').getAttribute('aria-live')).toBe('polite');
  expect(spoken()).toBe('');
});

test.each([
  [aFlow(0), 'Acme: signing in…'],
  [{ kind: 'signed-in', account: 'alice@acme.example' }, 'Acme: signed in as alice@acme.example'],
  [{ kind: 'signed-in' }, 'Acme: signed in'],
  [{ kind: 'expired', problem: aProblem() }, 'Acme: session expired'],
  [{ kind: 'needs-attention', next: 'none', problem: aProblem() }, 'Acme: needs attention'],
  [{ kind: 'no-sign-in-needed' }, 'Acme: no sign-in needed'],
] satisfies [SessionView, string][])('becoming %j is announced as "%s"', async (session, words) => {
  const main = new FakeMain([aRegistry()]);
  await renderApp(main);
  act(() => {
    main.change(aRegistry({ session }));
  });
  expect(spoken()).toBe(words);
});

test('a change is announced once: steps, deadlines and notes are not', async () => {
  const main = new FakeMain([aRegistry({ session: aFlow(0, { step: 'opening-browser' }) })]);
  await renderApp(main);
  act(() => {
    main.change(aRegistry({ session: aFlow(0, { step: 'waiting-for-browser' }) }));
    main.change(aRegistry({ session: aFlow(0, { deadline: 240_000 }) }));
    main.change(aRegistry({ session: aFlow(0, { deadline: 240_000 }), siblings: 3 }));
  });
  expect(spoken()).toBe('');
});

test('the same words twice are two announcements', async () => {
  const main = new FakeMain([aRegistry()]);
  await renderApp(main);
  const change = (session: SessionView) => {
    act(() => {
      main.change(aRegistry({ session }));
    });
  };
  change(aFlow(0));
  const first = screen.getByRole('status').firstElementChild;
  change({ kind: 'signed-out' });
  expect(spoken()).toBe('Acme: signed out');
  change(aFlow(0));
  expect(spoken()).toBe('Acme: signing in…');
  expect(screen.getByRole('status').firstElementChild).not.toBe(first);
});
