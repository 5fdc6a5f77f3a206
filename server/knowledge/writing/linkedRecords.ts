import type { Reader } from '../../access/accessTokens.ts'
import type { LinkedType, LinkTitles, RecordLink } from '../../documents/recordLinks.ts'
import type { Models } from '../../models.ts'
import type { OrganisationService } from '../../organisations/organisationService.ts'
import type { PersonService } from '../../people/personService.ts'
import type { SkillService } from '../../skills/skillService.ts'
import type { Article } from '../articles/articleModel.ts'
import { setAsideStates } from '../reviews/articleStates.ts'

interface Collaborators {
  people: Pick<PersonService, 'named'>
  skills: Pick<SkillService, 'named'>
  organisations: Pick<OrganisationService, 'named'>
}

interface Titled {
  slug: string
  title: string
}

const mostLinking = 50

/** What texts link to, and which articles link to an article. */
export class LinkedRecords {
  private readonly articles: Models['articles']
  private readonly with: Collaborators

  constructor(models: Pick<Models, 'articles'>, collaborators: Collaborators) {
    this.articles = models.articles
    this.with = collaborators
  }

  /** What the linked records are called now that the reader may see; a question for each type that is linked at all. */
  async titles(links: readonly RecordLink[], reader: Reader): Promise<LinkTitles> {
    const named = links.map(split)
    const types = [...new Set(named.map(({ type }) => type))]
    const slugsOf = (wanted: LinkedType) => named.filter(({ type }) => type === wanted).map(({ slug }) => slug)
    const found = await Promise.all(
      types.map(async type =>
        (await this.titled(type, slugsOf(type), reader)).map(({ slug, title }) => [`${type}/${slug}`, title] as const),
      ),
    )
    return new Map<RecordLink, string>(found.flat())
  }

  /** Of those that the reader may read, the ones that were changed last. */
  async linkingTo({ _id, slug }: Article, reader: Reader): Promise<Titled[]> {
    return this.articles
      .find({ links: `article/${slug}`, _id: { $ne: _id }, state: { $nin: [...setAsideStates] } })
      .readableBy(reader)
      .sort({ updatedAt: -1 })
      .limit(mostLinking)
      .select({ title: 1, slug: 1 })
      .lean<Titled[]>()
  }

  private async titled(type: LinkedType, slugs: readonly string[], reader: Reader): Promise<Titled[]> {
    switch (type) {
      case 'article':
        return this.articles
          .find({ slug: { $in: [...slugs] } })
          .readableBy(reader)
          .select({ title: 1, slug: 1 })
          .lean<Titled[]>()
      case 'person':
        return (await this.with.people.named({ slugs }, reader)).map(asTitled)
      case 'organisation':
        return (await this.with.organisations.named({ slugs }, reader)).map(asTitled)
      case 'skill':
        return this.skills(slugs, reader)
    }
  }

  /** A skill that was merged is shown as the one it became; its own address leads there. */
  private async skills(slugs: readonly string[], reader: Reader): Promise<Titled[]> {
    const linked = await this.with.skills.named({ slugs }, reader)
    const mergedInto = linked.flatMap(skill => skill.mergedInto ?? [])
    const standing = mergedInto.length === 0 ? [] : await this.with.skills.named({ ids: mergedInto }, reader)
    const names = new Map([...linked, ...standing].map(({ _id, name }) => [_id, name]))
    return linked.flatMap(({ _id, slug, mergedInto: into }) => {
      const title = names.get(into ?? _id)
      return title === undefined ? [] : [{ slug, title }]
    })
  }
}

const asTitled = ({ slug, name }: { slug: string; name: string }): Titled => ({ slug, title: name })

function split(link: RecordLink): { type: LinkedType; slug: string } {
  const [type, slug] = link.split('/') as [LinkedType, string]
  return { type, slug }
}
