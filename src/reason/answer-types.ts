import type { EntityKind } from '../domain.ts';
import { stem } from '../word-forms.ts';

/** What a head noun ("which river", "the name of the band") lets one expect. General English only. */
const HEADS: Readonly<Record<string, string>> = {
  DATE: 'year date day month decade century time era period season birthday anniversary',
  QUANTITY:
    'number amount percentage percent population age height length width depth weight distance size area altitude elevation ' +
    'speed temperature price cost salary sum score total rank ranking rate capacity duration quantity output',
  PLACE:
    'place city town village country state county district region province continent island river lake sea ocean mountain ' +
    'range valley harbour harbor port bay street road lane avenue square quay pier tower capital location territory birthplace hometown suburb neighborhood ' +
    'municipality parish coast area body waterfall bridge airport station desert forest park nation hall building castle ' +
    'constituency republic kingdom side part venue stadium arena museum',
  PERSON:
    'person man woman boy girl actor actress singer author writer composer director president king queen emperor minister ' +
    'painter artist musician player footballer politician scientist inventor founder leader poet novelist architect engineer ' +
    'keeper teacher doctor father mother son daughter child brother sister sibling wife husband spouse captain explorer ' +
    'producer performer character star drummer guitarist coach governor mayor senator philosopher designer host owner ' +
    'uncle aunt friend people student nurse sailor fisherman',
  ORGANISATION:
    'company organisation organization university school college team band group party club agency label newspaper ' +
    'corporation firm army church institution network station association league manufacturer brand publisher tribe ' +
    'society alma employer studio channel conference government',
  WORK: 'film movie book novel song album series show play poem opera painting magazine game episode work symphony story single musical video',
  CONCEPT: 'job profession occupation role position genre colour color material metal',
  EVENT:
    'war battle event festival treaty election tournament award prize medal competition championship game outbreak',
};

const KIND_OF_HEAD: ReadonlyMap<string, readonly EntityKind[]> = (() => {
  const kinds = new Map<string, EntityKind[]>();
  for (const [kind, words] of Object.entries(HEADS)) {
    for (const word of words.split(' ')) {
      const key = stem(word);
      const known = kinds.get(key) ?? [];
      if (!known.includes(kind as EntityKind)) kinds.set(key, [...known, kind as EntityKind]);
    }
  }
  return kinds;
})();

/** Kinds of answer a head noun's stem lets one expect; empty for a noun that tells nothing, or a common concept. */
export function kindsOfHead(headStem: string): readonly EntityKind[] {
  return KIND_OF_HEAD.get(headStem) ?? [];
}

/** Last words that give a name's kind away ("Esk River", "Whitby Museum"). */
export function kindOfName(name: string): EntityKind | undefined {
  const words = name.split(/\s+/);
  if (
    /^(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Captain|Professor|Saint|King|Queen|President|Prince|Princess)\.?$/.test(
      words[0] ?? '',
    ) &&
    words.length > 1
  )
    return 'PERSON';
  if (words.length < 2) return undefined;
  for (const word of [words.at(-1), words[0]]) {
    const kind = kindsOfHead(stem(word ?? ''))[0];
    if (kind && kind !== 'PERSON' && kind !== 'DATE' && kind !== 'QUANTITY') return kind;
  }
  return undefined;
}
