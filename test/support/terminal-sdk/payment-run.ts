import { deviceFrame, limits } from '#terminal-protocol';
import {
  type Action,
  type HeldPayment,
  type Input,
  isOpen,
  isUnsettled,
  type JournalRecord,
  type Payments,
  restore,
  step,
} from '#terminal-sdk';
import { idOf, noon } from './payments.js';

type Send = Extract<Action, { do: 'send' }>['frame'];

const mayFollow: Readonly<Record<string, readonly string[]>> = {
  nothing: ['received', 'expired'],
  received: ['begun', 'cancelled', 'expired', 'stopped', 'settled'],
  begun: ['begun', 'started', 'cancelled', 'expired', 'stopped', 'settled'],
  started: ['result'],
  result: ['settled'],
  cancelled: ['settled'],
  expired: ['settled'],
  stopped: ['settled'],
  settled: [],
};

/** Runs the rules as a terminal does, over crashes, and throws at the first action that breaks a guarantee. */
export class PaymentRun {
  now = noon;
  payments: Payments = new Map();
  /** What is flushed, and so survives a crash. */
  journal: JournalRecord[] = [];
  /** Payments whose key the acquirer was asked for and has not answered in this run. */
  readonly asked: HeldPayment[] = [];
  /** How often the acquirer was asked what became of a key. */
  resolved = 0;
  /** Since when an attempt waits for its go-ahead in this run, on this link. */
  private waitsSince: number | null = null;
  private input: Input | null = null;
  private readonly authorised = new Map<string, string>();
  private readonly notStarted = new Map<string, number>();

  /** `survives`: how many of the actions are done before the power goes; all, and no crash, when it is left out. */
  take(input: Input, survives?: number): void {
    this.input = input;
    if (input.type === 'link_lost') this.waitsSince = null;
    const { payments, actions } = step(this.payments, input, this.now);
    this.payments = payments;
    for (const action of actions.slice(0, survives)) this.perform(action);
    if (survives !== undefined) this.restart();
    else this.checkState();
    if (input.type === 'connected') this.checkTold(actions);
  }

  get open(): HeldPayment | undefined {
    return [...this.payments.values()].find(isOpen);
  }

  private restart(): void {
    this.asked.length = 0;
    this.waitsSince = null;
    this.payments = restore(this.journal);
    this.take({ type: 'boot' });
  }

  private perform(action: Action): void {
    switch (action.do) {
      case 'journal':
        this.write(action.record);
        break;
      case 'send':
        this.say(action.frame);
        break;
      case 'authorise':
        this.authorise(action.payment);
        break;
      case 'resolve':
        this.resolved += 1;
        this.ask(action.payment);
        break;
    }
  }

  private write(record: JournalRecord): void {
    const before = this.written(record.paymentId);
    const last = before.at(-1)?.stage ?? 'nothing';
    if (!mayFollow[last]?.includes(record.stage)) throw new Error(`${record.stage} was written after ${last}`);
    if (record.stage === 'begun') this.checkAttempt(record);
    if (record.stage === 'started') this.checkStart(record.paymentId);
    this.journal.push(record);
  }

  private checkAttempt({ paymentId, attempt }: Extract<JournalRecord, { stage: 'begun' }>): void {
    if (attempt !== this.attempts(paymentId) + 1) throw new Error(`attempt ${attempt} is not the next one`);
    const request = this.payments.get(paymentId)?.request;
    if (!request || this.now >= Date.parse(request.payBefore))
      throw new Error('a card was taken after the time to pay');
    this.waitsSince = this.now;
  }

  /** Only the go-ahead for the attempt that waits starts it, and only in time. */
  private checkStart(paymentId: string): void {
    if (this.input?.type !== 'proceed') throw new Error('a payment was started without a go-ahead');
    const { frame } = this.input;
    const attempt = this.attempts(paymentId);
    if (frame.paymentId !== paymentId || frame.attempt !== attempt)
      throw new Error('a payment was started by the go-ahead for another attempt');
    if (this.waitsSince === null || this.now >= this.waitsSince + limits.proceedWithinMs)
      throw new Error('a payment was started when nothing waited for the go-ahead');
    if (this.now >= Date.parse(frame.startBefore)) throw new Error('a payment was started too late');
    if (attempt <= (this.notStarted.get(paymentId) ?? -1)) throw new Error('an attempt was started after its report');
  }

