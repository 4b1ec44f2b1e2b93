// Encrypts and decrypts content that must come back intact: reasoning and compacted history. The key is no
// secret, since this server guards nothing; encrypted content still belongs to one account.

import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

const KEY = createHash('sha256').update('responses-conformance reference').digest()
const MARK = 'gAAAAAB'

export function encryptContent(content: string, account: string): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', KEY, iv).setAAD(Buffer.from(account))
  const body = Buffer.concat([cipher.update(content, 'utf8'), cipher.final()])
  return MARK + Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')
}

/** The text, or undefined when it was not encrypted here, for this account, or was changed. */
export function decryptContent(sealed: string, account: string): string | undefined {
  if (!sealed.startsWith(MARK)) return undefined
  const bytes = Buffer.from(sealed.slice(MARK.length), 'base64url')
  if (bytes.length < 28 || bytes.toString('base64url') !== sealed.slice(MARK.length)) {
    return undefined
  }
  try {
    const decipher = createDecipheriv('aes-256-gcm', KEY, bytes.subarray(0, 12))
      .setAAD(Buffer.from(account))
      .setAuthTag(bytes.subarray(12, 28))
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
  } catch {
    return undefined
  }
}
