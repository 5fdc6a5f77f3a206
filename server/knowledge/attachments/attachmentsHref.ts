import type { Article } from '../articles/articleModel.ts'

/** Where an article's attachments are added and removed; each has its id behind it. */
export const attachmentsHref = ({ slug }: Pick<Article, 'slug'>): string => `/knowledge/${slug}/attachments`
