import { redirect } from '../answers';
import type { Handler } from '../endpoint';

/**
 * For `authorize.answerWith`: sends the browser on to another provider's authorization endpoint, as an attacker does
 * who wants its code delivered to himself (mix-up, RFC 9700 4.4).
 * @param changes parameters to replace, such as the `client_id` at the other provider.
 */
export function forwardBrowserTo(
  authorizationEndpoint: string,
  changes: Readonly<Record<string, string>> = {},
): { readonly handle: Handler } {
  return {
    handle: ({ params }) => {
      const url = new URL(authorizationEndpoint);
      url.search = new URLSearchParams({ ...Object.fromEntries(params), ...changes }).toString();
      return redirect(url.href);
    },
  };
}
