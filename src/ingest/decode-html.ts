import { parse, type DefaultTreeAdapterTypes } from 'parse5';
import type { TextRun } from '../domain.ts';
import { SensegraphError } from '../errors.ts';
import type { Block } from './blocks.ts';
import { rowText } from './row-text.ts';
import { SourceWords } from './source-words.ts';

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

/** Elements within each other; real pages stay below 100. */
const DEEPEST = 400;
const MOST_CHARACTERS = 8_000_000;
const SILENT = new Set(
  'script style template noscript svg math iframe object nav head button select textarea canvas'.split(' '),
);
const BLOCKS = new Set(
  (
    'address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer form ' +
    'h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section summary table tbody tfoot thead tr ul'
  ).split(' '),
);

/**
 * Readable words of a page, block by block: headings (marked with # as in Markdown), paragraphs, table rows as
 * "header: value; …", the alt text of pictures. Scripts, styles and navigation stay out; nothing is run or fetched.
 * Throws TOO_LARGE for nesting or length beyond the limits. Blocks its thread: call it through decode-worker.ts.
 */
export function decodeHtml(html: string): { title: string | undefined; blocks: Block[] } {
  if (html.length > MOST_CHARACTERS)
    throw new SensegraphError('TOO_LARGE', 'The page has more than 8 million characters. Cut it into parts.');
  const walk = new Walk(html);
  for (const node of parse(html, { sourceCodeLocationInfo: true }).childNodes) walk.visit(node, 0);
  walk.close();
  return { title: walk.title, blocks: walk.blocks };
}

class Walk {
  readonly blocks: Block[] = [];
  title: string | undefined;
  readonly #html: string;
  #words = new SourceWords();
  #start = -1;
  #end = -1;
  #prefix = '';

  constructor(html: string) {
    this.#html = html;
  }

  visit(node: Node, depth: number): void {
    if (depth > DEEPEST)
      throw new SensegraphError('TOO_LARGE', `The page nests elements more than ${DEEPEST} deep. Simplify it.`);
    const place = node.sourceCodeLocation;
    if ('value' in node) return this.#add(node.value, place?.startOffset, place?.endOffset);
    if (!('tagName' in node)) return;
    if (node.tagName === 'head') this.title = titleOf(node);
    if (SILENT.has(node.tagName) || hidden(node)) return;
    if (node.tagName === 'img') {
      const alt = attribute(node, 'alt')?.trim();
      if (alt) this.#add(` ${alt} `, place?.startOffset, place?.endOffset);
      return;
    }
    if (node.tagName === 'br') return this.#words.break();
    if (node.tagName === 'table' && this.#table(node)) return;
    const block = BLOCKS.has(node.tagName);
    if (block) this.close();
    const level = /^h([1-6])$/.exec(node.tagName)?.[1];
    if (level) this.#prefix = `${'#'.repeat(Number(level))} `;
    for (const child of node.childNodes) this.visit(child, depth + 1);
    if (block) this.close();
  }

  /** Ends the block that is open. */
  close(): void {
    const { text, runs } = this.#words;
    const shifted = runs.map(([at, ...rest]): TextRun => [at + this.#prefix.length, ...rest]);
    if (text !== '') this.blocks.push({ text: this.#prefix + text, start: this.#start, end: this.#end, runs: shifted });
    this.#words = new SourceWords();
    this.#start = -1;
    this.#prefix = '';
  }

  #add(value: string, start: number | undefined, end: number | undefined): void {
    if (start === undefined || end === undefined) return this.#words.add(value);
    this.#words.add(value, this.#html.slice(start, end), start);
    if (value.trim() === '') return;
    if (this.#start < 0) this.#start = start;
    this.#end = end;
  }

  /** Rows under a header row as facts; false where the table has no header or lays other blocks out. */
  #table(table: Element): boolean {
    const rows = descendants(table, 'tr');
    const [head, ...body] = rows.map((row) => cells(row));
    if (!head || body.length === 0 || head.length < 2 || descendants(table, 'table').length > 0) return false;
    if (!head.every((cell) => cell.tagName === 'th')) return false;
    this.close();
    for (const caption of descendants(table, 'caption')) this.#push(words(caption), caption);
    const headers = head.map(words);
    for (const [i, row] of body.entries()) {
      const element = rows[i + 1];
      const { text, cells: told } = rowText(headers, row.map(words));
      const runs = told.flatMap(({ column, at, length }): TextRun[] => {
        const { start, end } = contentOf(row[column]);
        const leading = this.#html.slice(start, end).search(/\S/);
        const written = this.#html.slice(start, end).trim();
        return end > start
          ? [[at, length, start + Math.max(0, leading), start + Math.max(0, leading) + written.length]]
          : [];
      });
      if (element) this.#push(text, element, runs);
    }
    return true;
  }

  #push(text: string, { sourceCodeLocation: place }: Element, runs: readonly TextRun[] = []): void {
    if (text === '' || !place) return;
    const own = runs.length > 0 ? { runs } : {};
    this.blocks.push({ text, start: place.startOffset, end: place.endOffset, ...own });
  }
}

/** Characters of the source between an element's marks; nothing where it has none. */
function contentOf(element: Element | undefined): { start: number; end: number } {
  const [first, last] = [element?.childNodes[0], element?.childNodes.at(-1)];
  return { start: first?.sourceCodeLocation?.startOffset ?? 0, end: last?.sourceCodeLocation?.endOffset ?? 0 };
}

function hidden(element: Element): boolean {
  return attribute(element, 'hidden') !== undefined || attribute(element, 'aria-hidden') === 'true';
}

function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((attr) => attr.name === name)?.value;
}

/** All below, without recursion, so that depth can't overflow the stack. */
function descendants(element: Element, name: string): Element[] {
  const found: Element[] = [];
  const open: Node[] = element.childNodes.toReversed();
  for (let node = open.pop(); node; node = open.pop()) {
    if (!('tagName' in node)) continue;
    if (node.tagName === name) found.push(node);
    for (const child of node.childNodes.toReversed()) open.push(child);
  }
  return found;
}

function cells(row: Element): Element[] {
  return row.childNodes.filter(
    (node): node is Element => 'tagName' in node && (node.tagName === 'td' || node.tagName === 'th'),
  );
}

function words(element: Element): string {
  let text = '';
  const open: Node[] = element.childNodes.toReversed();
  for (let node = open.pop(); node; node = open.pop()) {
    if ('value' in node) text += node.value;
    else if ('tagName' in node && node.tagName === 'img') text += ` ${attribute(node, 'alt') ?? ''} `;
    else if ('tagName' in node && !SILENT.has(node.tagName))
      for (const child of node.childNodes.toReversed()) open.push(child);
  }
  return text.replace(/\s+/g, ' ').trim();
}

function titleOf(head: Element): string | undefined {
  const [title] = descendants(head, 'title');
  return title && words(title) ? words(title) : undefined;
}
