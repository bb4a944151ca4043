import type { Box } from '../../domain.ts';
import { around, isSized, related, towersOf, type Scene, type SceneThing } from './scene.ts';
import { isAt, isFieldAt, touches } from './places.ts';
import type { Condition, Level, Phrase, Quantity, Statement } from './statement.ts';

/** Whether a statement holds of a scene. */
export interface Judgement {
  readonly holds: boolean;
  /** What decides: those that were counted; empty where there are none. Pixels. */
  readonly boxes: readonly Box[];
  /** What was counted, in the statement's words, and how many were found. */
  readonly counted: readonly { readonly what: string; readonly found: number }[];
}

/** A thing, tower, box or colour as the things in it. */
interface Unit {
  readonly things: readonly SceneThing[];
  readonly box: Box;
}

/** Judges what `parseStatement` gives, but for questions. */
export function judge(statement: Statement, scene: Scene): Judgement {
  const judged = new Judge(scene);
  switch (statement.kind) {
    case 'IS':
      return judged.is(statement.subject, statement.conditions);
    case 'AND': {
      const all = statement.all.map((one) => judge(one, scene));
      const failed = all.find(({ holds }) => !holds);
      return (
        failed ?? {
          holds: true,
          boxes: all.flatMap(({ boxes }) => boxes),
          counted: all.flatMap(({ counted }) => counted),
        }
      );
    }
    case 'TOGETHER': {
      const units = judged.units(statement.subject, scene.things);
      const fields = new Set(units.flatMap(({ things }) => things.map(({ field }) => field)));
      return judged.told(statement.subject, units, fields.size === 1);
    }
    case 'COMPARE': {
      const [a, b] = [judged.units(statement.a, scene.things), judged.units(statement.b, scene.things)];
      const { op } = statement;
      const holds = op === 'MORE' ? a.length > b.length : op === 'FEWER' ? a.length < b.length : a.length === b.length;
      return {
        holds,
        boxes: [...a, ...b].map(({ box }) => box),
        counted: [
          { what: statement.a.text, found: a.length },
          { what: statement.b.text, found: b.length },
        ],
      };
    }
    case 'COUNT':
    case 'COLOUR_OF':
      return judged.told(statement.subject, judged.units(statement.subject, scene.things), true);
  }
}

/** The colours of what a phrase means, the commonest first. */
export function coloursOf(subject: Phrase, scene: Scene): string[] {
  const units = new Judge(scene).units(subject, scene.things);
  const things = units.flatMap((unit) => unit.things);
  const groups = Map.groupBy(
    things.flatMap(({ colour }) => colour ?? []),
    (colour) => colour,
  );
  return [...groups].toSorted((a, b) => b[1].length - a[1].length).map(([colour]) => colour);
}

