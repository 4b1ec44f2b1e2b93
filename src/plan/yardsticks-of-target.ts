import { loadContract } from '../contract/file/load.ts'
import type { Target } from '../target/target-and-keys.ts'
import type { Yardsticks } from './plan.ts'

/** The contracts in their roles. OpenAI as a provider is judged by itself once, not twice. */
export function yardsticksOf(target: Target): Yardsticks {
  const own = target.contract === undefined ? undefined : loadContract(target.contract)
  return {
    ...(own === undefined || !target.yardsticks.includes('own') ? {} : { own }),
    openai: loadContract('openai'),
    'open-responses': loadContract('open-responses'),
  }
}
