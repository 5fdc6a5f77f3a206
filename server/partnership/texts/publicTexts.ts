import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../../http/projectRoot.ts'
import type { Known } from '../knownSettings.ts'
import type { Help } from '../settingModel.ts'

/** Texts that administrators keep, and that everybody reads, without signing in. Each is the address of its page. */
export const publicTexts = {
  privacy: {
    title: 'Privacy notice',
    about: 'What is kept about people, why, for how long, and what they can ask for. Have your data protection officer read it.',
  },
  accessibility: {
    title: 'Accessibility statement',
    about:
      'The law asks public bodies for it: how far the site meets WCAG 2.2 AA, what does not, and whom to tell. Read it again every year.',
  },
  cookies: {
    title: 'Cookies',
    about:
      'Which cookies are set, and what for. The default text is true for Skillpool as it is: change it when something beside it, such as a proxy, sets more.',
  },
} as const

export type TextName = keyof typeof publicTexts
export const textNames = Object.keys(publicTexts) as TextName[]
export const isTextName = (name: string): name is TextName => textNames.includes(name as TextName)

const files = Object.fromEntries(
  textNames.map(name => [name, readFileSync(join(projectRoot, 'views', 'partnership', 'texts', `${name}.md`), 'utf8')]),
) as Record<TextName, string>

/** The text that Skillpool comes with, about this partnership, as Markdown. */
export function defaultText(name: TextName, { name: partnership, help }: Pick<Known, 'name' | 'help'>, cookie: string): string {
  const told: Record<string, string> = { partnership: literal(partnership), help: helpLine(help), cookie }
  return files[name].replace(/\{(\w+)\}/g, (_all, word: string) => told[word] ?? '')
}

function helpLine(help: Help | undefined): string {
  if (help === undefined) return 'the administrator of your organisation'
  return [help.name, help.email, help.phone]
    .filter(part => part !== undefined)
    .map(literal)
    .join(', ')
}

/** Of a name, nothing is a mark of Markdown. */
const literal = (text: string) => text.replace(/[\\`*_[\]<>#|~!&]/g, mark => `\\${mark}`)
