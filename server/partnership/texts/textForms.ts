import { z } from 'zod'
import { paragraphs } from '../../http/formFields.ts'

const longest = 50_000
/** Nobody means them as words of such a text; they would be printed as such. */
const markup = /<\/?(?:script|style|iframe|object|embed|svg|link|meta|form|img)\b[^>]*>?|\bjavascript:[^\s)]*/i

export const textForm = z.object({
  text: paragraphs(longest)
    .pipe(z.string().min(1, 'Write the text, or go back to the default text'))
    .superRefine((text, refuse) => {
      const found = markup.exec(text)?.[0].slice(0, 60)
      if (found === undefined) return
      const message = `Take “${found}” out: the text is Markdown, and neither scripts nor other HTML are run or shown`
      refuse.addIssue({ code: 'custom', message })
    }),
  /** Which button was pressed. */
  as: z.enum(['text', 'preview']).default('text'),
  revision: z.coerce.number().int().min(0).catch(0),
})
export type TextForm = z.infer<typeof textForm>

export const defaultTextForm = z.object({ revision: z.coerce.number().int().min(0).catch(0) })
export type DefaultTextForm = z.infer<typeof defaultTextForm>
