import { failed, type Result, success } from '../base/failure';
import { type NetworkAnswer, retryAfterMs } from '../base/net';
import { wholeText } from './ask-registry';

/**
 * The JSON of an answer, whatever its shape. Failures: REGISTRY_NOT_FOUND, REGISTRY_UNAVAILABLE (429 and 5xx, with the
 * seconds it asks to wait), REGISTRY_NOT_A_REGISTRY for any other refusal and for what is no JSON, and those of
 * {@link wholeText}.
 * @param url of the registry, for the sentence
 */
export async function jsonOf(response: NetworkAnswer, url: string, now: number): Promise<Result<unknown>> {
  const { status, headers } = response;
  const { host } = new URL(url);
  if (status < 200 || status > 299) {
    response.body?.destroy();
    if (status === 404 || status === 410) return failed('REGISTRY_NOT_FOUND', { url });
    if (status !== 429 && status < 500) return failed('REGISTRY_NOT_A_REGISTRY', { host, url });
    const wait = retryAfterMs(headers, now);
    const seconds = wait === undefined ? {} : { seconds: Math.ceil(wait / 1000) };
    return failed('REGISTRY_UNAVAILABLE', { host, ...seconds });
  }
  const text = await wholeText(response);
  if (!text.ok) return text;
  try {
    return success(JSON.parse(text.value) as unknown);
  } catch {
    return failed('REGISTRY_NOT_A_REGISTRY', { host, url });
  }
}
