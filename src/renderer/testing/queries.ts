import { screen, within } from '@testing-library/react';

/** The list of registries. */
export const list = () => screen.getByRole('list', { name: 'Registries' });

/** The row of one registry. */
export const row = (name: string) => within(list()).getByRole('listitem', { name });

/** Names of the rows, from top to bottom. */
export const rowNames = () =>
  [...list().children].map((child) => child.querySelector('.row-name')?.textContent);

/** Texts of the elements that tell a row's state; there should be exactly one. */
export const statesOf = (name: string) =>
  [...row(name).querySelectorAll('[data-part="status"]')].map(({ textContent }) => textContent);

/** Buttons in a row, by accessible name. */
export const buttonIn = (name: string, button: string) =>
  within(row(name)).getByRole('button', { name: button });

/** The text of the one polite live region. */
export const spoken = () => screen.getByRole('status').textContent;
