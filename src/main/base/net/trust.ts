import tls from 'node:tls';

/**
 * The authorities to trust: the runtime's default ones, those of the operating system where the runtime can list
 * them (Node 22.15 and later), and the ones an administrator added. Absent when nothing has to be added to the
 * runtime's own default.
 * @param extra PEM, each possibly with several certificates
 */
export function trustedAuthorities(extra: readonly string[], runtime: object = tls): string[] | undefined {
  const system = listed(runtime, 'system');
  if (extra.length === 0 && system.length === 0) return undefined;
  const usual = listed(runtime, 'default');
  return [...new Set([...(usual.length === 0 ? tls.rootCertificates : usual), ...system, ...extra])];
}

/**
 * The same authorities as connections need them; undefined: those of the runtime. They are read when the first connection
 * needs them, and once: reading a hundred and fifty certificates holds everything else up for as long as many requests take.
 */
export function trustFor(extra: readonly string[]): () => tls.SecureContext | undefined {
  let context: tls.SecureContext | undefined;
  let isRead = false;
  return () => {
    if (isRead) return context;
    const ca = trustedAuthorities(extra);
    context = ca === undefined ? undefined : tls.createSecureContext({ ca });
    isRead = true;
    return context;
  };
}

interface ListsCertificates {
  getCACertificates(type: 'default' | 'system'): readonly string[];
}

const listsCertificates = (runtime: object): runtime is ListsCertificates =>
  'getCACertificates' in runtime && typeof runtime.getCACertificates === 'function';

/** An unreadable system store must not keep the app from starting: then only the default authorities count. */
function listed(runtime: object, type: 'default' | 'system'): readonly string[] {
  if (!listsCertificates(runtime)) return [];
  try {
    return runtime.getCACertificates(type);
  } catch {
    return [];
  }
}
