import type { SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import { longDate } from '../../http/dates.ts'
import type { Services } from '../../services.ts'
import type { Article } from '../articles/articleModel.ts'
import { mayVote } from './usefulness.ts'

/** What views/knowledge/usefulness prints. @param typed  when it was refused */
export async function presentUsefulness(
  article: Article,
  person: SignedInPerson,
  { usefulness }: Services,
  typed: Record<string, unknown> = {},
) {
  const mayKeep = may(person, { verb: 'write article', record: article })
  const [own, all] = await Promise.all([
    mayVote(person, article) ? usefulness.saidBy(person, article) : undefined,
    mayKeep ? usefulness.of(article) : [],
  ])
  const useful = typed.useful ?? (own === undefined ? undefined : own.isUseful ? 'yes' : 'no')
  return {
    action: mayVote(person, article) ? `/knowledge/${article.slug}/useful` : undefined,
    own: own === undefined ? undefined : `You said ${own.isUseful ? 'yes' : 'no'} on ${longDate(own.votedAt)}.`,
    choices: ['yes', 'no'].map(value => ({ value, text: value === 'yes' ? 'Yes' : 'No', checked: value === useful })),
    why: typeof typed.why === 'string' ? typed.why : (own?.why ?? ''),
    said: all.length === 0 ? undefined : saidOf(all.filter(({ isUseful }) => isUseful).length, all.length),
    whys: all.flatMap(({ isUseful, why, votedAt }) =>
      why === undefined ? [] : [{ text: why, facts: `${isUseful ? 'Useful' : 'Not useful'}, ${longDate(votedAt)}` }],
    ),
  }
}

const saidOf = (yes: number, all: number) =>
  `Useful to ${yes.toLocaleString('en-GB')} of ${all.toLocaleString('en-GB')} ${all === 1 ? 'person who' : 'people who'} said so or not.`
