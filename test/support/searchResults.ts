import { type CheerioAPI, load } from 'cheerio'

/** A page of search results as somebody reads it. */
export class SearchResults {
  readonly $: CheerioAPI

  constructor(html: string) {
    this.$ = load(html)
  }

  /** The groups, in order, each as "person" or "article". */
  groups(): string[] {
    return this.texts('section', section => section.attr('aria-labelledby')?.replace('group-', '') ?? '')
  }

  /** Titles of articles, or names of people, in order. */
  titles(group: 'person' | 'article'): string[] {
    return this.texts(`section[aria-labelledby=group-${group}] .row__title`)
  }

  /** Of one person, in order. */
  reasons(name: string): string[] {
    const row = this.$('.row--person').filter((_, element) => this.$(element).find('.row__title').text() === name)
    return row
      .find('.reason')
      .get()
      .map(reason => this.$(reason).text().replace(/\s+/g, ' ').trim())
  }

  /** What a link of this text leads to. */
  href(text: string): string {
    const found = this.$('a').filter((_, link) => this.$(link).text().replace(/\s+/g, ' ').trim() === text)
    if (found.length === 0) throw new Error(`There is no link "${text}" on the page`)
    return found.first().attr('href') ?? ''
  }

  /** A facet as "label count", in order. */
  facet(name: string): string[] {
    return this.texts(`.facet input[name=${name}] + label`, label => {
      const count = label.find('.facet__count').clone()
      count.find('.govuk-visually-hidden').remove()
      return `${label.find('.facet__label').text()} ${count.text()}`
    })
  }

  /** The address that the form of filters asks for, with one more value chosen. */
  filteredBy(name: string, value: string): string {
    const form = this.$('.filters form')
    form.find(`input[name=${name}][value="${value}"]`).attr('checked', 'checked')
    const address = new URLSearchParams()
    for (const field of form.serializeArray()) address.append(field.name, field.value)
    return `${form.attr('action')}?${address}`
  }

  /** What the question was narrowed to. */
  chips(): string[] {
    return this.texts('.chip:not(.chip--recognised)', chip => chip.clone().children().remove().end().text())
  }

  /** Names that were recognised in the words. */
  recognised(): string[] {
    return this.texts('.chip--recognised', chip => {
      const shown = chip.clone()
      shown.find('.govuk-visually-hidden').remove()
      return shown.text()
    })
  }

  text(selector: string): string {
    return this.$(selector).text().replace(/\s+/g, ' ').trim()
  }

  private texts(selector: string, textOf = (element: ReturnType<CheerioAPI>) => element.text()): string[] {
    return this.$(selector)
      .get()
      .map(element => textOf(this.$(element)).replace(/\s+/g, ' ').trim())
  }
}
