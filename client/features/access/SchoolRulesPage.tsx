// What a school decides once for everybody: who makes courses, and who needs a second step. Each choice acts at once. The
// first is a rule of the whole school about every member, said here in plain words; the place itself shows it as well.
import { Lock, ShieldCheck } from 'lucide-preact'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { FactorPolicyField } from '#client/features/factors/FactorPolicyField.tsx'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Section } from '#client/ui/Card.tsx'
import { RadioGroup } from '#client/ui/Choice.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { attempt, changeRule, listRules, sitePlace } from './store.ts'

/** /school-rules */
export function SchoolRulesPage(_: PageProps<'schoolRules'>) {
  return (
    <div class="stack-loose">
      <PageHeader
        title={t('access.schoolRules')}
        parent={{ label: t('today.title'), href: pathTo('today') }}
        lead={t('access.schoolRulesLead')}
      />
      <CourseMakers />
      <Section title={t('factors.title')}>
        <FactorPolicyField />
      </Section>
      <Section title={t('access.schoolRulesMore')}>
        <div class="card" data-flush>
          <List label={t('access.schoolRulesMore')}>
            <Row
              start={<Icon as={ShieldCheck} size={20} />}
              title={t('access.title')}
              detail={t('access.lead')}
              href={pathTo('roles')}
            />
            <Row
              start={<Icon as={Lock} size={20} />}
              title={t('privacy.retention')}
              detail={t('today.privacyDetail')}
              href={pathTo('privacy')}
            />
          </List>
        </div>
      </Section>
    </div>
  )
}

type Makers = 'everybody' | 'some'

const ofMembers = { ...sitePlace, role: 'member' }

/** Who may make courses: every member, or those alone whose role says so. */
function CourseMakers() {
  const { value, problem, reload } = useLoad('who makes courses', () => listRules(ofMembers))
  const ruling = value?.items.find(one => one.capability === 'course.create')
  if (!ruling)
    return (
      <Section title={t('courses.title')}>
        {problem ? (
          <ErrorState title={t('access.rulesFailed')} detail={problemWords(problem)} onRetry={reload} />
        ) : (
          <Skeleton form="rows" count={2} />
        )}
      </Section>
    )
  const now: Makers = ruling.allowed ? 'everybody' : 'some'
  const set = (makers: Makers) =>
    attempt(() =>
      changeRule({
        ...ofMembers,
        capability: 'course.create',
        permission: makers === 'everybody' ? 'inherit' : 'prevent',
      }),
    ).finally(reload)
  const choose = async (makers: Makers) => {
    if (makers === now || !(await set(makers))) return
    showToast({
      text: t(makers === 'everybody' ? 'access.makersNowAll' : 'access.makersNowSome'),
      onUndo: () => void set(now),
    })
  }
  return (
    <Section title={t('courses.title')}>
      <RadioGroup<Makers>
        label={t('access.makers')}
        name="makers"
        hint={t('access.makersHint')}
        value={now}
        onValue={makers => void choose(makers)}
        options={[
          { value: 'everybody', label: t('access.makersAll') },
          { value: 'some', label: t('access.makersSome') },
        ]}
      />
    </Section>
  )
}
