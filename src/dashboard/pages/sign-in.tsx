import type { JSX } from 'preact';
import { Layout } from './layout.js';

interface SignInProps {
  /** Whether there is a token at all. */
  isKnown: boolean;
  isWrong: boolean;
  isIn: boolean;
}

/** Asks for the token. */
export function SignIn({ isKnown, isWrong, isIn }: SignInProps): JSX.Element {
  return (
    <Layout title="Sign in" place={null}>
      <main>
        <h1>Sign in</h1>
        {isWrong && (
          <p class="warning" role="alert">
            That is not the token.
          </p>
        )}
        {isIn && <p>You are signed in.</p>}
        {isKnown ? (
          <form method="post" action="/sign-in" class="controls">
            {/* What a password manager files the token under. */}
            <input type="text" name="username" value="dashboard" autocomplete="username" readonly hidden />
            <label>
              Token
              <input type="password" name="token" autocomplete="current-password" required />
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
