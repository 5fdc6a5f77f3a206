/** A part of a file as one reads it: a page, a slide, a sheet; without a name where a file has no parts. */
export interface FilePart {
  name?: string
  text: string
}

/** What was read; `note` says why it is not all. */
export interface FileText {
  parts: FilePart[]
  note?: string
}

/** Of what one file says, so much is searched: some 300 pages. */
export const mostCharacters = 400_000
export const mostParts = 1_000

/** A file that says nothing to whoever may not open it, or to nobody; the message is for people: "it needs a password". */
export class UnreadableFile extends Error {}

/** Gathers parts until there is enough. */
export class GatheredText {
  readonly parts: FilePart[] = []
  private characters = 0

  get isFull(): boolean {
    return this.characters >= mostCharacters || this.parts.length >= mostParts
  }

  add(text: string, name?: string): void {
    const said = searchable(text).slice(0, mostCharacters - this.characters)
    if (said === '' || this.isFull) return
    this.characters += said.length
    this.parts.push({ ...(name === undefined ? {} : { name }), text: said })
  }

  /** @param isWhole  nothing was left out */
  result(isWhole: boolean): FileText {
    if (this.parts.length === 0) throw new UnreadableFile('it has none, only pictures perhaps')
    return { parts: this.parts, ...(isWhole ? {} : { note: 'only the beginning of its text is searched' }) }
  }
}

/** As the search engines keep it, so that a fragment of theirs is found in it again. */
const searchable = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/(?![\t\n\v\f\r])[\p{Cc}\p{Cf}\p{Co}\p{Cs}]+/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
