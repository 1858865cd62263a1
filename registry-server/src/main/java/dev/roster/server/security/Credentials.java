package dev.roster.server.security;

/** What a caller shows to say who it is. Neither form prints its secret. */
public sealed interface Credentials {

    /**
     * Name and password.
     *
     * @param user name of the user, in whatever form it was given
     * @param password the password
     */
    record Password(String user, String password) implements Credentials {
        @Override
        public String toString() {
            return "Password[user=" + user + "]";
        }
    }

    /**
     * A token.
     *
     * @param secret what the caller was given when the token was made
     */
    record Bearer(String secret) implements Credentials {
        @Override
        public String toString() {
            return "Bearer[]";
        }
    }
}
