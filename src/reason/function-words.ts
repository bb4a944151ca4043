/** Words that carry the grammar of a question. */
export const AUXILIARY =
  /^(?:is|are|was|were|am|do|does|did|has|have|had|can|could|will|would|should|may|might|must|isn't|aren't|wasn't|weren't|doesn't|don't|didn't|hasn't|haven't|hadn't)$/i;
export const WH = /^(?:who|whom|whose|what|when|where|which|why|how)$/i;
export const RELATIVE = /^(?:where|who|which|that|whose|when|whom)$/i;
export const PREPOSITION =
  /^(?:in|on|at|from|by|for|to|of|with|near|under|during|into|after|before|since|until|through|around|between|among)$/i;
