import type { Request, Response } from 'express'
import type { SignedInPerson } from '../access/accessTokens.ts'
import { may } from '../access/may.ts'
import type { DirectAnswer } from '../feature.ts'
import { personOf } from '../http/guards.ts'
import { siteAddress } from '../http/siteAddress.ts'
import type { Services } from '../services.ts'
import { plainSpelling } from './pins/knownPins.ts'
import { pinsPage, presentPinnedRows } from './pins/pinPresenter.ts'
import { withoutPinned } from './pins/withoutPinned.ts'
import { isFollowUp, loggedWords, wordsInstead } from './queryLog/loggedWords.ts'
import { addressOf, questionOf } from './question/questionAddress.ts'
import { mostSkills, type Understanding } from './question/understanding.ts'
import { presentDeeds } from './resultDeeds.ts'
import { resultsTable } from './resultsTable.ts'
import { presentCorrected, presentReworded } from './rewordedPresenter.ts'
import { presentSearch } from './searchPresenter.ts'
import type { Answer } from './searchService.ts'

export const searchHandlers = ({ search, feedAddresses, directAnswers, knownPins, queryLog, config, clock }: Services) => ({
  async search(req: Request, res: Response) {
    const reader = personOf(req)
    const { question, hints } = questionOf(req.query, search)
    const found = await search.search(reader, question)
    const pin = await knownPins.of(reader, question, found.understanding)
    const answer = withoutPinned(found, pin.records)
    const hasFeed = !answer.understanding.isEmpty && question.type !== 'person'
    const feedHref = hasFeed ? await feedAddresses.addressOf(reader, addressOf(question, { page: 1 })) : undefined
    const direct = question.type === undefined ? await directly(directAnswers, reader, answer.understanding) : []
    const deeds = presentDeeds({ answer, question, reader, site: siteAddress(config, req), now: clock.now() })
    const reworded = presentReworded(answer.understanding.reworded ?? [], question)
    const corrected = presentCorrected(answer.understanding.corrected ?? [], question)
    const presented = await presentSearch({ answer, question, hints, reader, search })
    const pinned = question.page === 1 ? await presentPinnedRows(pin.records, search.namer(reader)) : []
    const pinLink = linkToPin(reader, pin.pinId, answer.understanding)
    const asked = found.isPlain ? undefined : loggedWords(found.understanding)
    res.page('search/results', { ...presented, ...deeds, corrected, reworded, hasFeed, feedHref, direct, pinned, pinLink, asked })
    const besides = direct.length + pin.records.length
    if (asked === undefined) return
    const instead = wordsInstead(found.understanding)
    const outcome = { found: totalOf(found) || besides, ...(instead === undefined ? {} : { instead }) }
    queryLog.note({ words: asked, personId: reader.id, isFollowUp: isFollowUp(question), ...outcome })
  },

  async download(req: Request, res: Response) {
    const { question } = questionOf(req.query, search)
    const { name, csv } = await resultsTable(question, { reader: personOf(req), site: siteAddress(config, req), search })
    res.set('Cache-Control', 'private, no-store').attachment(name).type('text/csv').send(csv)
  },

  async order(_req: Request, res: Response) {
    res.page('search/order', { title: 'Why this order', mostSkills })
  },
})

const totalOf = ({ groups }: Answer) => groups.reduce((sum, { total }) => sum + total, 0)

/** What features answer themselves, each with the component that prints it. */
async function directly(directAnswers: readonly DirectAnswer[], reader: SignedInPerson, understanding: Understanding) {
  const given = await Promise.all(directAnswers.map(async ({ view, answer }) => ({ view, answer: await answer(reader, understanding) })))
  return given.filter(({ answer }) => answer !== undefined)
}

/** For those who keep pins: to that of these words, or to a new one. */
function linkToPin(reader: SignedInPerson, pinId: string | undefined, understanding: Understanding) {
  const spelling = plainSpelling(understanding)
  if (spelling === undefined || !may(reader, { verb: 'keep search' })) return undefined
  if (pinId !== undefined) return { href: `${pinsPage}/${pinId}/edit`, text: 'Change what is pinned to these words' }
  return { href: `${pinsPage}?${new URLSearchParams({ queries: spelling })}`, text: 'Pin a page to these words' }
}
