import type { JSX } from 'preact';
import { Layout } from './layout.js';

interface SignInProps {
  /** Whether there is a token at all. */
  isKnown: boolean;
  isIn: boolean;
  /** The path that it leads to. */
  to: string;
  /** Why it did not work, as a sentence; `null`: it was not tried. */
  problem: string | null;
}

/** Asks for the token. */
export function SignIn({ isKnown, isIn, to, problem }: SignInProps): JSX.Element {
  return (
    <Layout title="Sign in" place={null}>
      <main>
        <h1>Sign in</h1>
        {problem !== null && (
          <p class="warning" role="alert">
            {problem}
          </p>
        )}
        {isIn && <p>You are signed in.</p>}
        {isKnown ? (
          <form method="post" action="/sign-in" class="controls">
            <input type="hidden" name="to" value={to} />
            {/* What a password manager files the token under. */}
            <input type="text" name="username" value="dashboard" autocomplete="username" readonly hidden />
            <label>
              Token
              <input type="password" name="token" autocomplete="current-password" required autoFocus />
            </label>
            <button type="submit">Sign in</button>
          </form>
        ) : (
          <p>
            This dashboard was started without a token (--token-env, --token-file): there is nothing to sign in for.
          </p>
        )}
      </main>
    </Layout>
  );
}
