import { Composer, type CST, type Document, isDocument, Lexer, Parser } from 'yaml';
import { failed, type Result, success } from '../base/failure';
import { readPlainYaml } from './plain-yaml';
import { Offsets, valueOf } from './yaml-values';

/** A place in a file: keys and list positions from the top. */
export type Path = readonly (string | number)[];

/** What a YAML text says, with the place of everything in it. */
export interface YamlFile {
  /** Mappings (without a prototype), arrays, strings, numbers, booleans, null; `unusable` where none of these is meant. */
  readonly value: unknown;
  /** The line (from 1) of a key or list item; of what holds it, when it is missing. */
  readonly lineOf: (path: Path) => number;
}

/** The same with comments and layout: what the writing side edits. */
export interface YamlDocument extends YamlFile {
  readonly document: Document;
}

/** Ten thousand registries with every key written out are 1.44 million lexemes and nest eight levels. */
const mostLexemes = 2_000_000;
const deepestNesting = 50;
const lexemesAtOnce = 20_000;

/**
 * Reads YAML 1.2 of any origin, bounded in depth and size. A fault names its line and the parser's word for it, never the
 * text.
 */
export async function parseYaml(text: string): Promise<Result<YamlFile>> {
  const plain = readPlainYaml(text);
  if (plain === undefined) return parseYamlDocument(text);
  const lineAt = lineFinder(text);
  return success({ value: plain.value, lineOf: (path) => lineAt(plain.offsetOf(path)) });
}

/** {@link parseYaml} by the parser that keeps everything; it lets others work in between, since a large file takes it seconds. */
export async function parseYamlDocument(text: string): Promise<Result<YamlDocument>> {
  const lineAt = lineFinder(text);
  const tokens = await tokensOf(text, lineAt);
  if (!tokens.ok) return tokens;
  // `uniqueKeys` would compare each key with all others; keys written twice are found in one pass when values are made.
  const composer = new Composer({ uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  const [document, second] = [...composer.compose(tokens.value, true, text.length)];
  if (!isDocument(document)) return fault('empty', 1);
  if (second !== undefined) return fault('several-documents', lineAt(second.range[0]));
  const [error] = document.errors;
  if (error !== undefined) return fault(error.code.toLowerCase().replaceAll('_', '-'), lineAt(error.pos[0]));
  const offsets = new Offsets(document.contents);
  return success({
    value: valueOf(document.contents),
    lineOf: (path) => lineAt(offsets.of(path)),
    document,
  });
}

async function tokensOf(text: string, lineAt: (offset: number) => number): Promise<Result<CST.Token[]>> {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let lexemes = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > deepestNesting) return fault('nesting', lineAt(parser.offset));
    if (++lexemes > mostLexemes) return failed('CFG_TOO_LARGE', { line: lineAt(parser.offset) });
    if (lexemes % lexemesAtOnce === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  tokens.push(...parser.end());
  return success(tokens);
}

const fault = (reason: string, line: number) => failed('CFG_INVALID', { reason, line });

/** Finds the line (from 1) of an offset. */
function lineFinder(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}
