import { z } from 'zod'
import { deepestHit } from '../searchService.ts'

const short = (most: number) => z.string().min(1).max(most)

/** What the script of the results sends when one of them is opened. */
export const openingForm = z.object({
  words: short(200),
  type: short(40),
  id: short(100),
  position: z.coerce.number().int().min(0).max(deepestHit),
})
