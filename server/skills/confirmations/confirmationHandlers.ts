import type { Request, Response } from 'express'
import { personOf } from '../../http/guards.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import type { ContestForm } from './confirmationForms.ts'
import { confirmationsHref, presentConfirmations, presentContest } from './confirmationPresenter.ts'

const onProfile = (req: Request) => ({ person: String(req.params.slug), skill: String(req.params.skill) })
const confirmerOf = (req: Request) => String(req.params.confirmer)

export const confirmationHandlers = (services: Services) => {
  const { confirmations } = services

  async function startContest(req: Request, res: Response, typed: Record<string, unknown> = {}, errors: Problems = {}) {
    const found = await confirmations.answerable(personOf(req), onProfile(req), confirmerOf(req))
    res.page('skills/confirmations/contest', presentContest(found, typed, errors))
  }

  const answered = (req: Request, res: Response, said: string) => {
    res.say(said)
    res.redirect(303, confirmationsHref(onProfile(req)))
  }

  return {
    async list(req: Request, res: Response) {
      const found = await confirmations.onSkill(personOf(req), onProfile(req))
      if (found.skill.slug !== req.params.skill)
        return res.redirect(confirmationsHref({ person: found.person.slug, skill: found.skill.slug }))
      res.page('skills/confirmations/list', await presentConfirmations(found, personOf(req), services))
    },

    async confirm(req: Request, res: Response) {
      const { person, skill } = await confirmations.confirm(personOf(req), onProfile(req))
      res.say(`You confirm that ${person.name} has the skill ${skill.name}. Your name stands there; you can withdraw it at any time.`)
      res.redirect(303, `/people/${person.slug}`)
    },

    async withdraw(req: Request, res: Response) {
      const { person, skill } = await confirmations.withdraw(personOf(req), onProfile(req))
      res.say(`You do not confirm ${skill.name} of ${person.name} any more.`)
      res.redirect(303, `/people/${person.slug}`)
    },

    async hide(req: Request, res: Response) {
      const { by } = await confirmations.answer(personOf(req), onProfile(req), confirmerOf(req), { answer: 'hidden' })
      answered(req, res, `The confirmation of ${by.name} is hidden and does not count.`)
    },

    async showAgain(req: Request, res: Response) {
      const { by } = await confirmations.answer(personOf(req), onProfile(req), confirmerOf(req))
      answered(req, res, `The confirmation of ${by.name} is shown and counts again.`)
    },

    startContest: (req: Request, res: Response) => startContest(req, res),
    contestAgain: startContest,

    async contest(req: Request, res: Response, { words }: ContestForm) {
      const { by } = await confirmations.answer(personOf(req), onProfile(req), confirmerOf(req), { answer: 'contested', words })
      answered(req, res, `You contest the confirmation of ${by.name}. It does not count, and ${by.name} sees why on your profile.`)
    },
  }
}
