const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A text as it stands in XML, between elements and in attributes alike. */
export const xml = (text) => text.replaceAll(/[&<>"]/g, (character) => entities[character]);
