const list = new Intl.ListFormat('en-GB', { type: 'conjunction' })

/** “Oracle”, “Linux” and “VMware” */
export const quoted = (names: readonly string[]): string => list.format(names.map(name => `“${name}”`))
