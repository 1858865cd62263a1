package dev.roster.console.access;

import dev.roster.api.security.User;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Of which namespaces somebody is to read the secrets of configuration, as a form says it.
 *
 * @param scope of which in general
 * @param namespaces names, parted by commas or blanks; empty unless the scope is {@link Scope#SOME}
 */
record SecretsChoice(Scope scope, String namespaces) {

    /** What nobody has to choose. */
    static final SecretsChoice NONE = new SecretsChoice(Scope.NONE, "");

    /** The name that the server has for the field of the namespaces. */
    static final String FIELD = "secretNamespaces";

    /** Of which namespaces in general. */
    enum Scope {
        NONE, SOME, ALL
    }

    /** Returns what a user has. */
    static SecretsChoice of(User user) {
        List<String> names = user.secretNamespaces();
        Scope scope = user.secrets() ? Scope.ALL : names.isEmpty() ? Scope.NONE : Scope.SOME;
        return new SecretsChoice(scope, String.join(", ", names));
    }

    /** Returns what does not fit together, null if all does; the server judges the names. */
    @Nullable
    Flaw flaw() {
        if (scope == Scope.SOME && names().isEmpty()) {
            return Flaw.of(FIELD, "secrets.flaw.names");
        }
        if (scope != Scope.SOME && !names().isEmpty()) {
            return Flaw.of(FIELD, "secrets.flaw.scope");
        }
        return null;
    }

    boolean everywhere() {
        return scope == Scope.ALL;
    }

    List<String> names() {
        return Arrays.stream(namespaces.split("[\\s,]+")).filter(name -> !name.isEmpty()).toList();
    }
}
