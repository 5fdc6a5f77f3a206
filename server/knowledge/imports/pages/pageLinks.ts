/** Where a link leads now, or a picture is; undefined: as before. */
export type Redirected = (target: string, isPicture: boolean) => string | { picture: string } | undefined

/**
 * Markdown with its links and pictures led elsewhere. Pictures that are led to what is none become links. What stands in code stays.
 */
export function redirectLinks(markdown: string, redirected: Redirected): string {
  let fence: string | undefined
  return markdown
    .split('\n')
    .map(line => {
      const mark = /^\s{0,3}(`{3,}|~{3,})/.exec(line)?.[1]
      if (mark !== undefined && (fence === undefined || (mark[0] === fence[0] && mark.length >= fence.length))) {
        fence = fence === undefined ? mark : undefined
        return line
      }
      return fence === undefined && !/^( {4}|\t)(?![-*\d])/.test(line) ? redirectLine(line, redirected) : line
    })
    .join('\n')
}

const definition = /^(\s{0,3}\[[^\]]+\]:\s*)(<[^>]*>|\S+)(.*)$/

function redirectLine(line: string, redirected: Redirected): string {
  const defined = definition.exec(line)
  if (defined !== null) {
    const to = redirected(unwrapped(defined[2] as string), false)
    return typeof to === 'string' ? `${defined[1]}${wrapped(to)}${defined[3]}` : line
  }
  return line
    .split(/(`[^`]*`)/)
    .map((part, place) => (place % 2 === 1 ? part : redirectInline(part, redirected)))
    .join('')
}

const inline =
  /(!?)\[((?:[^[\]\\]|\\.|!?\[[^[\]]{0,500}\](?:\([^()\s]{0,500}\))?){0,500})\]\((<[^<>\n]{0,2000}>|[^\s()<>]{0,2000}(?:\([^\s()]{0,500}\)[^\s()]{0,500})?)(\s+(?:"[^"]*"|'[^']*'))?\)/g

function redirectInline(text: string, redirected: Redirected): string {
  return text.replace(inline, (whole: string, picture: string, words: string, target: string, title: string | undefined) => {
    const inner = words.includes('](') ? redirectInline(words, redirected) : words
    const to = redirected(unwrapped(target), picture !== '')
    if (to === undefined) return inner === words ? whole : `${picture}[${inner}](${target}${title ?? ''})`
    if (typeof to === 'object') return `![${inner}](${wrapped(to.picture)}${title ?? ''})`
    const said = picture !== '' && words.trim() === '' ? (unwrapped(target).split('/').at(-1) ?? 'picture') : inner
    return `[${said}](${wrapped(to)}${title ?? ''})`
  })
}

const unwrapped = (target: string) => (target.startsWith('<') ? target.slice(1, -1) : target)
const wrapped = (target: string) => (/[\s()<>]/.test(target) ? `<${target.replace(/[<>]/g, encodeURIComponent)}>` : target)

/** The path that a link in a file leads to, and its part behind #; undefined for what leads out, or to a place on the same page. */
export function pathOfLink(target: string, from: string): { path: string; part: string } | undefined {
  if (target.startsWith('wiki:')) return wikiPathOf(target)
  if (target === '' || /^([a-z][a-z0-9+.-]*:|\/\/|#|\?)/i.test(target)) return undefined
  const [beforePart = '', part] = target.split('#')
  const [path = ''] = beforePart.split('?')
  const folders = path.startsWith('/') ? [] : from.split('/').slice(0, -1)
  for (const step of decoded(path).split('/')) {
    if (step === '..') folders.pop()
    else if (step !== '.' && step !== '') folders.push(step)
  }
  return { path: folders.join('/'), part: part === undefined ? '' : `#${part}` }
}

function wikiPathOf(target: string): { path: string; part: string } {
  const [title = '', part] = target.slice('wiki:'.length).split('#')
  return { path: `wiki:${title.slice(0, 1).toUpperCase()}${title.slice(1)}`, part: part === undefined ? '' : `#${part}` }
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
