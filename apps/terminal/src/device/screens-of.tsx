import type { Terminal, TerminalState } from '#terminal-sdk';
import { Ended, Outcome, Processing } from '../screens/ends.js';
import { Code, Offline, Ready, Registering, Standalone } from '../screens/home.js';
import { LogIn } from '../screens/log-in.js';
import { LoggedOut, Locked, OutOfOrder, Retired, Starting, UpdateRequired } from '../screens/notices.js';
import { Payment } from '../screens/payment.js';
import { SetUp } from '../screens/set-up.js';

interface TerminalScreenProps {
  readonly terminal: Terminal;
  readonly state: TerminalState;
  readonly setUpCode: string;
  readonly onLogOut: () => void;
  readonly onPowerCycle: () => void;
}

/** What the terminal says to be on its screen. */
export function TerminalScreen({ terminal, state, setUpCode, onLogOut, onPowerCycle }: TerminalScreenProps) {
  switch (state.screen) {
    case 'starting':
      return <Starting />;
    case 'setup':
      return <SetUp terminal={terminal} missing={state.missingSteps} setUpCode={setUpCode} />;
    case 'log_in':
      return <LogIn terminal={terminal} />;
    case 'standalone':
      return <Standalone onLogOut={onLogOut} />;
    case 'registering':
      return <Registering />;
    case 'code':
      return <Code terminal={terminal} state={state} />;
    case 'ready':
      return <Ready state={state} />;
    case 'offline':
      return <Offline state={state} />;
    case 'logged_out':
      return <LoggedOut terminal={terminal} />;
    case 'locked':
      return <Locked />;
    case 'retired':
      return <Retired />;
    case 'update_required':
      return <UpdateRequired />;
    case 'out_of_order':
      return <OutOfOrder onPowerCycle={onPowerCycle} />;
    case 'payment':
    case 'processing':
    case 'approved':
    case 'declined':
    case 'failed':
    case 'cancelled':
    case 'timed_out':
      return <MoneyScreen terminal={terminal} state={state} />;
  }
}

function MoneyScreen({ terminal, state }: Pick<TerminalScreenProps, 'terminal' | 'state'>) {
  const { screen, payment, outcome, ended } = state;
  const held = terminal.payments.find(({ paymentId }) => paymentId === (payment ?? outcome ?? ended)?.paymentId);
  if (screen === 'processing') return <Processing held={payment && held} />;
  if (payment) {
    const chosenTip = state.attempts > 0 && held ? held.tip : null;
    return <Payment key={payment.paymentId} {...{ terminal, state, request: payment, chosenTip }} />;
  }
  const kind = held?.request?.kind ?? 'purchase';
  if (outcome) return <Outcome outcome={outcome} kind={kind} isInserted={held?.entryMode === 'insert'} />;
  return ended ? <Ended ended={ended} kind={kind} /> : <Starting />;
}
