const firstNames = ['Alys', 'Bram', 'Cerys', 'Dafydd', 'Esther', 'Femi', 'Gita', 'Hamza', 'Iona', 'Jonas', 'Kasia', 'Lowri']
const surnames = ['Ashdown', 'Birtles', 'Caldecott', 'Dutton', 'Entwistle', 'Fazal', 'Grange', 'Hulse', 'Iqbal', 'Jessop']

/** As another system gives it out: a person on each line, under an id of that system. */
export function aFileOf120People(organisation: string, system: string): string {
  const rows = surnames.flatMap(surname =>
    firstNames.map(first => {
      const id = `${first}.${surname}`.toLowerCase()
      return [`${system}-${id}`, `${first} ${surname}`, organisation, 'Customer adviser', `${id}@${system}.example`].join(';')
    }),
  )
  return ['id;name;organisation;role;email', ...rows].join('\r\n')
}
