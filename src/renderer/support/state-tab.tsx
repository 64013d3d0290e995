import { ComputerSection } from './computer-section';
import { RegistryStates } from './registry-states';

/** The state at a glance: of each registry's session, then of this computer. */
export function StateTab() {
  return (
    <>
      <RegistryStates />
      <ComputerSection />
    </>
  );
}
