import { z } from 'zod'

const control = /(?![\n\t\r])\p{Cc}/gu

/** One line that must be filled in. */
export const line = (missing: string, longest = 200) =>
  z
    .string({ error: missing })
    .transform(text => text.replace(control, '').replace(/\s+/g, ' ').trim())
    .pipe(
      z
        .string()
        .min(1, missing)
        .max(longest, `Use ${longest.toLocaleString('en-GB')} characters or fewer`),
    )

/** One line that may be empty; empty is undefined. */
export const optionalLine = (longest = 200) =>
  z
    .string()
    .optional()
    .transform(text => text?.replace(control, '').replace(/\s+/g, ' ').trim() || undefined)
    .pipe(
      z
        .string()
        .max(longest, `Use ${longest.toLocaleString('en-GB')} characters or fewer`)
        .optional(),
    )

/** Text of many lines that may be empty. */
export const paragraphs = (longest = 100_000) =>
  z
    .string()
    .default('')
    .transform(text => text.replace(control, '').replace(/\r\n?/g, '\n').trimEnd())
    .pipe(z.string().max(longest, `Use ${longest.toLocaleString('en-GB')} characters or fewer`))

/** Checkboxes or a select of many: none, one or several become a list. */
export const severalOf = <T extends string>(values: readonly [T, ...T[]]) =>
  z.preprocess(value => (value === undefined || value === '' ? [] : [value].flat()), z.array(z.enum(values, 'Choose only from the list')))

export const severalIds = z.preprocess(
  value => (value === undefined || value === '' ? [] : [value].flat()),
  z.array(z.string().max(100, 'Choose only from the list')).max(100, 'Choose 100 or fewer'),
)
