import { attachedContent } from '../../attachments/attachedContent.ts'
import { isPictureName, keptName } from '../../attachments/attachmentName.ts'
import type { ImportedPage } from './importedPage.ts'
import { pathOfLink, type Redirected, redirectLinks } from './pageLinks.ts'
import type { ReadFiles } from './readPages.ts'

/** A page with the address that its article has, or gets. */
export interface PlacedPage {
  page: ImportedPage
  /** What its article is known by, so that importing it again changes it. */
  sourceId: string
  slug: string
}

/** A page as it is kept: its links lead to articles and attachments here. */
export interface LinkedPage extends PlacedPage {
  text: string
  /** Paths of the files that are attached to it, with what they are called there. */
  attached: Map<string, string>
  /** Links to pages or files that were not among what was sent. */
  broken: string[]
}

/** The links among the pages of one import. */
export class PagePlaces {
  private readonly read: ReadFiles
  private readonly byPath = new Map<string, PlacedPage>()
  private readonly bySlug = new Map<string, PlacedPage>()
  private readonly paths: ReadonlySet<string>

  constructor(read: ReadFiles, placed: readonly PlacedPage[]) {
    this.read = read
    this.paths = new Set(read.files.paths)
    for (const place of placed) {
      for (const name of [place.page.path, ...(place.page.names ?? [])]) this.byPath.set(name, place)
      if (typeof place.page.fields?.slug === 'string') this.bySlug.set(place.page.fields.slug, place)
    }
  }

  linked(place: PlacedPage): LinkedPage {
    const attached = new Map<string, string>()
    const broken: string[] = []
    for (const path of place.page.files ?? []) this.attach(path, attached)
    const text = redirectLinks(
      place.page.text,
      (target, isPicture) => this.ownTarget(target) ?? this.targetOf({ target, isPicture }, place, attached, broken),
    )
    return { ...place, text, attached, broken }
  }

  /** Where another Skillpool linked to an article of the same archive that has another address here. */
  ownTarget(target: string): string | undefined {
    const [, before = '', slug = '', after = ''] = /^(\/knowledge\/|skillpool:article\/)([^/?#]+)(.*)$/.exec(target) ?? []
    const place = this.bySlug.get(slug)
    return place === undefined || place.slug === slug ? undefined : `${before}${place.slug}${after}`
  }

  private targetOf(
    { target, isPicture }: { target: string; isPicture: boolean },
    { page, slug }: PlacedPage,
    attached: Map<string, string>,
    broken: string[],
  ): ReturnType<Redirected> {
    if (page.fields !== undefined) return undefined
    const led = pathOfLink(target, page.path)
    if (led === undefined) return undefined
    const found = this.pageAt(led.path)
    if (found !== undefined) return `/knowledge/${found.slug}${led.part}`
    const name = this.paths.has(led.path) ? this.attach(led.path, attached) : undefined
    if (name !== undefined && isPicture && isPictureName(name)) return { picture: name }
    if (name !== undefined) return `/knowledge/${slug}/attachments/${encodeURIComponent(name)}`
    broken.push(target)
    return undefined
  }

  private pageAt(path: string): PlacedPage | undefined {
    for (const name of [path, `${path}.md`, `${path}/README.md`, `${path}/index.md`, `${path}.html`]) {
      const found = this.byPath.get(name)
      if (found !== undefined) return found
    }
    return undefined
  }

  /** @returns what it is called there; undefined for what cannot be attached */
  private attach(path: string, attached: Map<string, string>): string | undefined {
    const known = attached.get(path)
    if (known !== undefined) return known
    const content = attachedContent(Buffer.from(this.read.files.bytes(path)), path)
    if ('refused' in content) return undefined
    const name = keptName(path, content.kind)
    attached.set(path, name)
    return name
  }
}
