import { SensegraphError } from '../../errors.ts';
import type { Audit, GraphAudit, RebuildProgress, Trace } from '../../ports/graph-audit.ts';
import { applyAll, takeTurn, type Phase, type Target } from './apply-outbox.ts';
import type { Db, StoreLog } from './db.ts';
import { commonPart, differences, repairs, type Difference } from './graph-differences.ts';
import { ledgerPage } from './ledger-page.ts';
import { assetTraces } from './traces.ts';

/** Nodes of a page. */
const PAGE = 500;
const EXAMPLES = 5;

interface Position {
  readonly phase: Phase;
  readonly after: string;
}

interface Step {
  readonly changes: number;
  readonly nodes: number;
  readonly next: Position | null;
}

/** Audit of any graph that a Postgres ledger is projected to. */
export class LedgerAudit implements GraphAudit {
  readonly #db: Db;
  readonly #target: Target;
  readonly #log: StoreLog;
  readonly #pageSize: number;

  constructor(db: Db, target: Target, log: StoreLog, pageSize = PAGE) {
    this.#db = db;
    this.#target = target;
    this.#log = log;
    this.#pageSize = pageSize;
  }

  async compare(): Promise<Audit> {
    const total = { nodes: 0, edges: 0, missing: 0, extra: 0, different: 0 };
    const examples: string[] = [];
    for (let after: string | null = ''; after !== null;) {
      const from: string = after;
      let page = await this.#page(this.#db, from);
      // Changes may wait, or have come between the two looks: what remains with none waiting is a difference.
      if (!isEqual(page)) page = await this.#settled((tx) => this.#page(tx, from));
      for (const found of page.found) {
        total.missing += found.missing.length;
        total.extra += found.extra.length;
        total.different += found.different.length;
        examples.push(...found.missing, ...found.extra, ...found.different);
        examples.splice(EXAMPLES);
      }
      total.nodes += page.ledger.nodes.length;
      total.edges += page.ledger.edges.length;
      after = page.until;
    }
    const { nodes, edges, ...counts } = total;
    return { nodes, edges, differences: { ...counts, examples } };
  }

  async rebuild(
    options: { readonly signal?: AbortSignal; readonly onProgress?: (progress: RebuildProgress) => void } = {},
  ): Promise<number> {
    let at: Position | null = await this.#begin();
    let [changes, nodes] = [0, 0];
    while (at) {
      if (options.signal?.aborted)
        throw new SensegraphError('CANCELLED', 'Stopped; the same command goes on from there.');
      const { phase, after }: Position = at;
      const step: Step = await this.#settled((tx, turn) => this.#reconcile(tx, turn, phase, after));
      changes += step.changes;
      nodes = step.next?.phase === phase || !step.next ? nodes + step.nodes : 0;
      options.onProgress?.({ phase, nodes, changes });
      at = step.next;
    }
    return changes;
  }

  traces(assetId: string): Promise<Trace[]> {
    return assetTraces(this.#db, this.#target.graphIn(this.#db), assetId);
  }

  /** Takes up a rebuild of this graph, or begins one. */
  #begin(): Promise<Position> {
    return this.#db.transaction(async (tx) => {
      await takeTurn(tx, { isPatient: true });
      const [row] = await tx.query<{ graph: string | null; rebuilding: Phase | null; position: string }>(
        'SELECT graph, rebuilding, position FROM projection',
      );
      if (row?.graph === this.#target.identity && row.rebuilding) return { phase: row.rebuilding, after: row.position };
      await tx.query(`UPDATE projection SET graph = $1, rebuilding = 'nodes', position = ''`, [this.#target.identity]);
      return { phase: 'nodes', after: '' };
    });
  }

  /** Writes what differs in one page and records how far it is. */
  async #reconcile(tx: Db, turn: number, phase: Phase, after: string): Promise<Step> {
    const page = await this.#page(tx, after);
    const changes = repairs(page.ledger, page.graph, phase);
    await this.#target.graphIn(tx).apply(changes, turn);
    const next: Position | null =
      page.until !== null ? { phase, after: page.until } : phase === 'nodes' ? { phase: 'edges', after: '' } : null;
    await tx.query('UPDATE projection SET rebuilding = $1, position = $2', [next?.phase ?? null, next?.after ?? '']);
    // All that was put aside is in the ledger, and so in the graph now.
    if (!next) await tx.query('DELETE FROM outbox_parked');
    return { changes: changes.length, nodes: page.ledger.nodes.length, next };
  }

  async #page(db: Db, after: string) {
    const ledger = await ledgerPage(db, after, this.#pageSize);
    const graph = await this.#target.graphIn(db).scan(after, this.#pageSize);
    const part = commonPart(ledger, graph, this.#pageSize);
    const found: Difference[] = [
      differences(part.ledger.nodes, part.graph.nodes),
      differences(part.ledger.edges, part.graph.edges),
    ];
    return { ...part, found };
  }

  /** `work` on a ledger that stands still in a graph that has all of it, while others go on writing. */
  #settled<T>(work: (tx: Db, turn: number) => Promise<T>): Promise<T> {
    return this.#db.transaction(async (tx) => {
      await tx.exec('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
      // The turn comes before the first look, from which on nothing of others is seen.
      const turn = await takeTurn(tx, { isPatient: true });
      await applyAll(tx, this.#target, turn, this.#log);
      return work(tx, turn);
    });
  }
}

function isEqual({ found }: { readonly found: readonly Difference[] }): boolean {
  return found.every(({ missing, extra, different }) => missing.length + extra.length + different.length === 0);
}
