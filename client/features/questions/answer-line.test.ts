// One line always says how an answer stands, and never calls something sent that is not.
import assert from 'node:assert/strict'
import { type AnswerStand, answerWords, homeWords, type ItemStand } from '#client/features/questions/answer-line.ts'

describe('the line under a question', () => {
  const said = (item: ItemStand, answer: AnswerStand) => answerWords(item, answer).words

  it('says where the answer is while the question is open', () => {
    assert.equal(said('open', { is: 'none' }), 'Not answered')
    assert.equal(said('open', { is: 'draft' }), 'Not sent yet')
    assert.equal(said('open', { is: 'sending' }), 'Sending')
    assert.equal(said('open', { is: 'kept' }), 'Saved on this device, sending')
    assert.equal(said('open', { is: 'sent' }), 'Sent')
  })

  it('calls nothing in that is still on its way when the question is locked', () => {
    assert.equal(said('locked', { is: 'kept' }), 'Saved on this device, sending')
    assert.equal(said('locked', { is: 'sent' }), 'Locked. Your answer is in.')
    assert.equal(said('locked', { is: 'none' }), 'Locked. You did not answer.')
    assert.equal(said('locked', { is: 'draft' }), 'Locked. You did not answer.')
  })

  it('calls an answer at home saved, and handed in only once it is', () => {
    const home = (item: Parameters<typeof homeWords>[0], is: 'none' | 'draft' | 'sending' | 'sent' | 'kept') =>
      homeWords(item, { is }).words
    assert.deepEqual(
      (['none', 'draft', 'sending', 'sent'] as const).map(is => home('open', is)),
      ['Not answered', 'Not saved yet', 'Saving', 'Saved'],
    )
    assert.equal(home('handed-in', 'sent'), 'Handed in')
    assert.equal(home('handed-in', 'none'), 'You did not answer')
    assert.equal(home('handed-in', 'kept'), 'Saved on this device, sending')
    assert.equal(home('locked', 'sent'), 'Locked. Your answer is in.')
  })

  it('gives the result only once it is revealed, and a refusal before all', () => {
    assert.equal(answerWords('revealed', { is: 'sent' }, 'right').words, 'Correct')
    assert.equal(answerWords('revealed', { is: 'none' }, 'unanswered').words, 'You did not answer')
    // What the server does not have is no right answer and no wrong one.
    assert.equal(answerWords('revealed', { is: 'kept' }, 'wrong').words, 'Saved on this device, sending')
    assert.equal(answerWords('revealed', { is: 'sending' }, 'right').words, 'Sending')
    const late = { is: 'refused', reason: '', late: true, kept: true } as const
    assert.equal(said('locked', late), 'Your change came after the close. The answer before it counts.')
  })
})
