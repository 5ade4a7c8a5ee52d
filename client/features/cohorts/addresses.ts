// Addresses out of what somebody pasted: lines, a column of a table, or names with addresses beside them.

/** Every address, in small letters and once; what stands alone and is none is told as `wrong`. */
export function readAddresses(pasted: string): { readonly emails: readonly string[]; readonly wrong?: string } {
  const emails = new Set<string>()
  for (const line of pasted.split(/\r?\n/)) {
    const found = line.match(/[^\s<>,;"'()]+@[^\s<>,;"'()]+/g)
    for (const one of found ?? []) emails.add(one.toLowerCase())
    const words = line.trim()
    // The head of a column is no address, and no mistake.
    if (!found && words !== '' && !/^"?e-?mail/i.test(words)) return { emails: [...emails], wrong: words }
  }
  return { emails: [...emails] }
}
