import type { SignedInPerson } from '../../access/accessTokens.ts'
import { Invalid } from '../../failures.ts'
import { mostSkills } from '../../search/question/understanding.ts'
import type { Services } from '../../services.ts'
import { type RaisedOn, raisedOn } from '../raisedOn.ts'
import type { RequestForm } from './requestForms.ts'
import type { AskedSkill, HelpRequest, Work } from './requestModel.ts'

/** What somebody needs, with the named records found: what the service keeps. */
export interface RequestContent
  extends Pick<HelpRequest, 'type' | 'title' | 'text' | 'visibility' | 'chosenOrganisationIds' | 'skills'>,
    RaisedOn {
  work?: Work
  /** What was opened. */
  revision: number
}

type Directories = Pick<Services, 'skills' | 'organisations' | 'days'>
type Problems = Record<string, string>

/** @throws Invalid naming each skill or organisation that is not known to the writer */
export async function requestContent(form: RequestForm, directories: Directories, writer: SignedInPerson): Promise<RequestContent> {
  const problems: Problems = {}
  const skills = await skillsNamed(form, directories, writer, problems)
  const chosenOrganisationIds = form.visibility === 'chosen' ? await organisationsChosen(form, directories, writer, problems) : []
  const raised = await raisedOn(form, directories, writer, problems)
  if (Object.keys(problems).length > 0) throw new Invalid(problems)
  const { type, title, text, visibility, revision } = form
  return {
    type,
    title,
    text,
    visibility,
    revision,
    skills,
    chosenOrganisationIds,
    ...raised,
    ...(type === 'work' ? { work: workOf(form) } : {}),
  }
}

async function skillsNamed({ skills: typed, level }: RequestForm, { skills }: Directories, writer: SignedInPerson, problems: Problems) {
  if (typed === undefined) return []
  const { known, unknown } = await skills.typed(typed, writer)
  if (unknown[0] !== undefined) problems.skills = `“${unknown[0]}” is not in the skills vocabulary`
  const ids = [...new Set((await skills.current(known, writer)).map(({ _id }) => _id))]
  if (ids.length > mostSkills) problems.skills ??= `Name ${mostSkills} skills or fewer`
  return ids.map((skillId): AskedSkill => ({ skillId, ...(level === undefined ? {} : { level }) }))
}

async function organisationsChosen(
  { chosenOrganisations }: RequestForm,
  { organisations }: Directories,
  writer: SignedInPerson,
  problems: Problems,
) {
  const chosen = await organisations.named({ slugs: chosenOrganisations }, writer)
  if (chosen.length === 0) problems.chosenOrganisations = 'Choose at least one organisation'
  return chosen.map(({ _id }) => _id)
}

const workOf = ({ effort, from, until, place, inReturn }: RequestForm): Work => ({
  ...(effort === undefined ? {} : { effort }),
  ...(from === undefined ? {} : { from }),
  ...(until === undefined ? {} : { until }),
  ...(place === undefined ? {} : { place }),
  ...(inReturn === undefined ? {} : { inReturn }),
})
