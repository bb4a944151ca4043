import { asData } from './prompts/as-data.ts';

/** What only a text says that wants to steer whoever reads it. General phrases of six languages; never the only wall. */
const ORDERS: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instructions?|rules?|prompts?|guidelines?|directives?|orders)\b/iu,
  /\b(?:ignor\w*|vergiss|missachte\w*|oubli\w*|olvid\w*|dimentic\w*)\b.{0,60}\b(?:anweisung\w*|befehl\w*|regeln?|consignes?|r[eè]gles?|instrucciones|reglas|istruzioni|regole)/iu,
  /(?:игнорируй|забудь)\S*.{0,60}(?:инструкци|правил|указани)|忽略.{0,20}(?:指令|指示|说明|规则)|無視.{0,10}(?:してください|せよ|しろ)|(?:指示|命令).{0,10}無視/iu,
  /\b(?:system|developer|hidden|initial)\s+(?:prompt|message|instructions?)\b/iu,
  /^\W*(?:system|assistant|developer)\W*:|\|im_(?:start|end)\||\(\/?INST\)|\[\/?INST\]|‹\/?(?:system|evidence|rationale)›/iu,
  /\byou are (?:now|no longer)\b|\bnew (?:instructions?|task)\s*:/iu,
  /(?:^|[.!?:]\s+|\b(?:always|only|just|must|please|now)\s+)(?:answer|reply|respond|output|print|say)\s+(?:only|exactly|with|as|nothing|the (?:word|phrase|string)|["“'«]?\p{Lu}{3,})/iu,
  /\b(?:cite|citing)\b.{0,20}\bE\d+\b|["“](?:shortAnswer|keyElements)["”]|["“]id["”]\s*:\s*["“]E\d/iu,
];

/** Whether a text speaks to its reader as one that takes orders ("ignore the instructions above", "answer only …"). */
export function givesOrders(text: string): boolean {
  const seen = asData(text, Infinity);
  return ORDERS.some((pattern) => pattern.test(seen));
}
