// Who must have a second step at sign-in, for administrators. Acts at once.
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { RadioGroup } from '#client/ui/Choice.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { type FactorPolicy, factorRoutes } from '#protocol/factors.ts'

export function FactorPolicyField() {
  const { value, problem, reload } = useLoad('factor policy', () => request(factorRoutes.get, {}))
  const choose = async (policy: FactorPolicy) => {
    try {
      await request(factorRoutes.changePolicy, { policy })
      showToast({ text: t('factors.policySaved') })
    } catch (error) {
      showToast({ text: problemWords(error), tone: 'bad' })
    } finally {
      reload()
    }
  }
  if (!value)
    return problem ? (
      <ErrorState title={t('factors.failed')} detail={problemWords(problem)} onRetry={reload} />
    ) : (
      <Skeleton form="rows" count={2} />
    )
  // Told to administrators alone.
  if (value.policy === null) return null
  return (
    <RadioGroup<FactorPolicy>
      label={t('factors.policy')}
      name="factor-policy"
      hint={t('factors.policyHint')}
      value={value.policy}
      onValue={policy => void choose(policy)}
      options={[
        { value: 'nobody', label: t('factors.policyNobody') },
        { value: 'staff', label: t('factors.policyStaff') },
      ]}
    />
  )
}
