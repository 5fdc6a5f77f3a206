import type { Logger } from 'pino'
import type { SignedInPerson } from '../../access/accessTokens.ts'
import { cosine, type Encoder, EncoderAway, type Vector } from '../../search/meaning/encoder.ts'
import { withPatience } from '../../search/withPatience.ts'
import type { Skill } from '../skillModel.ts'
import type { SkillService } from '../skillService.ts'

/** By all-MiniLM-L6-v2, of the 60 skills of the example: pairs above it have something in common, most below it do not. */
const leastCosine = 0.45
const mostRelated = 3
const encodedWithinMs = 10_000

interface Collaborators {
  skills: Pick<SkillService, 'list'>
  /** Without one no skill is related. */
  encoder: Encoder | undefined
  log: Logger
}

interface Known {
  text: string
  vector: Vector
}

/**
 * Skills that mean nearly the same as another. They are shown as related, and count for nobody: who declares one has not declared the other. Vectors
 * are kept in memory, since a vocabulary has a few hundred skills.
 */
export class RelatedSkills {
  /** A page does not wait longer: what is not encoded by then is there the next time. */
  patienceMs = 150
  private readonly with: Collaborators
  private readonly known = new Map<string, Known>()
  private encoding: Promise<void> | undefined

  constructor(collaborators: Collaborators) {
    this.with = collaborators
  }

  /** The nearest first, of those that the reader may see. */
  async to({ _id }: Pick<Skill, '_id'>, reader: SignedInPerson): Promise<Skill[]> {
    const { encoder, skills } = this.with
    if (encoder === undefined || encoder.problem !== undefined) return []
    const all = await skills.list(reader)
    await this.encoded(all, encoder)
    const own = this.known.get(_id)?.vector
    if (own === undefined) return []
    return all
      .flatMap(skill => {
        const vector = skill._id === _id ? undefined : this.known.get(skill._id)?.vector
        return vector === undefined ? [] : [{ skill, near: cosine(own, vector) }]
      })
      .filter(({ near }) => near >= leastCosine)
      .sort((one, other) => other.near - one.near || one.skill.name.localeCompare(other.skill.name, 'en-GB'))
      .slice(0, mostRelated)
      .map(({ skill }) => skill)
  }

  private async encoded(all: readonly Skill[], encoder: Encoder): Promise<void> {
    const lacking = all.filter(skill => this.known.get(skill._id)?.text !== textOf(skill))
    if (lacking.length === 0) return
    this.encoding ??= this.encode(lacking, encoder).finally(() => {
      this.encoding = undefined
    })
    await withPatience(this.encoding, this.patienceMs, undefined)
  }

  private async encode(lacking: readonly Skill[], encoder: Encoder): Promise<void> {
    try {
      for (const skill of lacking) {
        const text = textOf(skill)
        this.known.set(skill._id, { text, vector: await encoder.encodeQuestion(text, encodedWithinMs) })
      }
    } catch (error) {
      if (!(error instanceof EncoderAway)) throw error
      this.with.log.warn({ err: error }, 'related skills are not shown: the model does not answer')
    }
  }
}

const textOf = ({ name, aliases, description = '' }: Skill): string => [name, ...aliases, description].filter(Boolean).join('. ')
