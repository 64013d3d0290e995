import { JSDOM } from 'jsdom';

const plain = (element) => ({
  name: element.localName,
  attributes: Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value])),
  children: [...element.children].map(plain),
});

/** The elements of an XML document; throws for what is not well-formed. */
export function parseXml(text) {
  return plain(new JSDOM(text, { contentType: 'text/xml' }).window.document.documentElement);
}

/** Every element of a name below another one, in the order of the document. */
export function descendants(element, name) {
  return element.children.flatMap((child) => [
    ...(child.name === name ? [child] : []),
    ...descendants(child, name),
  ]);
}
