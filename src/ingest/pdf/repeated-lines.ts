import type { PageLine } from './page-lines.ts';
import { textOf } from './paragraphs.ts';

/** Share of the pages that a running title stands on; left and right pages may have their own. */
const OFTEN = 0.4;
/** Lines at the top and at the bottom that may be one. */
const OUTERMOST = 2;
/** Share of the page's height at top and bottom where a number by itself is the page's. */
const MARGIN = 0.12;

interface LinedPage {
  readonly height: number;
  readonly lines: readonly PageLine[];
}

/** Lines of each page without running titles, footers and page numbers, which would break sentences that go over a page. */
export function withoutRepeated(pages: readonly LinedPage[]): PageLine[][] {
  if (pages.length < 2) return pages.map(({ lines }) => [...lines]);
  const counts = new Map<string, number>();
  for (const page of pages)
    for (const key of new Set(outermost(page).map((line) => keyOf(line, page.height))))
      counts.set(key, (counts.get(key) ?? 0) + 1);
  const least = Math.max(2, OFTEN * pages.length);
  return pages.map((page) => {
    const left = new Set(
      outermost(page).filter(
        (line) => (counts.get(keyOf(line, page.height)) ?? 0) >= least || isPageNumber(line, page.height),
      ),
    );
    return page.lines.filter((line) => !left.has(line));
  });
}

function outermost({ lines }: LinedPage): PageLine[] {
  const sorted = lines.toSorted((a, b) => a.box.y - b.box.y);
  return [...new Set([...sorted.slice(0, OUTERMOST), ...sorted.slice(-OUTERMOST)])];
}

/** Words and height on the page, numbers aside; two lines of the same key are the same running title. */
function keyOf(line: PageLine, height: number): string {
  return `${Math.round((line.box.y / height) * 50)} ${textOf(line).replace(/\d+/g, '#').toLowerCase()}`;
}

function isPageNumber(line: PageLine, height: number): boolean {
  const { y, height: own } = line.box;
  const atEdge = y + own < MARGIN * height || y > (1 - MARGIN) * height;
  return (
    atEdge &&
    /^(?:[-–—\s]*(?:page|p\.)?\s*(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:of|\/)\s*\d{1,4})?[-–—\s]*)$/i.test(textOf(line))
  );
}
