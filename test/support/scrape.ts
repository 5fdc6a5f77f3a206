import type { TestSite } from './testSite.ts'

export interface Scrape {
  text: string
  /** The value of a metric with exactly these labels; undefined where there is none. */
  value(name: string, labels?: Readonly<Record<string, string>>): number | undefined
  /** All values that a label has, each once. */
  labelled(label: string): string[]
}

/** What /metrics shows now: sources are read anew. */
export async function scrape(site: TestSite): Promise<Scrape> {
  site.services.metrics.show([])
  return scraped((await site.visitor().get('/metrics').expect(200)).text)
}

export function scraped(text: string): Scrape {
  const samples = [...text.matchAll(/^(\w+)(?:\{(.*)\})? (\S+)$/gm)].map(([, name = '', labels = '', value]) => ({
    name,
    labels: Object.fromEntries([...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, label, given]) => [label, given])),
    value: Number(value),
  }))
  const hasLabels = (given: object, wanted: Readonly<Record<string, string>>) =>
    Object.keys(given).length === Object.keys(wanted).length &&
    Object.entries(wanted).every(([label, value]) => given[label as never] === value)
  return {
    text,
    value: (name, labels = {}) => samples.find(sample => sample.name === name && hasLabels(sample.labels, labels))?.value,
    labelled: label => [...new Set(samples.flatMap(({ labels }) => (labels[label] === undefined ? [] : [labels[label]])))],
  }
}
