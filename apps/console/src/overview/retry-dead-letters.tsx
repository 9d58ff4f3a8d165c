import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type DeadLetter, deadLettersQuery, retryDeadLetters } from '../api/dead-letters.js';

/** Has all of them tried once more; those that fail again stay where they are. */
export function RetryDeadLetters({ letters }: { readonly letters: readonly DeadLetter[] }) {
  const client = useQueryClient();
  const retry = useMutation({
    mutationFn: retryDeadLetters,
    onSuccess: () => client.invalidateQueries({ queryKey: deadLettersQuery.queryKey }),
    onError: ({ message }) => notifications.show({ message, color: 'red' }),
  });
  return (
    <Button
      size="xs"
      variant="light"
      style={{ flexShrink: 0 }}
      loading={retry.isPending || letters.some(({ retrying }) => retrying)}
      onClick={() => {
        retry.mutate();
      }}
    >
      Try again
    </Button>
  );
}
