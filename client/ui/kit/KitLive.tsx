// The live parts of the kit page: answers, histogram, ring, join code, pane.

import { Hand, MessageSquare } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { Bars } from '#client/ui/Bars.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Card, Section } from '#client/ui/Card.tsx'
import { ChoiceButton, ChoiceList, type ChoiceState } from '#client/ui/ChoiceButton.tsx'
import { Cloud } from '#client/ui/Cloud.tsx'
import { CodeDisplay } from '#client/ui/CodeDisplay.tsx'
import { CopyButton } from '#client/ui/CopyButton.tsx'
import { Histogram } from '#client/ui/Histogram.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import { Pane } from '#client/ui/Pane.tsx'
import { Progress } from '#client/ui/Progress.tsx'
import { QrCode } from '#client/ui/QrCode.tsx'
import { Ring } from '#client/ui/Ring.tsx'
import { answerLetters } from '#protocol/question-types/choice.ts'

const words = [
  'Into the cell',
  'Out of the cell',
  'Both ways, more into it',
  'Neither',
  'It depends on the pressure outside',
  'None of these',
  'Only at night',
  'All of these',
]
const states: readonly { readonly state: ChoiceState; readonly mine?: boolean }[] = [
  { state: 'idle' },
  { state: 'picked' },
  { state: 'pending' },
  { state: 'locked' },
  { state: 'right' },
  { state: 'wrong', mine: true },
]

/** What a class shows. */
export function KitLive() {
  const [picked, setPicked] = useState<number>()
  const [pane, setPane] = useState(false)
  const [hand, setHand] = useState(false)
  return (
    <>
      <Section
        title="Class"
        actions={
          <>
            <IconButton icon={Hand} label="Raise your hand" pressed={hand} onClick={() => setHand(!hand)} />
            <Button icon={MessageSquare} onClick={() => setPane(!pane)}>
              Chat
            </Button>
          </>
        }
      >
        <Card>
          <div class="kit-join">
            <div class="kit-qr">
              <QrCode value="http://192.168.1.20:8080/join/K7M2QX" />
            </div>
            <div class="stack-tight">
              <span class="muted">Join at 192.168.1.20:8080 with</span>
              <CodeDisplay code="K7M2QX" />
              <div class="cluster">
                <CopyButton text="http://192.168.1.20:8080/join/K7M2QX" label="Copy link" kind="plain" />
              </div>
            </div>
            <div class="cluster">
              <Ring left={42} total={60} />
              <Ring left={4} total={60} />
              <Ring left={20} total={60} paused size="small" />
            </div>
          </div>
        </Card>
        <Progress label="Answered" value={18} max={24} words="18 of 24" />
      </Section>
      <Section title="Where does the water go?">
        <ChoiceList label="Where does the water go?">
          {answerLetters.slice(0, 4).map((letter, index) => (
            <ChoiceButton
              key={letter}
              letter={letter}
              state={picked === index ? 'picked' : 'idle'}
              onPick={() => setPicked(index)}
            >
              {words[index]}
            </ChoiceButton>
          ))}
        </ChoiceList>
      </Section>
      <Section title="Answer states">
        <ChoiceList label="Answer states">
          {answerLetters.map((letter, index) => (
            <ChoiceButton
              key={letter}
              letter={letter}
              several={index < 2}
              state={states[index]?.state ?? 'idle'}
              mine={states[index]?.mine}
            >
              {words[index]}
            </ChoiceButton>
          ))}
        </ChoiceList>
      </Section>
      <Section title="Result">
        <Card>
          <Bars
            title="A was chosen most often"
            summary="24 of 30 answered"
            bars={answerLetters.map((letter, index) => ({
              key: letter,
              letter,
              label: words[index] ?? '',
              count: [13, 5, 4, 1, 0, 1, 0, 0][index] ?? 0,
              right: index === 0,
              mine: index === 2,
            }))}
          />
        </Card>
        <Card>
          <Histogram
            title="19 of 30 were right"
            summary="30 answers"
            values={[48, 55, 58, 60, 62, 64, 65, 68, 70, 72, 75, 90, 400].map((at, index) => ({
              at,
              label: String(at),
              count: [1, 2, 1, 3, 2, 4, 3, 4, 3, 2, 3, 1, 1][index] ?? 0,
            }))}
            unit="beats"
            right={{ from: 60, to: 70, words: '60 to 70 beats' }}
            mine={72}
          />
        </Card>
        <Card>
          <Cloud
            title="“light” came most often"
            summary={left => `61 words from 24 people, ${left} left`}
            words={['light', 'leaves', 'sun', 'chlorophyll', 'carbon dioxide', 'ضوء', 'ATP', 'water', 'Luft'].map(
              (text, index) => ({ text, count: 14 - index }),
            )}
            heads={{ word: 'Word', times: 'Times' }}
          />
        </Card>
      </Section>
      <Pane open={pane} onClose={() => setPane(false)} title="Chat">
        <p class="muted">Nobody has written yet. What you write here stays with the class.</p>
      </Pane>
    </>
  )
}
