package dev.roster.server.api.security;

import dev.roster.api.Page;
import dev.roster.api.security.Role;
import dev.roster.api.security.Token;
import dev.roster.api.security.User;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Position;
import dev.roster.server.security.SecretsRight;
import dev.roster.server.security.Slice;
import dev.roster.server.web.Cursor;
import dev.roster.server.web.PageQuery;
import dev.roster.server.web.ProblemException;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Translates between the records of the wire and those of the feature, field by field. */
final class WireSecurity {
    private WireSecurity() {}

    static Role role(dev.roster.server.security.Role role) {
        return switch (role) {
            case READER -> Role.READER;
            case APPLICATION -> Role.APPLICATION;
            case EDITOR -> Role.EDITOR;
            case ADMIN -> Role.ADMIN;
        };
    }

    static dev.roster.server.security.@Nullable Role role(@Nullable Role role) {
        return switch (role) {
            case null -> null;
            case READER -> dev.roster.server.security.Role.READER;
            case APPLICATION -> dev.roster.server.security.Role.APPLICATION;
            case EDITOR -> dev.roster.server.security.Role.EDITOR;
            case ADMIN -> dev.roster.server.security.Role.ADMIN;
        };
    }

    static User user(dev.roster.server.security.User user) {
        return new User(user.name().value(), role(user.role()), user.createdAt(), user.secrets().everywhere(),
                names(user.secrets()));
    }

    private static List<String> names(SecretsRight right) {
        return right.namespaces().stream().map(NamespaceName::value).toList();
    }

    /**
     * Reads a right to read secrets, null if nothing is said of it.
     *
     * @param everywhere whether it is of all namespaces
     * @param namespaces of which it is otherwise
     */
    static @Nullable SecretsRight secrets(@Nullable Boolean everywhere,
            @Nullable List<String> namespaces) {
        if (everywhere == null && namespaces == null) {
            return null;
        }
        SortedSet<NamespaceName> names = new TreeSet<>();
        for (String name : namespaces == null ? List.<@Nullable String>of() : namespaces) {
            try {
                names.add(new NamespaceName(name == null ? "" : name));
            } catch (InvalidArgumentException e) {
                throw ProblemException.invalidArgument("secretNamespaces", name, e.expected());
            }
        }
        return new SecretsRight(Boolean.TRUE.equals(everywhere), names);
    }

    static Token token(dev.roster.server.security.Token token) {
        return new Token(token.id().value(), token.user().value(), role(token.role()), token.description(),
                token.createdAt(), token.expiresAt(), token.secrets().everywhere(), names(token.secrets()));
    }

    static @Nullable Position position(PageQuery query) {
        Cursor cursor = query.cursor();
        return cursor == null ? null : new Position(cursor.revision(), cursor.after());
    }

    static <T, W> Page<W> page(Slice<T> slice, Function<T, W> wire) {
        String last = slice.last();
        return new Page<>(slice.revision(), slice.items().stream().map(wire).toList(),
                last == null ? null : new Cursor(slice.revision(), last).encode());
    }
}
