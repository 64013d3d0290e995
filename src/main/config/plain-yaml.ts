import { EVENT_ID, type Event, getScalarValue, parseEvents, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';
import { parse } from 'yaml';
import type { Path } from './yaml-file';
import type { Mapping } from './yaml-values';

/** The value of a file, and where everything in it begins. */
export interface PlainYaml {
  readonly value: Mapping;
  /** The offset of a key or list item; of what holds it, when it is missing. */
  readonly offsetOf: (path: Path) => number;
}

/** Where a node and the things in it begin: keys of a mapping, items of a list. */
interface Place {
  readonly at: number;
  readonly inside?: ReadonlyMap<string | number, Place>;
}
interface Node {
  readonly value: unknown;
  readonly place: Place;
}

/** Thrown where a text says more than plain data; the parser that knows everything reads it instead. */
class NotPlain extends Error {}

const deepestNesting = 50;
/** The line break of old Macs, and tabs between words: the two parsers do not agree on where they may stand. */
const unsettled = /\r(?!\n)|\t/;

/**
 * Reads what configuration files nearly always are, several times faster than the parser that also keeps comments and
 * knows every fault: one document of mappings, lists and one-line scalars. Undefined for anything else, anchors, tags,
 * several documents, keys written twice and faults included. What is read here has the same value and the same lines as
 * it has there; a test compares the two.
 */
export function readPlainYaml(text: string): PlainYaml | undefined {
  if (unsettled.test(text)) return undefined;
  try {
    const [document, ...content] = parseEvents(text, {});
    if (document?.type !== EVENT_ID.DOCUMENT || document.directives.length > 0) return undefined;
    const reader = new Reader(text, content);
    const { value, place } = reader.mapping();
    return reader.isAtEnd() ? { value, offsetOf: (path) => offsetIn(place, path) } : undefined;
  } catch {
    return undefined;
  }
}

/** Walks through the events of one document; each of its methods leaves them behind what it has read. */
class Reader {
  readonly #text: string;
  readonly #events: readonly Event[];
  #next = 0;
  #depth = 0;

  constructor(text: string, events: readonly Event[]) {
    this.#text = text;
    this.#events = events;
  }

  /** Whether nothing but the end of the one document is left. */
  isAtEnd(): boolean {
    return this.#next === this.#events.length - 1 && this.#peek().type === EVENT_ID.POP;
  }

  mapping(): Node & { readonly value: Mapping } {
    const event = this.#take();
    if (event.type !== EVENT_ID.MAPPING) throw new NotPlain();
    const value = Object.create(null) as Record<string, unknown>;
    const inside = new Map<string, Place>();
    this.#within(event, () => {
      const keyEvent = this.#take();
      if (keyEvent.type !== EVENT_ID.SCALAR) throw new NotPlain();
      const key = String(this.#scalar(keyEvent));
      // A merge key means what it says only to the other parser, and so does a key written twice.
      if (key === '<<' || inside.has(key)) throw new NotPlain();
      const node = this.#node();
      value[key] = node.value;
      inside.set(key, { ...node.place, at: startOf(keyEvent) });
    });
    return { value, place: { at: event.start, inside } };
  }

  #list(): Node {
    const event = this.#take();
    if (event.type !== EVENT_ID.SEQUENCE) throw new NotPlain();
    const value: unknown[] = [];
    const inside = new Map<number, Place>();
    this.#within(event, () => {
      const node = this.#node();
      // Where nothing is written, only the other parser says where it would stand.
      if (node.place.at < 0) throw new NotPlain();
      inside.set(value.length, node.place);
      value.push(node.value);
    });
    return { value, place: { at: event.start, inside } };
  }

  #node(): Node {
    const event = this.#peek();
    if (event.type === EVENT_ID.MAPPING) return this.mapping();
    if (event.type === EVENT_ID.SEQUENCE) return this.#list();
    if (event.type !== EVENT_ID.SCALAR) throw new NotPlain();
    this.#next++;
    return { value: this.#scalar(event), place: { at: event.valueStart } };
  }

  #within(event: Event, readOne: () => void): void {
    if (isNamed(event) || ++this.#depth > deepestNesting) throw new NotPlain();
    while (this.#peek().type !== EVENT_ID.POP) readOne();
    this.#next++;
    this.#depth--;
  }

  #scalar(event: ScalarEvent): unknown {
    if (isNamed(event)) throw new NotPlain();
    if (event.valueStart < 0) return null;
    const source = this.#text.slice(event.valueStart, event.valueEnd);
    if (source.includes('\n') || source.includes('\r')) throw new NotPlain();
    if (event.style === SCALAR_STYLE.PLAIN) return resolved(source);
    return event.fast ? source : getScalarValue(this.#text, event);
  }

  #peek(): Event {
    const event = this.#events[this.#next];
    if (event === undefined) throw new NotPlain();
    return event;
  }

  #take(): Event {
    const event = this.#peek();
    this.#next++;
    return event;
  }
}

const isNamed = (event: Event) =>
  'anchorStart' in event &&
  (event.anchorStart >= 0 || (event.type !== EVENT_ID.ALIAS && event.tagStart >= 0));

function startOf({ valueStart }: ScalarEvent): number {
  if (valueStart < 0) throw new NotPlain();
  return valueStart;
}

/** The words that are no text (YAML 1.2.2, 10.3.2). */
const words = new Map<string, unknown>([
  ...['null', 'Null', 'NULL', '~'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
]);
const wholeNumber = /^(0|[1-9][0-9]{0,14})$/;
const maybeNumber = /^[-+]?\.?[0-9]|^[-+]?\.(inf|nan)$/i;

function resolved(plain: string): unknown {
  if (wholeNumber.test(plain)) return Number(plain);
  if (maybeNumber.test(plain)) return parse(plain) as unknown;
  return words.has(plain) ? words.get(plain) : plain;
}

function offsetIn(root: Place, path: Path): number {
  let place = root;
  for (const step of path) {
    const inner = place.inside?.get(step) ?? place.inside?.get(String(step));
    if (inner === undefined) return place.at;
    place = inner;
  }
  return place.at;
}
