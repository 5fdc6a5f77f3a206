import type { SignedInPerson } from '../../access/accessTokens.ts'
import { Invalid } from '../../failures.ts'
import { chosenOrganisations, ownTeam } from '../../knowledge/articles/articleContent.ts'
import { localDate } from '../../people/absence.ts'
import type { Services } from '../../services.ts'
import { raisedOn } from '../raisedOn.ts'
import type { OfferForm } from './offerForms.ts'
import type { Offer } from './offerModel.ts'

export type OfferContent = Pick<
  Offer,
  'title' | 'kind' | 'text' | 'owner' | 'skillIds' | 'visibility' | 'chosenOrganisationIds' | 'limit' | 'until' | 'dayId' | 'revision'
>

type Directories = Pick<Services, 'organisations' | 'teams' | 'skills' | 'days' | 'clock'>
type Problems = Record<string, string>

/** @throws Invalid naming each skill, team, organisation or day that is wrong */
export async function offerContent(
  form: OfferForm,
  directories: Directories,
  writer: SignedInPerson,
  offer?: Offer,
): Promise<OfferContent> {
  const problems: Problems = {}
  const owner = await ownerChosen(form, directories, writer, problems, offer)
  const chosenOrganisationIds = form.visibility === 'chosen' ? await chosenOrganisations(form, directories, writer, problems) : []
  const { known, unknown } = form.skills === undefined ? { known: [], unknown: [] } : await directories.skills.typed(form.skills, writer)
  if (unknown.length > 0) problems.skills = `“${unknown[0]}” is not in the skills vocabulary`
  if (form.visibility === 'team' && owner?.teamId === undefined)
    problems.visibility = 'Only what a team offers can be kept to that team: choose the team as owner'
  if (form.until !== undefined && form.until < localDate(directories.clock.now()))
    problems.until = 'The last day has passed. Enter today or a later day, or leave it empty'
  const raised = await raisedOn(form, directories, writer, problems)
  if (Object.keys(problems).length > 0 || owner === undefined) throw new Invalid(problems)
  const { title, kind, text, visibility, limit, until, revision } = form
  const limits = { ...(limit === undefined ? {} : { limit }), ...(until === undefined ? {} : { until }) }
  return {
    title,
    kind,
    text,
    owner,
    visibility,
    revision,
    chosenOrganisationIds,
    skillIds: known.map(({ _id }) => _id),
    ...limits,
    ...raised,
  }
}

async function ownerChosen(form: OfferForm, directories: Directories, writer: SignedInPerson, problems: Problems, offer?: Offer) {
  if (form.owner === 'kept' && offer !== undefined) return offer.owner
  if (form.owner === 'me') return { personId: writer.id }
  const team = await ownTeam(form.owner, directories, writer, { problems, owner: offer?.owner })
  return team === undefined ? undefined : { teamId: team._id }
}
