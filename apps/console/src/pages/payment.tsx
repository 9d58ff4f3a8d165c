import { Alert, Card, Grid, Group, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCopy } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import {
  type CardTransaction,
  type Payment as OnePayment,
  paymentDetailsQuery,
  paymentQuery,
  totalOf,
} from '../api/payments.js';
import { useMay } from '../api/session.js';
import { CopyField } from '../parts/copy-field.js';
import { Facts } from '../parts/facts.js';
import { PageLink } from '../parts/links.js';
import { Page } from '../parts/page.js';
import { usePathParameter } from '../parts/path-parameter.js';
import { Failed, Loading } from '../parts/states.js';
import { useWords } from '../parts/words.js';
import { brandOf } from '../payments/brands.js';
import { PaymentActions } from '../payments/payment-actions.js';
import { reasonWords } from '../payments/reasons.js';
import { StatusBadge, statusWords } from '../payments/status-badge.js';
import { Timeline } from '../payments/timeline.js';
import { WebhooksSent } from '../payments/webhooks-sent.js';

export function Payment() {
  const { data, error, isPending, refetch } = useQuery(paymentQuery(usePathParameter('id')));
  return (
    <Page
      title={data?.kind === 'refund' ? 'Refund' : 'Payment'}
      back={<PageLink to="/payments">← Payments</PageLink>}
      actions={data && <PaymentActions key={data.id} payment={data} />}
      text={data && <Headline payment={data} />}
    >
      {isPending && <Loading />}
      {error && <Failed error={error} retry={() => void refetch()} />}
      {data && <Known payment={data} />}
    </Page>
  );
}

function Headline({ payment }: { readonly payment: OnePayment }) {
  const { money } = useWords();
  const { currency, status, reason, tipAmount } = payment;
  return (
    <Group gap="sm" component="span">
      <Text component="span" fz={28} fw={700} c="var(--mantine-color-text)">
        {money(totalOf(payment), currency)}
      </Text>
      <StatusBadge status={status} />
      {reason !== null && <Text component="span">{reasonWords(reason)}</Text>}
      {tipAmount > 0 && <Text component="span">tip {money(tipAmount, currency)}</Text>}
    </Group>
  );
}

function Known({ payment }: { readonly payment: OnePayment }) {
  return (
    <>
      {payment.status === 'unknown' && (
        <Alert
          color="red"
          icon={<IconAlertTriangle aria-hidden />}
          mb="md"
          title="Nobody knows yet whether it was paid"
        >
          It settles by itself once the terminal is back. Settle it by hand only if you know the outcome.
        </Alert>
      )}
      <Contradiction payment={payment} />
      {payment.suspectedDuplicate && (
        <Alert color="orange" icon={<IconCopy aria-hidden />} mb="md" title="Perhaps paid twice">
          The same terminal charged the same card with the same amount within five minutes.
        </Alert>
      )}
      <Story payment={payment} />
    </>
  );
}

function Story({ payment }: { readonly payment: OnePayment }) {
  const seesWebhooks = useMay({ settings: 'read' });
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, md: 5 }}>
        <Card withBorder padding="lg">
          <Title order={2} size="h4" mb="md">
            What happened
          </Title>
          <Timeline payment={payment} />
        </Card>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 7 }}>
        <Stack gap="lg">
          <Card withBorder padding="lg">
            <Title order={2} size="h4" mb="md">
              Details
            </Title>
            <Details payment={payment} />
          </Card>
          {payment.cardTransaction && (
            <Card withBorder padding="lg">
              <Title order={2} size="h4" mb="md">
                Card transaction
              </Title>
              <CardFacts card={payment.cardTransaction} />
            </Card>
          )}
        </Stack>
      </Grid.Col>
      {seesWebhooks && (
        <Grid.Col span={12}>
          <WebhooksSent paymentId={payment.id} />
        </Grid.Col>
      )}
    </Grid>
  );
}

/** A final status is never changed, so what the terminal says against it is said beside it. */
function Contradiction({ payment }: { readonly payment: OnePayment }) {
  const { money } = useWords();
  const { data } = useQuery(paymentDetailsQuery(payment.id));
  if (!data?.contradiction) return null;
  const { outcome, amount } = data.contradiction;
  return (
    <Alert color="red" icon={<IconAlertTriangle aria-hidden />} mb="md" title="The terminal reported something else">
      It says: {statusWords(outcome).toLowerCase()}, {money(amount, payment.currency)}. Ask your acquirer what the card
      was charged, and settle the difference there.
    </Alert>
  );
}

function Details({ payment }: { readonly payment: OnePayment }) {
  const { time, money } = useWords();
  const { data: details } = useQuery(paymentDetailsQuery(payment.id));
  const { id, deviceCode, invoiceNumber, customerCode, description, createdAt, currency, amount, tipAmount } = payment;
  return (
    <Stack gap="md">
      <CopyField value={id} label="payment id" />
      <Facts
        facts={[
          ['Requested', time(createdAt)],
          [
            'Terminal',
            <PageLink key="device" to="/devices/$code" params={{ code: deviceCode }} size="sm">
              {deviceCode}
            </PageLink>,
          ],
          ['Amount', money(amount, currency)],
          ['Refunded', details?.givenBack ? money(details.givenBack, currency) : null],
          ['Tip', tipAmount > 0 ? money(tipAmount, currency) : null],
          ['Description', description],
          ['Invoice number', invoiceNumber],
          ['Customer code', customerCode],
          ['Refund of transaction', payment.originalTransactionId],
          ['Settled manually', details?.resolution ? `${details.resolution.by}: ${details.resolution.reason}` : null],
        ]}
      />
    </Stack>
  );
}

const entries: Readonly<Record<string, string>> = { tap: 'Tapped', insert: 'Inserted', swipe: 'Swiped' };

/** Of one that was settled by hand little is known. */
function CardFacts({ card }: { readonly card: CardTransaction }) {
  const { cardType, cardNumber, cardHolderName, approvalCode, entryMode, declineReason } = card;
  const number =
    cardNumber === '' ? null : `${brandOf(cardType)} ${cardNumber.slice(0, 6)}······${cardNumber.slice(-4)}`;
  return (
    <Facts
      facts={[
        ['Transaction', card.transactionId],
        ['Card', number],
        ['Cardholder', cardHolderName || null],
        ['Entry', entryMode === null ? null : (entries[entryMode] ?? entryMode)],
        ['Approval code', approvalCode || null],
        ['Declined', declineReason === null ? null : reasonWords(declineReason)],
      ]}
    />
  );
}
