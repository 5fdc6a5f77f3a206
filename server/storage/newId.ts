import mongoose from 'mongoose'

/** A new record's id: text, ascending with time. Ids are text everywhere, so that tokens, addresses and search documents hold the same. */
export const newId = (): string => new mongoose.Types.ObjectId().toHexString()
