/** Users together with their last sign-in, whichever of the two is read first. */
import type { Handlers, Records } from "../records";
import { CompactMap } from "./compact-map";

const minute = 60_000;

/** A user that could sign in. */
export interface Account {
  readonly id: string;
  readonly userPrincipalName: string;
  readonly displayName: string | null;
  readonly userType: string | null;
  readonly externalUserState: string | null;
  /** Milliseconds; undefined where Graph does not say. */
  readonly created: number | undefined;
}

/** @param lastSeen Milliseconds; undefined: no sign-in is known */
type Listener = (account: Account, lastSeen: number | undefined) => void;

/**
 * Holds sign-ins that come before their users, to the minute, and users that have no sign-in so far. Disabled users are not
 * told of.
 */
export class Accounts {
  private readonly listeners: Listener[] = [];
  /** Minutes since 1970. */
  private seen = new CompactMap();
  private readonly waiting = new Map<string, Account>();
  private activities = 0;

  readonly on: Handlers = {
    userSignInActivity: (activity) => this.take(activity.userId, lastOf(activity)),
    user: (user) => {
      if (user.accountEnabled !== true || this.listeners.length === 0) return;
      const lastSeen = this.seen.get(user.id);
      if (lastSeen === undefined) this.waiting.set(user.id, accountOf(user));
      else this.tell(accountOf(user), lastSeen * minute);
    },
  };

  listen(listener: Listener): void {
    this.listeners.push(listener);
  }

  /** Whether any user's sign-in is known: where none is, the option to collect them is off. */
  get known(): boolean {
    return this.activities > 0;
  }

  /** All records were read: who still waits never signed in. */
  end(): void {
    for (const account of this.waiting.values()) this.tell(account, undefined);
    this.waiting.clear();
    this.seen = new CompactMap();
  }

  private take(id: string, lastSeen: number | undefined): void {
    this.activities += 1;
    if (lastSeen === undefined) return;
    const account = this.waiting.get(id);
    if (account === undefined) this.seen.set(id, Math.floor(lastSeen / minute));
    else {
      this.waiting.delete(id);
      this.tell(account, lastSeen);
    }
  }

  private tell(account: Account, lastSeen: number | undefined): void {
    for (const listener of this.listeners) listener(account, lastSeen);
  }
}

const accountOf = (user: Records["user"]): Account => ({
  id: user.id,
  userPrincipalName: user.userPrincipalName,
  displayName: user.displayName,
  userType: user.userType,
  externalUserState: user.externalUserState,
  created: instant(user.createdDateTime),
});

/**
 * The last success where Graph tells it (since December 2023): the other moments are those of attempts, so that an account
 * that somebody guesses passwords of would never look asleep. Microsoft page "signInActivity resource type".
 */
function lastOf(activity: Records["userSignInActivity"]): number | undefined {
  const success = instant(activity.lastSuccessfulSignInDateTime);
  if (success !== undefined) return success;
  const attempts = [activity.lastSignInDateTime, activity.lastNonInteractiveSignInDateTime];
  const moments = attempts.flatMap((text) => instant(text) ?? []);
  return moments.length === 0 ? undefined : Math.max(...moments);
}

/** Milliseconds of a date-time. Graph writes year 1 for never. */
export function instant(text: string | null): number | undefined {
  if (text === null) return undefined;
  const value = Date.parse(text);
  return Number.isNaN(value) || value <= 0 ? undefined : value;
}
