import type { MarkdownIt } from 'markdown-it'

export const isDiagram = ({ type, info }: { type: string; info: string }): boolean => type === 'fence' && info.trim() === 'mermaid'

/** A diagram is its text, which the page's script draws in a frame of its own. */
export function diagrams(markdown: MarkdownIt): void {
  const fence = markdown.renderer.rules.fence
  markdown.renderer.rules.fence = (tokens, place, options, env, renderer) => {
    const token = tokens[place]
    if (token === undefined || !isDiagram(token)) return fence?.(tokens, place, options, env, renderer) ?? ''
    return `<pre class="diagram"><code>${markdown.utils.escapeHtml(token.content)}</code></pre>\n`
  }
}
