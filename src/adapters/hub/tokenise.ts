import { Tensor, type PreTrainedTokenizer } from '@huggingface/transformers';

/**
 * Tokens of a text, at most `limit` with the special ones. The library's own truncation drops the closing token, which
 * the models were trained to see (CLIP even reads its vector there).
 */
export function tokenise(tokenizer: PreTrainedTokenizer, text: string, limit: number): readonly number[] {
  const { input_ids: ids } = tokenizer(text, { return_tensor: false }) as { readonly input_ids: number[] };
  if (ids.length <= limit) return ids;
  const last = ids.at(-1) ?? -1;
  return tokenizer.all_special_ids.includes(last) ? [...ids.slice(0, limit - 1), last] : ids.slice(0, limit);
}

/** Token lists as a model takes them, padded on the right to the longest or to `length`. */
export function padded(
  tokenizer: PreTrainedTokenizer,
  rows: readonly (readonly number[])[],
  length = Math.max(...rows.map((row) => row.length)),
): { readonly input_ids: Tensor; readonly attention_mask: Tensor; readonly token_type_ids: Tensor } {
  const ids = new BigInt64Array(rows.length * length).fill(BigInt(tokenizer.pad_token_id ?? 0));
  const mask = new BigInt64Array(rows.length * length);
  for (const [r, row] of rows.entries()) {
    for (const [column, id] of row.entries()) {
      ids[r * length + column] = BigInt(id);
      mask[r * length + column] = 1n;
    }
  }
  const shape = [rows.length, length];
  return {
    input_ids: new Tensor('int64', ids, shape),
    attention_mask: new Tensor('int64', mask, shape),
    token_type_ids: new Tensor('int64', new BigInt64Array(ids.length), shape),
  };
}
