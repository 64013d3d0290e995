import { expect, it } from 'vitest';
import { resolveProxyFromEnvironment } from './proxy-rules';

const PROXY = 'http://proxy.invalid:3128';

it.each([
  ['no variable', 'https://host.invalid/', {}, 'DIRECT'],
  ['HTTPS_PROXY', 'https://host.invalid/', { HTTPS_PROXY: PROXY }, 'PROXY proxy.invalid:3128'],
  ['HTTPS_PROXY for plain http', 'http://host.invalid/', { HTTPS_PROXY: PROXY }, 'DIRECT'],
  ['HTTP_PROXY', 'http://host.invalid/', { HTTP_PROXY: PROXY }, 'PROXY proxy.invalid:3128'],
  [
    'lower case, which wins',
    'https://host.invalid/',
    { https_proxy: 'http://low.invalid', HTTPS_PROXY: PROXY },
    'PROXY low.invalid:80',
  ],
  [
    'ALL_PROXY with SOCKS',
    'https://host.invalid/',
    { ALL_PROXY: 'socks5://s.invalid' },
    'SOCKS5 s.invalid:1080',
  ],
  ['a TLS proxy', 'https://host.invalid/', { HTTPS_PROXY: 'https://p.invalid' }, 'HTTPS p.invalid:443'],
  [
    'a proxy without scheme',
    'https://host.invalid/',
    { HTTPS_PROXY: 'p.invalid:8080' },
    'PROXY p.invalid:8080',
  ],
  [
    'NO_PROXY with the host',
    'https://host.invalid/',
    { HTTPS_PROXY: PROXY, NO_PROXY: 'other,host.invalid' },
    'DIRECT',
  ],
  [
    'NO_PROXY with the domain',
    'https://a.host.invalid/',
    { HTTPS_PROXY: PROXY, NO_PROXY: '.host.invalid' },
    'DIRECT',
  ],
  [
    'NO_PROXY with another port',
    'https://host.invalid/',
    { HTTPS_PROXY: PROXY, NO_PROXY: 'host.invalid:8443' },
    'PROXY proxy.invalid:3128',
  ],
  ['NO_PROXY with a star', 'https://host.invalid/', { HTTPS_PROXY: PROXY, NO_PROXY: '*' }, 'DIRECT'],
  ['loopback', 'http://127.0.0.1:8080/', { HTTP_PROXY: PROXY }, 'DIRECT'],
  ['nonsense for a proxy', 'https://host.invalid/', { HTTPS_PROXY: 'http://[' }, 'DIRECT'],
])('answers for %s', (_name, url, env, expected) => {
  expect(resolveProxyFromEnvironment(url, env)).toBe(expected);
});
