import type { MarkdownIt, Token } from 'markdown-it'

/** A picture that a text may show: where it is, and how large in px. */
export interface TextPicture {
  href: string
  width: number
  height: number
}

/** By the name that a text calls it: `![The rack](rack.png)`. Other pictures are not shown. */
export type TextPictures = ReadonlyMap<string, TextPicture>

/** What texts may show, in case something else comes through: attachments of articles, which are asked for by whoever reads. */
export const ownPicture = /^\/knowledge\/[^/?#]+\/attachments\/[0-9a-f]{24}$/

export const showsPictures = (tokens: readonly Token[]): boolean =>
  tokens.some(({ children }) => children?.some(({ type }) => type === 'image'))

/** Draws the pictures of `env.pictures`, and of any other what it would show, in words. */
export function textPictures(markdown: MarkdownIt): void {
  const { escapeHtml } = markdown.utils
  markdown.renderer.rules.image = (tokens, place, options, env, renderer) => {
    const token = tokens[place] as Token
    const name = decoded(String(token.attrGet('src') ?? '')).replace(/^\.\//, '')
    const words = escapeHtml(renderer.renderInlineAsText(token.children ?? [], options, env))
    const picture = (env as { pictures?: TextPictures } | undefined)?.pictures?.get(name)
    return picture === undefined
      ? `<span class="missing-link">${words || escapeHtml(name)} <span class="muted">(picture not available)</span></span>`
      : `<img src="${escapeHtml(picture.href)}" alt="${words}" width="${picture.width}" height="${picture.height}" loading="lazy">`
  }
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address)
  } catch {
    return address
  }
}