  private authorise(payment: HeldPayment): void {
    const { paymentId, key, chargedAmount } = payment;
    if (this.authorised.has(paymentId)) throw new Error('the acquirer was asked twice to authorise');
    const last = this.written(paymentId).at(-1);
    if (last?.stage !== 'started' || last.key !== key || last.amount !== chargedAmount)
      throw new Error('authorised without a record of it');
    this.authorised.set(paymentId, key);
    this.ask(payment);
  }

  private ask(payment: HeldPayment): void {
    const { paymentId, key } = payment;
    if (key === null) throw new Error('the acquirer was asked without a key');
    if (!this.written(paymentId).some((record) => record.stage === 'started' && record.key === key))
      throw new Error('the acquirer was asked for a key that is not written down');
    if (this.asked.some((other) => other.paymentId === paymentId)) throw new Error('the acquirer is being asked twice');
    this.asked.push(payment);
  }

  /** Nothing is said that the journal does not hold, and nothing that could be taken for the opposite of what happened. */
  private say(frame: Send): void {
    const parsed = deviceFrame.safeParse({ ...frame, id: idOf(999) });
    if (!parsed.success) throw new Error(`not a frame: ${JSON.stringify(frame)}`);
    if (!('paymentId' in frame)) throw new Error(`${frame.type} is not about a payment`);
    if (frame.type === 'payment.refused' && frame.reason === 'busy') return;
    const last = this.written(frame.paymentId).at(-1);
    const rightly = {
      'payment.received': ['received'],
      'payment.shown': ['received'],
      'payment.begin': ['begun'],
      'payment.not_started': ['begun'],
      'payment.refused': ['expired', 'stopped'],
      'payment.cancelled': ['cancelled'],
      'payment.result': ['result', 'settled'],
    }[frame.type];
    if (!rightly.includes(last?.stage ?? 'nothing')) throw new Error(`${frame.type} was said at ${last?.stage ?? ''}`);
    if (frame.type === 'payment.begin') this.checkBegin(frame);
    if (frame.type === 'payment.not_started') this.notStarted.set(frame.paymentId, frame.attempt);
  }

  private checkBegin({ paymentId, attempt, tip }: Extract<Send, { type: 'payment.begin' }>): void {
    const last = this.written(paymentId).at(-1);
    if (last?.stage !== 'begun' || last.attempt !== attempt || last.tip !== tip)
      throw new Error('begin names an attempt that is not written down');
    if (attempt <= (this.notStarted.get(paymentId) ?? -1))
      throw new Error('an attempt begins again that did not start');
  }

  /** After each step: one open payment at most, and a journal that says all that is known beyond this run. */
  private checkState(): void {
    const lasting = (payments: Payments) =>
      [...payments.values()].map((held) => ({ ...held, onScreen: false, waitingUntil: null }));
    if (JSON.stringify(lasting(this.payments)) !== JSON.stringify(lasting(restore(this.journal))))
      throw new Error('the journal says something else than the state');
    const open = [...this.payments.values()].filter(isOpen);
    if (open.length > 1) throw new Error('two payments are open');
    for (const held of open)
      if (held.stage === 'started' && !this.asked.some(({ paymentId }) => paymentId === held.paymentId))
        throw new Error('nobody asks the acquirer what became of a started payment');
  }

  /** At each connect every result is told that was not settled. */
  private checkTold(actions: readonly Action[]): void {
    const told = actions.flatMap((action) =>
      action.do === 'send' && action.frame.type === 'payment.result' ? [action.frame.paymentId] : [],
    );
    for (const { paymentId, stage } of restore(this.journal).values())
      if (stage === 'result' && !told.includes(paymentId)) throw new Error('a result was not told at the connect');
    if ([...this.payments.values()].some((held) => held.stage === 'result' && !isUnsettled(held)))
      throw new Error('a result was forgotten');
  }

  private written(paymentId: string): JournalRecord[] {
    return this.journal.filter((record) => record.paymentId === paymentId);
  }

  private attempts(paymentId: string): number {
    return this.written(paymentId).filter(({ stage }) => stage === 'begun').length;
  }
}
