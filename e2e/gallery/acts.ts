import type { Page } from '@playwright/test';

/** What a person did before a picture is taken, by the names of either language. */
export type Act = (page: Page) => Promise<void>;

const inTurn =
  (...acts: readonly Act[]): Act =>
  async (page) => {
    for (const act of acts) await act(page);
  };
const press =
  (role: 'button' | 'switch' | 'tab', name: RegExp): Act =>
  (page) =>
    page.getByRole(role, { name }).first().click();
const fill =
  (field: string, text: string): Act =>
  (page) =>
    page.locator(`[data-field="${field}"]`).fill(text);

const detailsOf = (name: string) => press('button', new RegExp(`^${name}$`));
const openForm = press('button', /^(Add registry|Registry hinzufügen)$/);
const goOn = press('button', /^(Continue|Weiter)$/);
const byHand = press('button', /^(Enter everything by hand|Alles selbst eingeben)$/);
const url = fill('url', 'https://mcp.acme.example/registry');
const support = press('button', /^Support$/);
const edit = inTurn(
  detailsOf('Globex'),
  press('button', /^(Edit|Bearbeiten)$/),
  press('button', /^(More settings|Weitere Einstellungen)$/),
);
const serversOf = (name: string) =>
  inTurn(detailsOf(name), press('button', /^(Show servers|Server anzeigen)$/), async (page) => {
    await page.getByRole('listitem').filter({ hasText: 'io.acme/tickets' }).waitFor();
  });
const settings: Act = async (page) => {
  await page.keyboard.press('Control+,');
  await page.getByRole('heading', { level: 1, name: /^(Settings|Einstellungen)$/ }).waitFor();
};

export const acts = {
  details: detailsOf('Acme MCP Registry'),
  lock: inTurn(
    detailsOf('Acme MCP Registry'),
    press('button', /^(Managed by your organization|Von Ihrer Organisation)/),
  ),
  servers: serversOf('Acme MCP Registry'),
  staleServers: serversOf('Public catalogue'),
  server: inTurn(serversOf('Acme MCP Registry'), press('button', /^Files$/), async (page) => {
    await page.getByText('@acme/files-mcp').waitFor();
  }),
  add: openForm,
  addByHand: inTurn(openForm, url, byHand),
  addRefused: inTurn(openForm, url, byHand, fill('issuer', 'https://login.acme.example/'), goOn),
  addOffers: inTurn(openForm, fill('url', 'https://several.acme.example/registry'), goOn),
  addConfirm: inTurn(openForm, url, goOn),
  edit,
  editConfirm: inTurn(edit, goOn),
  remove: inTurn(detailsOf('Globex'), press('button', /^(Remove…|Entfernen …)$/)),
  forget: inTurn(detailsOf('Wayne Enterprises'), press('button', /^(Forget…|Vergessen …)$/)),
  confirmHost: press('button', /^(Sign in to|Bei) Аcme/),
  confirmIssuer: press('button', /^(Sign in to|Bei) Acme MCP/),
  settings,
  gateway: inTurn(settings, press('switch', /^(Let other programs|Andere Programme)/)),
  supportState: inTurn(support, press('button', /^Acme MCP Registry/)),
  supportSettings: inTurn(support, press('tab', /^(Settings|Einstellungen)$/)),
  supportActivity: inTurn(support, press('tab', /^(Activity|Verlauf)$/)),
  selfTest: inTurn(support, press('tab', /^(Self-test|Selbsttest)$/)),
  report: inTurn(support, press('tab', /^(Report|Bericht)$/)),
  recovery: inTurn(support, press('tab', /^(Recovery|Wiederherstellung)$/)),
  recoveryReset: inTurn(
    support,
    press('tab', /^(Recovery|Wiederherstellung)$/),
    press('button', /^(Reset Gatepass…|Gatepass zurücksetzen …)$/),
  ),
  guide: inTurn(
    press('button', /^Details$/),
    press('button', /^(How to solve this|So lösen Sie es)/),
    (page) => page.getByRole('dialog').waitFor(),
  ),
  guideTab: inTurn(support, press('tab', /^(Guide|Anleitung)$/)),
  addToken: press('button', /^(Add token to|Token für)/),
  async shortcuts(page) {
    await page.keyboard.press('?');
  },
  async noHits(page) {
    await page.keyboard.press('/');
    await page.keyboard.type('no such registry');
  },
  async problemDetails(page) {
    await page
      .getByRole('button', { name: /^Details$/ })
      .nth(1)
      .click();
  },
} satisfies Readonly<Record<string, Act>>;
