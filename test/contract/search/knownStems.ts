const pairs = `
caresses caress ponies poni ties ti caress caress cats cat feed feed agreed agre plastered plaster bled bled motoring motor sing sing conflated conflat
troubled troubl sized size hopping hop tanned tan falling fall hissing hiss fizzed fizz failing fail filing file happy happi sky sky relational relat
conditional condit rational ration valency valenc hesitancy hesit digitizer digit conformably conform radically radic differently differ vilely vile
analogously analog vietnamization vietnam predication predic operator oper feudalism feudal decisiveness decis hopefulness hope callousness callous
formality formal sensitivity sensit sensibility sensibl triplicate triplic formative form formalize formal electricity electr electrical electr hopeful hope
goodness good revival reviv allowance allow inference infer airliner airlin gyroscopic gyroscop adjustable adjust defensible defens irritant irrit
replacement replac adjustment adjust dependent depend adoption adopt homologous homolog communism commun activate activ angularity angular effective effect
bowdlerize bowdler probate probat rate rate cease ceas controlling control rolled roll
a a is is as as the the councils council council's council_s organisation organis organisations organis organiser organis firewalls firewal
migrating migrat migration migrat virtualisation virtualis technologies technolog databases databas queues queue policies polici indices indic index index
children children people peopl apology apolog geology geologi possibly possibl café cafe naïvely naiv
`

/** Words with the stems that Porter's algorithm gives them, most from its paper: M. F. Porter, "An algorithm for suffix stripping", Program 14(3), 1980. */
export const knownStems: Readonly<Record<string, string>> = Object.fromEntries(
  [...pairs.matchAll(/(\S+)\s+(\S+)/g)].map(([, word = '', stem = '']) => [word, stem.replaceAll('_', ' ')]),
)
