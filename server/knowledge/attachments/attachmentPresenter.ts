import type { SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import { sizeText } from '../../files/sizeText.ts'
import { longDate } from '../../http/dates.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import type { Article } from '../articles/articleModel.ts'
import { setAsideStates } from '../reviews/articleStates.ts'
import type { Attachment } from './attachmentModel.ts'
import { mostOfAnArticle } from './attachments.ts'
import { attachmentsHref } from './attachmentsHref.ts'
import { allowedKinds, fileKinds } from './fileKinds.ts'

/** What of an article's attachments its page prints. */
export async function presentAttachments(article: Article, person: SignedInPerson, { attachments }: Services) {
  const found = await attachments.of(article)
  const mayChange = may(person, { verb: 'write article', record: article }) && !setAsideStates.includes(article.state)
  return {
    attachments: found.map(attachment => presentAttachment(attachment, article)),
    ...(mayChange ? { attachmentsHref: attachmentsHref(article) } : {}),
  }
}

/** Everything that views/knowledge/attachments prints. */
export async function presentAttachmentsPage(
  article: Article,
  person: SignedInPerson,
  { attachments, bylines, config }: Services,
  errors: Problems,
) {
  const found = await attachments.of(article)
  const names = await bylines.of(
    found.map(({ addedById }) => addedById),
    person,
  )
  return {
    title: `Attachments of “${article.title}”`,
    articleTitle: article.title,
    articleHref: `/knowledge/${article.slug}`,
    action: attachmentsHref(article),
    hint: `${allowedKinds}, up to ${config.ATTACHMENT_MAX_MB} MB. Of pictures, where and when they were taken, and everything else that the file says of them, is taken out`,
    isFull: found.length >= mostOfAnArticle,
    most: mostOfAnArticle,
    rows: found.map(attachment => ({
      ...presentAttachment(attachment, article),
      added: `added ${longDate(attachment.addedAt)} by ${names.get(attachment.addedById)?.name ?? 'an import'}`,
      removeAction: `${attachmentsHref(article)}/${attachment._id}/delete`,
    })),
    errors,
  }
}

function presentAttachment(attachment: Attachment, article: Article) {
  const { _id, name, kind, sizeBytes, state, thumbnail } = attachment
  const href = `${attachmentsHref(article)}/${_id}`
  return {
    name,
    about: `${fileKinds[kind].text}, ${sizeText(sizeBytes)}`,
    note: noteOf(attachment),
    ...(state === 'offered' ? { href } : {}),
    ...(state === 'offered' && thumbnail !== undefined
      ? { thumbnail: { href: `${href}/thumbnail`, width: thumbnail.width, height: thumbnail.height } }
      : {}),
  }
}

function noteOf({ state, refusal, text }: Attachment): string | undefined {
  if (state === 'checking') return 'being checked for viruses; it can be opened when that is done'
  if (state === 'refused') return `refused: the virus scanner found ${refusal}`
  if (text.state === 'unreadable') return `its text could not be read: ${text.note}`
  return text.note
}
