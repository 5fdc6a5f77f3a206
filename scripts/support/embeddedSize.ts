import type { Services } from '../../server/services.ts'

const embeddedLimit = 20_000

/** Says once when more is kept than the embedded stores are meant for. */
export class EmbeddedSize {
  private readonly before: number | undefined
  private isSaid = false

  private constructor(before: number | undefined) {
    this.before = before
  }

  static async of({ config, models }: Services): Promise<EmbeddedSize> {
    if (config.MONGODB_URI !== undefined && config.ELASTICSEARCH_URL !== undefined) return new EmbeddedSize(undefined)
    const reason = 'whether the embedded stores suffice'
    const articles = await models.articles.countDocuments({}).asSystem(reason)
    return new EmbeddedSize(articles + (await models.people.countDocuments({}).asSystem(reason)))
  }

  warn(added: number): void {
    if (this.isSaid || this.before === undefined || this.before + added <= embeddedLimit) return
    this.isSaid = true
    console.error(
      `More than ${embeddedLimit.toLocaleString('en-GB')} records: the embedded stores are meant for fewer. It goes on, but set MONGODB_URI and ELASTICSEARCH_URL for so many.`,
    )
  }
}
