import { wikiTables } from './wikiTables.ts'

/** Wikitext of MediaWiki as Markdown: headings, emphasis, lists, links, code and tables. Templates come out as nothing, as they need the wiki itself. */
export function wikitextToMarkdown(wikitext: string): string {
  const kept: string[] = []
  const keep = (text: string) => `\ue000${kept.push(text) - 1}\ue001`
  const plain = wikitext
    .replace(/[\ue000\ue001]/g, '')
    .replace(/\r\n?/g, '\n')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<nowiki>([\s\S]*?)<\/nowiki>/gi, (_all, text: string) => keep(text))
    .replace(/<(pre|source|syntaxhighlight)\b([^>]*)>([\s\S]*?)<\/\1>/gi, (_all, _tag, given: string, code: string) =>
      keep(`\n\`\`\`${/lang="?([\w-]+)/.exec(given)?.[1] ?? ''}\n${code.replace(/^\n|\n$/g, '')}\n\`\`\`\n`),
    )
    .replace(/<(code|tt)>([^\n]*?)<\/\1>/gi, (_all, _tag, code: string) => keep(`\`${code}\``))
    .replace(/<ref\b[^>]*\/>|<ref\b[^>]*>[\s\S]*?<\/ref>/gi, '')
  const lines = wikiTables(withoutTemplates(plain)).split('\n').map(lineToMarkdown)
  return spaced(lines)
    .replace(/\ue000(\d+)\ue001/g, (_all, place: string) => kept[Number(place)] ?? '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** From the inside out, so that each pass takes what holds no other. */
function withoutTemplates(text: string): string {
  let rest = text
  for (let depth = 0; depth < 20; depth++) {
    const next = rest.replace(/\{\{(?!\|)[^{}]*\}\}/g, '')
    if (next === rest) return rest
    rest = next
  }
  return rest
}

function lineToMarkdown(line: string): string {
  const heading = /^(={1,6})\s*(.+?)\s*\1\s*$/.exec(line)
  if (heading !== null) return `${'#'.repeat((heading[1] as string).length)} ${inlineToMarkdown(heading[2] as string)}`
  const item = /^([*#:;]+)\s*(.*)$/.exec(line)
  if (item !== null) return listItem(item[1] as string, item[2] as string)
  if (/^-{4,}\s*$/.test(line)) return '---'
  return inlineToMarkdown(line)
}

function listItem(marks: string, text: string): string {
  const last = marks.at(-1)
  const words = inlineToMarkdown(text)
  if (last === ';') return `**${words}**`
  const indent = '    '.repeat(marks.length - 1)
  if (last === ':') return marks.length === 1 ? words : `${indent}${words}`
  return `${indent}${last === '#' ? '1.' : '-'} ${words}`
}

const inlineToMarkdown = (text: string): string =>
  text
    .replace(/\[\[(?:File|Image):([^|\]]+)[^\]]*\]\]/gi, (_all, name: string) => `![${name.trim()}](<${name.trim()}>)`)
    .replace(/\[\[Category:[^\]]*\]\]/gi, '')
    .replace(/\[\[:?([^|\]]+)\|([^\]]*)\]\]/g, (_all, target: string, words: string) => wikiLink(target, words))
    .replace(/\[\[:?([^|\]]+)\]\]/g, (_all, target: string) => wikiLink(target, target))
    .replace(/\[(https?:\/\/[^\s\]]+)\s+([^\]]+)\]/g, '[$2]($1)')
    .replace(/\[(https?:\/\/[^\s\]]+)\]/g, '<$1>')
    .replace(/'''''(.+?)'''''/g, '***$1***')
    .replace(/'''(.+?)'''/g, '**$1**')
    .replace(/''(.+?)''/g, '*$1*')
    .replace(/<br\s*\/?>/gi, ' ')
    .replace(/<\/?(?:span|div|center|big|small|u|font|p|sup|sub|blockquote)\b[^>]*>/gi, '')
    .replace(/__[A-Z]+__/g, '')

function wikiLink(target: string, words: string): string {
  const [title = '', part] = target.split('#')
  const to = title.trim() === '' ? '' : `wiki:${title.trim().replaceAll('_', ' ')}`
  return `[${words.trim()}](<${to}${part === undefined ? '' : `#${part.trim()}`}>)`
}

const isItem = (line: string) => /^\s*(?:-|1\.) /.test(line)
const isTable = (line: string) => line.startsWith('|')

/** Blocks stand apart in Markdown; wikitext needs no empty line between them. */
const spaced = (lines: readonly string[]): string =>
  lines
    .flatMap((line, place) => {
      const before = lines[place - 1]
      if (before === undefined || before === '' || line === '') return [line]
      const goesOn = (isItem(line) && isItem(before)) || (isTable(line) && isTable(before))
      const isPlain =
        !/^#|^---$/.test(line) && !/^#|^---$/.test(before) && !isItem(line) && !isItem(before) && !isTable(line) && !isTable(before)
      return goesOn || isPlain ? [line] : ['', line]
    })
    .join('\n')
