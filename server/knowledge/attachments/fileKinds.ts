/** A kind of file that can be attached. */
export interface FileKind {
  /** "application/pdf" */
  type: string
  /** For people: "PDF". */
  text: string
  /** The first is what a name gets that has none of them. */
  endings: readonly [string, ...string[]]
}

const office = 'application/vnd.openxmlformats-officedocument.'
const openDocument = 'application/vnd.oasis.opendocument.'

export const fileKinds = {
  pdf: { type: 'application/pdf', text: 'PDF', endings: ['pdf'] },
  docx: { type: `${office}wordprocessingml.document`, text: 'Word document', endings: ['docx', 'dotx'] },
  xlsx: { type: `${office}spreadsheetml.sheet`, text: 'Excel workbook', endings: ['xlsx', 'xltx'] },
  pptx: { type: `${office}presentationml.presentation`, text: 'PowerPoint presentation', endings: ['pptx', 'ppsx', 'potx'] },
  docm: { type: 'application/vnd.ms-word.document.macroEnabled.12', text: 'Word document with macros', endings: ['docm', 'dotm'] },
  xlsm: { type: 'application/vnd.ms-excel.sheet.macroEnabled.12', text: 'Excel workbook with macros', endings: ['xlsm', 'xltm'] },
  pptm: {
    type: 'application/vnd.ms-powerpoint.presentation.macroEnabled.12',
    text: 'PowerPoint presentation with macros',
    endings: ['pptm', 'ppsm', 'potm'],
  },
  doc: { type: 'application/msword', text: 'Word 97 document', endings: ['doc', 'dot'] },
  xls: { type: 'application/vnd.ms-excel', text: 'Excel 97 workbook', endings: ['xls', 'xlt'] },
  ppt: { type: 'application/vnd.ms-powerpoint', text: 'PowerPoint 97 presentation', endings: ['ppt', 'pps'] },
  locked: {
    type: 'application/x-ole-storage',
    text: 'Office document with a password',
    endings: ['docx', 'xlsx', 'pptx', 'docm', 'xlsm', 'pptm'],
  },
  odt: { type: `${openDocument}text`, text: 'OpenDocument text', endings: ['odt', 'ott'] },
  ods: { type: `${openDocument}spreadsheet`, text: 'OpenDocument spreadsheet', endings: ['ods', 'ots'] },
  odp: { type: `${openDocument}presentation`, text: 'OpenDocument presentation', endings: ['odp', 'otp'] },
  text: { type: 'text/plain', text: 'plain text', endings: ['txt', 'md', 'log', 'conf', 'ini', 'json', 'xml', 'yaml', 'yml', 'sql'] },
  csv: { type: 'text/csv', text: 'CSV table', endings: ['csv', 'tsv'] },
  jpeg: { type: 'image/jpeg', text: 'JPEG picture', endings: ['jpg', 'jpeg'] },
  png: { type: 'image/png', text: 'PNG picture', endings: ['png'] },
  webp: { type: 'image/webp', text: 'WebP picture', endings: ['webp'] },
  gif: { type: 'image/gif', text: 'GIF picture', endings: ['gif'] },
} as const satisfies Record<string, FileKind>

export type FileKindId = keyof typeof fileKinds
export const fileKindIds = Object.keys(fileKinds) as [FileKindId, ...FileKindId[]]
export const allowedKinds = 'PDF, Word, Excel, PowerPoint, OpenDocument, plain text, CSV, JPEG, PNG, WebP or GIF'

export const isPicture = (kind: FileKindId): boolean => fileKinds[kind].type.startsWith('image/')
export const kindOfType = (type: string): FileKindId | undefined => fileKindIds.find(id => fileKinds[id].type === type)
