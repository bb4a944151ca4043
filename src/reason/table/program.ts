import type { Condition } from './match.ts';
import type { Column } from './rows.ts';

/** What a program does with the rows that meet its conditions. */
export type Op =
  | 'LOOKUP'
  | 'LIST'
  | 'COUNT'
  | 'DISTINCT'
  | 'SUM'
  | 'MEAN'
  | 'MAX'
  | 'MIN'
  | 'RANGE'
  | 'ARGMAX'
  | 'ARGMIN'
  | 'FIRST'
  | 'LAST'
  | 'NEXT'
  | 'PREVIOUS'
  | 'COMMONEST'
  | 'RAREST'
  | 'REPEATED'
  | 'SAME'
  | 'GREATER'
  | 'LESSER'
  | 'ABOVE'
  | 'BELOW'
  | 'DIFFERENCE'
  | 'COUNT_DIFFERENCE'
  | 'RULE';

/** A reading of a question as an operation over the rows of a table. */
export interface Program {
  readonly op: Op;
  readonly used: readonly Condition[];
  /** Column of the values, and the one by which rows were chosen or compared. */
  readonly target?: Column;
  readonly measured?: Column;
  /** Rows that met the conditions. */
  readonly from: number;
  readonly values: readonly string[];
  readonly rows: readonly number[];
  /** How it was found, as part of a sentence. */
  readonly how: string;
  /** Of a RULE: which one, and how sure it is. */
  readonly rule?: { readonly name: string; readonly sure: number };
}

/** Columns that values are taken from, and those that are reckoned with. */
export const COLUMNS = 12;
/** Longer lists are no answer. */
export const LIST = 25;

/** Takes a program of the rows at hand. */
export type Give = (op: Op, rest: Omit<Program, 'op' | 'used' | 'from'>) => void;

/** What a program comes to, whatever its way. */
export function denotation({ values }: Program): string {
  return values.map((value) => value.trim().toLowerCase()).join('|');
}
