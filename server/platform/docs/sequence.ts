// Which numbers of a document's updates a node has: everything up to `head`, and single ones beyond a gap. Pure.

export class Sequence {
  #head: number
  readonly #beyond = new Set<number>()

  constructor(head: number) {
    this.#head = head
  }

  /** The last number without a gap before it. */
  get head(): number {
    return this.#head
  }

  /** True while something between is missing. */
  get gapped(): boolean {
    return this.#beyond.size > 0
  }

  has(seq: number): boolean {
    return seq <= this.#head || this.#beyond.has(seq)
  }

  /** Notes one number. False when it was known. */
  add(seq: number): boolean {
    if (this.has(seq)) return false
    this.#beyond.add(seq)
    this.#close()
    return true
  }

  /** Notes that everything up to `seq` is here. */
  upTo(seq: number): void {
    if (seq <= this.#head) return
    this.#head = seq
    for (const one of this.#beyond) if (one <= seq) this.#beyond.delete(one)
    this.#close()
  }

  #close(): void {
    while (this.#beyond.delete(this.#head + 1)) this.#head++
  }
}
