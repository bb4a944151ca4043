/** What the product said, and so must keep. An operation without an answer may have happened or not. */
export class Account {
  /** Jobs that were acknowledged, with the assets that they make. */
  readonly jobs = new Map<string, readonly string[]>();
  /** Acknowledged, and nobody asked to delete it. */
  readonly kept = new Set<string>();
  /** Asked to be deleted, without an answer. */
  readonly deleting = new Set<string>();
  readonly deleted = new Set<string>();
  /** Answers by id, with their questions. */
  readonly answers = new Map<string, string>();
  /** Entities that were merged, by the one that went. */
  readonly merged = new Map<string, string>();
  /** What must never happen, and did. */
  readonly violations: string[] = [];
  /** Operations: acknowledged, and refused or without an answer, by what was said. */
  readonly acknowledged: { [operation: string]: number } = {};
  readonly refused: { [reason: string]: number } = {};
  /** Longest wait for an answer of any kind, milliseconds. */
  longestMs = 0;

  count(table: { [name: string]: number }, name: string): void {
    table[name] = (table[name] ?? 0) + 1;
  }
}
