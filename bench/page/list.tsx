import { createRoot } from 'react-dom/client';
import { App } from '../../src/renderer/app/app';
import { connect } from '../../src/renderer/bridge/connect';
import { createTranslator } from '../../src/renderer/i18n/i18n';
import { FakeMain } from '../../src/renderer/testing/fake-main';
import { aRegistry } from '../../src/renderer/testing/views';
import '../../src/renderer/ui/styles';

/** What the measurements do to the page; times are milliseconds. */
export interface ListBench {
  /** The intervals between the frames of so many, each scrolled by ten rows. */
  scroll(frames: number): Promise<number[]>;
  /** From a keystroke in the search to the frame that shows what it finds. */
  filter(text: string, found: string): Promise<number>;
  /** From the patch that changes the second row to the frame after it, and how many rows of the page were touched. */
  changeStatus(account: string): Promise<{ readonly ms: number; readonly rows: number }>;
}

declare global {
  interface Window {
    bench: ListBench;
  }
}

const count = Number(new URLSearchParams(location.search).get('rows'));
const registry = (index: number) =>
  aRegistry({ id: `r${index}`, name: `Registry ${index}`, host: `mcp-${index}.acme.example` });
const main = new FakeMain(Array.from({ length: count }, (_, index) => registry(index)));
const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element with the id "root".');
createRoot(root).render(<App bridge={connect(main)} translator={await createTranslator('en')} />);

const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
/** After the frame's scripts, layout and paint. */
const painted = async (): Promise<number> => {
  await frame();
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      resolve(performance.now());
    };
    port2.postMessage(undefined);
  });
};
const part = (selector: string): Element => {
  const found = document.querySelector(selector);
  if (found === null) throw new Error(`The page has no ${selector}`);
  return found;
};
const setValue = (input: Element, text: string) => {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, text);
  input.dispatchEvent(new Event('input', { bubbles: true }));
};

window.bench = {
  async scroll(frames) {
    const scroller = part('.list-scroll');
    const times = [await frame()];
    for (let index = 0; index < frames; index++) {
      scroller.scrollBy(0, 650);
      times.push(await frame());
    }
    return times.slice(1).map((time, index) => time - (times[index] ?? time));
  },
  async filter(text, found) {
    const search = part('input[type="search"]');
    const startedAt = performance.now();
    setValue(search, text);
    while (document.querySelector('.rows li .row-name')?.textContent !== found) await frame();
    const ms = (await painted()) - startedAt;
    setValue(search, '');
    while (document.querySelector('.rows li .row-name')?.textContent === found) await frame();
    return ms;
  },
  async changeStatus(account) {
    const touched = new Set<Element | null>();
    const watcher = new MutationObserver((records) => {
      for (const { target } of records)
        touched.add(
          (target instanceof Element ? target : target.parentElement)?.closest('.rows > li') ?? null,
        );
    });
    watcher.observe(part('.rows'), { subtree: true, childList: true, attributes: true, characterData: true });
    const startedAt = performance.now();
    main.change({ ...registry(1), status: 'authenticated', session: { kind: 'signed-in', account } });
    const ms = (await painted()) - startedAt;
    watcher.disconnect();
    if (document.querySelectorAll('.rows > li')[1]?.textContent.includes(account) !== true)
      throw new Error('The frame does not show the change yet');
    return { ms, rows: touched.size };
  },
};
