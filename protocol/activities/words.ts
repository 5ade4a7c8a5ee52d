// Words of a cloud: what two spellings have in common, and which words say nothing. Pure; the same on both ends, so that
// a host's act names the word that the server means.
import { foldCase, tidyLine } from '../question-types/typed.ts'

/** The longest word or phrase of a cloud, in characters. */
export const longestWord = 40

/** The word as it is counted: without regard to case, width, outer signs and repeated spaces. */
export const wordMark = (word: string): string =>
  foldCase(tidyLine(word))
    .replace(/^[\p{P}\s]+|[\p{P}\s]+$/gu, '')
    .trim()

/** The words a phrase is made of. */
export const partsOf = (mark: string): readonly string[] => mark.split(/[\p{P}\s]+/u).filter(part => part !== '')

/** Languages that have a list of words that say nothing by themselves. */
export const stopLists = {
  en: 'a an and are as at be but by for from had has have he her his i if in is it its me my not of on or our she so that the their them they this to was we were what will with you your',
  de: 'aber als am an auch auf aus bei bin bis das dass dem den der des die du ein eine einem einen einer er es für hat ich ihr im in ist ja mit nicht oder sie sind so um und uns von war was wie wir zu zum zur',
  fr: 'à au aux avec ce ces dans de des du elle en et est il ils je la le les leur lui ma mais me mes mon ne nous on ou par pas pour qu que qui sa se ses son sur ta te tes tu un une vous',
  es: 'a al como con de del el ella en es esta este la las lo los me mi no nos o para pero por que se si sin su sus te tu un una y yo',
  ar: 'في من على إلى عن أن إن ما لا هذا هذه ذلك التي الذي هو هي و أو ثم قد كان',
} as const
export type StopList = keyof typeof stopLists

const sets = new Map<StopList, ReadonlySet<string>>()

/** Whether a folded word is on the list of a language; null is no list. */
export function isStopWord(list: StopList | null, mark: string): boolean {
  if (list === null) return false
  let set = sets.get(list)
  if (!set) {
    set = new Set(stopLists[list].split(' ').map(foldCase))
    sets.set(list, set)
  }
  return set.has(mark)
}
