/** Who made a change: a user, an API access, or the operator's own tool. */
export interface DoneBy {
  readonly kind: 'user' | 'api_access' | 'system';
  readonly id: string;
  readonly name: string;
}
