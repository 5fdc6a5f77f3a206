/**
 * Families of words that British and American English spell differently, as whole words: what stands before is kept, `b` and `a` are swapped.
 * Facts of the language; a spelling that no document has does no harm, since only those that occur are searched.
 */
interface Family {
  british: RegExp
  american: RegExp
  /** From one spelling to the other. */
  toAmerican: string
  toBritish: string
}

/** @param before, after  what stands around it, as sources of an expression */
function family(before: string, british: string, american: string, after: string): Family {
  const of = (spelling: string) => new RegExp(`^(${before})${spelling}(${after})$`, 'u')
  return { british: of(british), american: of(american), toAmerican: `$1${american}$2`, toBritish: `$1${british}$2` }
}

const verbEndings = 'e|es|ed|er|ers|ing|ings|able'
const doubled = 'ed|ing|ings|er|ers|or|ors'

const families: readonly Family[] = [
  family('practi', 's', 'c', 'e|es|ed|ing'),
  family('\\p{L}*[^aeiou]\\p{L}*[^aeiou]', 'is', 'iz', `${verbEndings}|ation|ations|ational`),
  family('(?:re)?(?:ana|cata|para|dia|hydro|electro)l', 'ys', 'yz', verbEndings),
  family(
    '(?:mis|dis|multi|un)?(?:arm|behavi|cand|clam|col|demean|endeav|fav|ferv|flav|glam|harb|hon|hum|lab|neighb|od|parl|ranc|rig|rum|sav|savi|splend|tum|val|vap|vig)',
    'our',
    'or',
    '|s|ed|ing|er|ers|al|able|ably|ful|less|ism|ist|ite|ites|hood|hoods|ly|ation',
  ),
  family(
    '(?:calib|\\p{L}*cent|\\p{L}*fib|goit|(?:milli)?lit|lust|meag|(?:centi|kilo|milli)?met|mit|och|sab|scept|sepulch|somb|spect|(?:amphi)?theat)',
    're',
    'er',
    '|s|d',
  ),
  family('(?:anal|catal|dial|epil|monol|pedag|prol|synag|travel)', 'ogue', 'og', '|s|d'),
  family(
    '(?:mis|re|pre|un)?(?:cancel|channel|counsel|dial|duel|enamel|equal|fuel|funnel|initial|jewel|label|level|libel|marshal|marvel|model|panel|pedal|pencil|quarrel|refuel|rival|shovel|signal|spiral|stencil|total|travel|tunnel|unravel)',
    'l',
    '',
    doubled,
  ),
  family('(?:enrol|fulfil|instal|instil|distil)', '', 'l', '|s|ment|ments'),
  family('(?:def|off|pret)', 'ence', 'ense', '|s|less'),
  family('licen', 'c', 's', 'e|es|ed|ing'),
  family('program', 'me', '', '|s'),
  family('', 'ae', 'e', '(?:sthet|on)\\p{L}*'),
  family('an', 'ae', 'e', '(?:mi|sthe)\\p{L}+'),
  family('(?:arch|pal)', 'ae', 'e', 'o\\p{L}+'),
  family('(?:encyclop|orthop|p)', 'ae', 'e', 'd\\p{L}+'),
  family('gyn', 'ae', 'e', 'co\\p{L}+'),
  family('(?:h|leuk|septic|isch)', 'ae', 'e', 'm\\p{L}+'),
  family('f', 'oe', 'e', '(?:tus|tal)\\p{L}*'),
  family('', 'oe', 'e', '(?:dema|strogen|sophag)\\p{L}*'),
  family('man', 'oeuvre', 'euver', '|s|d'),
  family('diarrh', 'oe', 'e', 'a|al'),
  family('gr', 'e', 'a', 'y|ys|yed|ying|yscale'),
  family('(?:m|sm)', 'ou', 'o', '(?:ld|lder|lt)(?:|s|ed|ing|y)'),
  family('(?:judg|acknowledg|abridg)', 'e', '', 'ment|ments'),
  family('ag', 'e', '', 'ing'),
  family('art', 'e', 'i', 'fact|facts'),
  family('s', 'c', 'k', 'eptic\\p{L}*'),
  family('sul', 'ph', 'f', '\\p{L}+'),
  family('alumin', 'i', '', 'um'),
  family('plo', 'ugh', 'w', '|s|ed|ing'),
  family('dis', 'c', 'k', '|s'),
  family('skil', '', 'l', 'ful|fully'),
  family('jewel', 'le', '', 'ry'),
  family('co', 's', 'z', 'y|ier|iest'),
  family('t', 'y', 'i', 're|res'),
]

/** The spellings of a word, the British one first; a word that is spelled one way is the only one. */
export function spellingsOf(word: string): string[] {
  for (const { british, american, toAmerican, toBritish } of families) {
    if (british.test(word)) return [word, word.replace(british, toAmerican)]
    if (american.test(word)) return [word.replace(american, toBritish), word]
  }
  return [word]
}
