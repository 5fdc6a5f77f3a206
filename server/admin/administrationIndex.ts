import type { AdministratorPage } from '../feature.ts'

const headings: Readonly<Record<AdministratorPage['group'], string>> = {
  people: 'People and accounts',
  knowing: 'Skills and search',
  site: 'The site',
}

/** Groups in their order, without those in which there is nothing for whoever looks. */
export function groupedPages(pages: readonly AdministratorPage[]) {
  const groups = Object.entries(headings).map(([id, heading]) => ({ id, heading, pages: pages.filter(({ group }) => group === id) }))
  return groups.filter(group => group.pages.length > 0)
}
