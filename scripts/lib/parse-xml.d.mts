export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Partial<Record<string, string>>>;
  readonly children: readonly XmlElement[];
}
export function parseXml(text: string): XmlElement;
export function descendants(element: XmlElement, name: string): XmlElement[];
