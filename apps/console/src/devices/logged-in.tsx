import { useQuery } from '@tanstack/react-query';
import { usersQuery } from '../api/account.js';
import { type DeviceSession, deviceSessionQuery } from '../api/devices.js';
import { useSession } from '../api/session.js';
import { useWords } from '../parts/words.js';

/** Who is logged in to a terminal, by name where the reader may see the users of the account. */
export function LoggedIn({ code }: { readonly code: string }) {
  const { data: session } = useQuery(deviceSessionQuery(code));
  if (session === undefined) return '…';
  return session === null ? 'Nobody' : <Who session={session} />;
}

function Who({ session: { userId, mode, openedAt } }: { readonly session: DeviceSession }) {
  const { user: me } = useSession();
  const { time } = useWords();
  const { data: users } = useQuery({ ...usersQuery, enabled: me.role !== 'staff' });
  const name = users?.find(({ id }) => id === userId)?.name;
  const since = `since ${time(openedAt)}${mode === 'standalone' ? ', standalone' : ''}`;
  return name === undefined ? `Yes, ${since}` : `${name}, ${since}`;
}
