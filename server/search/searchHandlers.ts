import type { Request, Response } from 'express'
import type { SignedInPerson } from '../access/accessTokens.ts'
import type { DirectAnswer } from '../feature.ts'
import { personOf } from '../http/guards.ts'
import { siteAddress } from '../http/siteAddress.ts'
import type { Services } from '../services.ts'
import { presentPinLink, presentPinnedRows } from './pins/pinPresenter.ts'
import { withoutPinned } from './pins/withoutPinned.ts'
import { questionToLog } from './queryLog/questionToLog.ts'
import { addressOf, questionOf } from './question/questionAddress.ts'
import { mostSkills, type Understanding } from './question/understanding.ts'
import { presentDeeds } from './resultDeeds.ts'
import { resultsTable } from './resultsTable.ts'
import { presentCorrected, presentReworded } from './rewordedPresenter.ts'
import { presentSearch } from './searchPresenter.ts'

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
    const pinLink = presentPinLink(reader, pin.pinId, answer.understanding)
    const logged = questionToLog(question, found, direct.length + pin.records.length)
    const above = { corrected, reworded, hasFeed, feedHref, direct, pinned, pinLink }
    res.page('search/results', { ...presented, ...deeds, ...above, asked: logged?.words })
    if (logged !== undefined) queryLog.note({ ...logged, personId: reader.id })
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

/** What features answer themselves, each with the component that prints it. */
async function directly(directAnswers: readonly DirectAnswer[], reader: SignedInPerson, understanding: Understanding) {
  const given = await Promise.all(directAnswers.map(async ({ view, answer }) => ({ view, answer: await answer(reader, understanding) })))
  return given.filter(({ answer }) => answer !== undefined)
}
