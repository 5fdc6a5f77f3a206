/**
 * Words that the two engines do not keep alike, each with its stem in the embedded search and in Elasticsearch: letters that are no accented form of
 * another. FTS5 leaves them as they are, Elasticsearch writes them in ASCII. So "Lodz" finds "Łódź" in Elasticsearch alone.
 */
export const stemmingDifferences: Readonly<Record<string, { embedded: string; elasticsearch: string }>> = {
  Straßen: { embedded: 'straßen', elasticsearch: 'strassen' },
  Łódź: { embedded: 'łodz', elasticsearch: 'lodz' },
  smørrebrød: { embedded: 'smørrebrød', elasticsearch: 'smorrebrod' },
  ærobics: { embedded: 'ærobic', elasticsearch: 'aerob' },
  œuvres: { embedded: 'œuvr', elasticsearch: 'oeuvr' },
  þing: { embedded: 'þing', elasticsearch: 'thing' },
  đakovo: { embedded: 'đakovo', elasticsearch: 'dakovo' },
  '½': { embedded: '1 2', elasticsearch: '½' },
}