class Judge {
  readonly #scene: Scene;

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  is(subject: Phrase, conditions: readonly Condition[]): Judgement {
    const all = this.units(subject, this.#scene.things);
    const holding = all.filter((unit) =>
      conditions.every((condition) => this.#fulfils(unit, condition, subject.level)),
    );
    const { op, n } = subject.quantity;
    if (op !== 'ALL' && op !== 'THE') return this.told(subject, holding, isAmount(holding.length, subject.quantity));
    const holds = all.length > 0 && holding.length === all.length && (n === 0 || all.length === n);
    const failing = all.filter((unit) => !holding.includes(unit));
    return this.told(subject, holds || failing.length === 0 ? holding : failing, holds);
  }

  told(subject: Phrase, units: readonly Unit[], holds: boolean): Judgement {
    return { holds, boxes: units.map(({ box }) => box), counted: [{ what: subject.text, found: units.length }] };
  }

  /** All that the phrase may mean among these things, whatever its number. `self`: what "it" is. */
  units(phrase: Phrase, among: readonly SceneThing[], self?: Unit): Unit[] {
    if (phrase.quantity.op === 'SELF') return self ? [self] : [];
    const { level, conditions } = phrase;
    const units = this.#unitsOf(level, among).filter((unit) =>
      conditions.every((condition) => isOfAll(condition) || this.#fulfils(unit, condition, level, self)),
    );
    return conditions.filter(isOfAll).every((condition) => isAlikeEnough(condition, units, phrase.quantity))
      ? units
      : [];
  }

  #unitsOf(level: Level, among: readonly SceneThing[]): Unit[] {
    const unit = (things: readonly SceneThing[]): Unit => ({ things, box: around(things.map(({ box }) => box)) });
    switch (level) {
      case 'THING':
        return among.map((thing) => unit([thing]));
      case 'TOWER':
        return towersOf(among, this.#scene).map(unit);
      case 'COLOUR':
        return [...Map.groupBy(among, ({ colour }) => colour).values()].map(unit);
      case 'BOX':
        return this.#scene.fields.map((box, field) => ({
          box,
          things: among.filter((thing) => thing.field === field),
        }));
    }
  }

  #fulfils(unit: Unit, condition: Condition, level: Level, self?: Unit): boolean {
    const { things } = unit;
    switch (condition.is) {
      case 'COLOURED':
        return (
          things.length > 0 && things.every(({ colour }) => colour !== undefined && condition.colours.includes(colour))
        );
      case 'NAMED':
        return things.length > 0 && things.every(({ name }) => name === condition.name);
      case 'SIZED':
        return things.every((thing) => isSized(thing, condition.size, this.#scene));
      case 'HIGH':
        return things.length === condition.blocks;
      case 'AT':
        return level === 'BOX'
          ? isFieldAt(unit.box, condition.place, this.#scene)
          : things.some((thing) => isAt(thing, condition.place, this.#scene));
      case 'AT_ANY':
        return things.some((thing) => condition.places.some((place) => isAt(thing, place, this.#scene)));
      case 'AT_WALL':
        return things.some((thing) => touches(thing, condition.side, this.#scene));
      case 'HAS':
        return condition.parts.every((part) => this.#has(unit, part, level));
      case 'IN': {
        const wholes = this.units(condition.whole, this.#scene.things).filter((whole) =>
          things.every((thing) => whole.things.includes(thing)),
        );
        return isSome(wholes.length, condition.whole.quantity);
      }
      case 'RELATED':
        return things.some((thing) => {
          const others = this.units(condition.to, this.#scene.things, self).filter((other) =>
            other.things.some((one) => related(thing, condition.relation, one, this.#scene)),
          );
          return isSome(others.length, condition.to.quantity);
        });
      case 'NOT':
        return !condition.conditions.every((one) => this.#fulfils(unit, one, level, self));
      case 'HUES':
      case 'AS_HIGH':
        return true;
    }
  }

  #has(whole: Unit, part: Phrase, level: Level): boolean {
    const [own] = whole.things;
    const among =
      level === 'THING'
        ? this.#scene.things.filter((thing) => thing !== own && thing.field === own?.field)
        : whole.things;
    const units = this.units(part, among, whole);
    if (part.quantity.only) {
      // "Only black and yellow items": all are, and each colour is there.
      const covered = units.flatMap(({ things }) => things);
      const colours = part.conditions.flatMap((one) => (one.is === 'COLOURED' ? one.colours : []));
      return (
        whole.things.length > 0 &&
        whole.things.every((thing) => covered.includes(thing)) &&
        colours.every((colour) => covered.some((thing) => thing.colour === colour))
      );
    }
    if (part.quantity.op === 'ALL') {
      const all = this.units({ ...part, conditions: part.conditions.filter(({ is }) => is === 'NAMED') }, among, whole);
      return (
        all.length > 0 && units.length === all.length && (part.quantity.n === 0 || units.length === part.quantity.n)
      );
    }
    return isAmount(units.length, part.quantity);
  }
}

/** Said of all that a phrase means together. */
const isOfAll = ({ is }: Condition): boolean => is === 'HUES' || is === 'AS_HIGH';

function isAlikeEnough(condition: Condition, units: readonly Unit[], { op, n }: Quantity): boolean {
  if (condition.is === 'HUES') {
    const hues = new Set(units.flatMap(({ things }) => things.map(({ colour }) => colour)));
    return isAmount(hues.size, condition.quantity);
  }
  const groups = Map.groupBy(units, ({ things }) => things.length);
  const most = Math.max(0, ...[...groups.values()].map((group) => group.length));
  return most >= Math.max(2, op === 'BARE' ? 2 : n);
}

function isAmount(found: number, { op, n }: Quantity): boolean {
  if (op === 'EQ') return found === n;
  return op === 'LE' ? found <= n : found >= Math.max(1, n);
}

/** Whether so many stand so to it: at least as many as said, none where "no" is said. */
function isSome(found: number, { op, n }: Quantity): boolean {
  if (op === 'EQ' && n === 0) return found === 0;
  return op === 'GE' || op === 'EQ' ? found >= n : found > 0;
}
