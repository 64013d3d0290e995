import { describe, expect, it } from 'vitest';
import { findChromium, majorVersion, MINIMUM_CHROMIUM_MAJOR, requireRecentChromium } from './find-chromium';

describe('finding Chromium', () => {
  it('takes the first place that exists, and before all the one that is named', () => {
    expect(findChromium({}, ['/no/such', process.execPath])).toBe(process.execPath);
    expect(findChromium({ STAND_IN_CHROMIUM: process.execPath }, [])).toBe(process.execPath);
  });

  it('says what to install when there is none', () => {
    expect(() => findChromium({}, ['/no/such'])).toThrow(
      /no Chromium was found.*apt-get install chromium.*STAND_IN_CHROMIUM/,
    );
  });

  it('does not fall back when the named one is missing', () => {
    expect(() => findChromium({ STAND_IN_CHROMIUM: '/no/such' }, [process.execPath])).toThrow(
      'STAND_IN_CHROMIUM names /no/such',
    );
  });
});

describe('the version', () => {
  it('is read from what Chromium says of itself', () => {
    expect(majorVersion('Chromium 156.0.8078.79 built on Debian')).toBe(156);
    expect(majorVersion('HeadlessChrome/131.0.1.2')).toBe(131);
    expect(majorVersion('no version')).toBeUndefined();
  });

  it('must be recent enough', () => {
    expect(() => {
      requireRecentChromium(`Chrome/${MINIMUM_CHROMIUM_MAJOR}.0.0.0`, 'chromium');
    }).not.toThrow();
    expect(() => {
      requireRecentChromium('Chrome/99.0.4844.51', '/usr/bin/chromium');
    }).toThrow(
      `/usr/bin/chromium is Chrome/99.0.4844.51; the stand-in needs Chromium ${MINIMUM_CHROMIUM_MAJOR} or newer`,
    );
  });
});
