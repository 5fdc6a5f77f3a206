import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { projectRoot } from '../../../server/http/projectRoot.ts'

export interface Paper {
  /** From the project's root. */
  file: string
  text: string
}

const folders = ['.', 'docs', 'docs/decisions']

export const readPapers = (): Paper[] => folders.flatMap(folder => markdownIn(folder)).map(readPaper)
export const readPaper = (file: string): Paper => ({ file, text: readFileSync(join(projectRoot, file), 'utf8') })

const markdownIn = (folder: string) =>
  readdirSync(join(projectRoot, folder))
    .filter(name => name.endsWith('.md'))
    .map(name => join(folder, name))

const code = /`[^`\n]*`/g

/** Links to files that are not there, and to headings that the file does not have; what stands as code is no link. */
export function brokenLinks({ file, text }: Paper): string[] {
  return [...text.replace(code, '').matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link]) => link as string)
    .filter(link => !/^[a-z]+:/.test(link) && !leadsSomewhere(file, link))
    .map(link => `${file}: ${link}`)
}

function leadsSomewhere(file: string, link: string): boolean {
  const [path = '', heading] = link.split('#')
  const target = path === '' ? file : join(dirname(file), path)
  if (!existsSync(join(projectRoot, target))) return false
  return heading === undefined || headingsOf(readPaper(target).text).includes(heading)
}

const headingsOf = (text: string) =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  )

/** Commands that are named, but that package.json does not have. */
export function unknownCommands({ file, text }: Paper, scripts: readonly string[]): string[] {
  const named = [...text.matchAll(/npm run (?:-s )?([a-z][\w:]*)/g)].map(([, name]) => name as string)
  return [...new Set(named)].filter(name => !scripts.includes(name)).map(name => `${file}: npm run ${name}`)
}

/** The settings that server/config.ts explains, in its order. */
export const settingsOf = (source: string): string[] => [...source.matchAll(/^ {2}([A-Z_]+): '/gm)].map(([, name]) => name as string)
/** Those in the README's table. */
export const settingsInTable = (text: string): string[] => [...text.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name as string)
/** Those in .env.example, used or commented out. */
export const settingsInExample = (text: string): string[] => [...text.matchAll(/^#?([A-Z_]+)=/gm)].map(([, name]) => name as string)
