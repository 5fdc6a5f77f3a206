/**
 * The wordy part of questions in English: dropped from queries (never from what is indexed), unless a question has nothing else. Function words,
 * and what people write around what they look for; no noun that could be the matter itself ("information", "type", "report").
 */
const words = `
a about above after again against all also am an and any anyone anything are aren as at be because been before being below between both but by
can cannot could couldn did didn do does doesn doing don down during each either else etc every few for from further get gets getting give given
gives got had has hasn have haven having he her here hers him himself his how however i if in into is isn it its itself just let like likely make
makes many may maybe me might more most much must my myself need needed needs neither no nor not now of off often on once one ones only or other
others our ours ourselves out over own per perhaps please possible possibly rather same shall she should since so some somebody someone something
still such take than that the their theirs them themselves then there thereby therefore these they this those through thus to together too under
until unto up upon us use used uses using various very via want wanted wants was we well were what whatever when where whereas whether which while
who whoever whom whose why will with within without would yes yet you your yours
anybody article articles concern concerned concerning concerns consider considered considering contain containing contains deal dealing deals
describe described describes describing discuss discussed discusses discussing especially exist exists find finding interested interesting know
knows looking mainly mention mentioned paper papers particular particularly pertaining regard regarding regards relate related relates relating
relevant seek seeking show shows shown specific specifically tell thanks thing things
`

export const questionWords: ReadonlySet<string> = new Set(words.split(/\s+/).filter(word => word !== ''))
