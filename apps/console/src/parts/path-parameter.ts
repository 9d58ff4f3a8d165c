import { useParams } from '@tanstack/react-router';

/** A part of the address, by its name in the route. */
export function usePathParameter(name: 'code' | 'id'): string {
  const parameters: Readonly<Record<string, string | undefined>> = useParams({ strict: false });
  return parameters[name] ?? '';
}
