import { articlesAreReviewed } from './articlesAreReviewed.ts'
import { indexOptions } from './indexOptions.ts'
import type { Migration } from './migration.ts'

/** All of them, in order. A released one stays as it is; a new one is added at the end. */
export const migrations: readonly Migration[] = [indexOptions, articlesAreReviewed]
