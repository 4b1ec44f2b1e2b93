// The model's deterministic tokenizer: pieces of words, numbers, signs and space. The tokens joined are the
// text, and none cuts a character in two.

/** UTF-16 units: eight letters may be sixteen, with a space before them. */
export const LONGEST_TOKEN = 17

const PIECE = /[^\S\n]?(?:[\p{L}\p{M}]{1,8}|\p{N}{1,3}|[^\s\p{L}\p{M}\p{N}]{1,3})|\s{1,16}/gu

export function tokenize(text: string): readonly string[] {
  return text.match(PIECE) ?? []
}

/** Blanks that one token of a large vocabulary stands for. */
const BLANKS = / {128}/g

/** For long inputs: about four characters to a token, at least one for any text. */
export function countTokens(text: string): number {
  return Math.ceil(text.replaceAll(BLANKS, 'four').length / 4)
}
