import { z } from 'zod'
import { line, paragraphs } from '../http/formFields.ts'
import { plainWords } from '../storage/titleWords.ts'

export const mostAliases = 30
const hasWords = (text: string) => plainWords(text).length > 0
const alias = z.string().max(100, 'Use 100 characters or fewer for each alias').refine(hasWords, 'Enter aliases with letters or figures')

export const skillForm = z.object({
  name: line('Enter the name of the skill', 100).refine(hasWords, 'Enter a name with letters or figures'),
  /** Typed with commas between. */
  aliases: z
    .string()
    .default('')
    .transform(text =>
      text
        .split(',')
        .map(alias => alias.replace(/\s+/g, ' ').trim())
        .filter(alias => alias !== ''),
    )
    .pipe(z.array(alias).max(mostAliases, `Use ${mostAliases} aliases or fewer`)),
  group: line('Enter the group it belongs to, such as Infrastructure', 100),
  description: paragraphs(2_000),
  /** What was opened; two people editing one skill compare it. */
  opened: z.string().max(100).default(''),
})

export type SkillForm = z.infer<typeof skillForm>
