import { slugOf, slugWithId } from './slugs.ts'

export const isTaken = (error: unknown): boolean => typeof error === 'object' && error !== null && 'code' in error && error.code === 11000

/** Creates a record under the slug of its name or, where that is taken, under one with an end of its own. */
export async function withFreeSlug<R>(name: string, id: string, create: (slug: string) => Promise<R>): Promise<R> {
  try {
    return await create(slugOf(name))
  } catch (error) {
    if (!isTaken(error)) throw error
    return create(slugWithId(name, id))
  }
}
