import type { MarkdownIt } from 'markdown-it'

const box = /^\[([ xX])\]\s+/

/** `- [ ] to do` and `- [x] done`: what a list says is said in words too, for a box alone is silent to a screen reader. */
export function taskLists(markdown: MarkdownIt): void {
  markdown.core.ruler.after('inline', 'task_lists', ({ tokens, Token }) => {
    for (const [place, token] of tokens.entries()) {
      const isFirst = tokens[place - 1]?.type === 'paragraph_open' && tokens[place - 2]?.type === 'list_item_open'
      const words = token.children?.[0]
      const [typed, mark] = (isFirst && words?.type === 'text' && box.exec(words.content)) || []
      if (typed === undefined || words === undefined) continue
      const isDone = mark !== ' '
      words.content = words.content.slice(typed.length)
      tokens[place - 2]?.attrSet('class', isDone ? 'task task--done' : 'task')
      const state = new Token('task_state', '', 0)
      state.meta = { isDone }
      token.children?.unshift(state)
    }
  })
  markdown.renderer.rules.task_state = (tokens, place) =>
    `<span class="govuk-visually-hidden">${tokens[place]?.meta?.isDone ? 'Done:' : 'To do:'} </span>`
}
