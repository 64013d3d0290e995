import type { IncomingMessage } from 'node:http';
import type Provider from 'oidc-provider';
import type { InteractionResults, KoaContextWithOIDC } from 'oidc-provider';
import { continuePage, contentSecurityPolicy, signInPage } from './pages';
import { personNamed, personOf } from './people';

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

export interface InteractionOptions {
  readonly company: string;
  /** The issuer's path without a trailing slash. */
  readonly mountPath: string;
  readonly defaultUserName: string;
}

/**
 * The pages a person sees, at `/interaction/:uid` below the issuer. One click signs in and consents to everything
 * that was asked for.
 */
export function addInteractions(provider: Provider, options: InteractionOptions): void {
  provider.use(async (ctx: KoaContextWithOIDC, next) => {
    const [, uid, cancel] = /^\/interaction\/([^/]+)(\/cancel)?$/.exec(ctx.path) ?? [];
    if (uid === undefined) {
      await next();
      return;
    }
    const interaction = await provider.interactionDetails(ctx.req, ctx.res).catch(() => undefined);
    ctx.set('cache-control', 'no-store');
    if (interaction === undefined) {
      ctx.status = 400;
      ctx.body = 'This sign-in has expired. Start again in the app.';
    } else if (cancel !== undefined) {
      await finish(ctx, { error: 'access_denied', error_description: 'The user cancelled the sign-in' });
    } else if (ctx.method === 'POST') {
      await finish(ctx, await consented(interaction, await formOf(ctx.req)));
    } else {
      ctx.set('content-security-policy', contentSecurityPolicy);
      ctx.type = 'html';
      ctx.body = await pageFor(interaction, ctx.query['account'] === 'other');
    }
  });

  async function finish(ctx: KoaContextWithOIDC, result: InteractionResults): Promise<void> {
    const next = await provider.interactionResult(ctx.req, ctx.res, result, {
      mergeWithLastSubmission: false,
    });
    ctx.redirect(next);
    ctx.status = 303;
  }

  async function pageFor(interaction: Interaction, otherAccount: boolean): Promise<string> {
    const client = await provider.Client.find(String(interaction.params['client_id']));
    const address = `${options.mountPath}/interaction/${interaction.uid}`;
    const shared = {
      company: options.company,
      client: client?.clientName ?? client?.clientId ?? 'an application',
      cancelAddress: `${address}/cancel`,
    };
    const sub = interaction.session?.accountId;
    if (interaction.prompt.name === 'consent' && sub !== undefined && !otherAccount) {
      const otherAccountAddress = `${address}?account=other`;
      return continuePage({ ...shared, account: personOf(sub).email, otherAccountAddress });
    }
    const hint = interaction.params['login_hint'];
    return signInPage({ ...shared, userName: typeof hint === 'string' ? hint : options.defaultUserName });
  }

  /** The answer to every prompt at once: who it is, that an account was chosen, and a grant of all that was asked. */
  async function consented(interaction: Interaction, form: URLSearchParams): Promise<InteractionResults> {
    const userName = form.get('user') ?? '';
    const known = interaction.session?.accountId;
    const accountId = userName === '' && known !== undefined ? known : personNamed(userName).sub;
    const { client_id: clientId, scope, resource } = interaction.params;
    const existing =
      interaction.grantId !== undefined && accountId === known
        ? await provider.Grant.find(interaction.grantId)
        : undefined;
    const grant = existing ?? new provider.Grant({ accountId, clientId: String(clientId) });
    if (typeof scope === 'string') {
      grant.addOIDCScope(scope);
      for (const one of [resource].flat()) {
        if (typeof one === 'string') grant.addResourceScope(one, scope);
      }
    }
    return { login: { accountId }, select_account: {}, consent: { grantId: await grant.save() } };
  }
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}
