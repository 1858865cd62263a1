package dev.roster.client;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** What a caller shows the server to say who it is. Secrets never appear in {@code toString}. */
public sealed interface Credentials {

    /** Returns credentials that are none: for a server without security, on loopback. */
    static Credentials none() {
        return new None();
    }

    /**
     * Returns a token as credentials.
     *
     * @param secret what the server issued, {@code rst_…}
     */
    static Credentials token(String secret) {
        return new Token(secret);
    }

    /** Returns a user and a password as credentials. */
    static Credentials user(String name, String password) {
        return new UserPassword(name, password);
    }

    /** Returns the value of the {@code Authorization} header, empty when there is none to send. */
    Optional<String> authorization();

    /** No credentials. */
    record None() implements Credentials {
        @Override
        public Optional<String> authorization() {
            return Optional.empty();
        }
    }

    /**
     * A token.
     *
     * @param secret not blank
     */
    record Token(String secret) implements Credentials {
        public Token {
            if (secret.isBlank()) {
                throw new IllegalArgumentException("secret: expected a token, got a blank one");
            }
        }

        @Override
        public Optional<String> authorization() {
            return Optional.of("Bearer " + secret);
        }

        @Override
        public String toString() {
            return "Token[secret=***]";
        }
    }

    /**
     * A user and a password.
     *
     * @param name without a colon (RFC 7617)
     * @param password any text
     */
    record UserPassword(String name, String password) implements Credentials {
        public UserPassword {
            if (name.isBlank() || name.indexOf(':') >= 0) {
                throw new IllegalArgumentException("name: expected a name without a colon, got '" + name + "'");
            }
        }

        @Override
        public Optional<String> authorization() {
            byte[] plain = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
            return Optional.of("Basic " + Base64.getEncoder().encodeToString(plain));
        }

        @Override
        public String toString() {
            return "UserPassword[name=" + name + ", password=***]";
        }
    }
}
