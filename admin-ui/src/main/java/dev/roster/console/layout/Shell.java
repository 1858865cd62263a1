package dev.roster.console.layout;

import dev.roster.api.security.Role;
import dev.roster.console.session.ConsoleUser;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The frame of a page, in every model as {@code shell}. Lives as long as the request. */
public final class Shell {
    private final @Nullable ConsoleUser user;
    private final String namespace;
    private final Area area;
    private final Theme theme;
    private final Locale language;
    private final @Nullable String here;
    private final String apiUrl;
    private final Supplier<List<String>> namespaces;

    Shell(@Nullable ConsoleUser user, String namespace, Area area, Theme theme, Locale language, @Nullable String here,
            String apiUrl, Supplier<List<String>> namespaces) {
        this.user = user;
        this.namespace = namespace;
        this.area = area;
        this.theme = theme;
        this.language = language;
        this.here = here;
        this.apiUrl = apiUrl;
        this.namespaces = namespaces;
    }

    /** Which entry of the navigation a page belongs to; its message is {@code nav.<key>}. */
    enum Area {
        OVERVIEW, SERVICES, CONFIGS, NAMESPACES, USERS, TOKENS, ACCOUNT, NONE;

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The signed-in user, null on the sign-in page. */
    public @Nullable ConsoleUser user() {
        return user;
    }

    /** Whether somebody is signed in whose role includes {@code needed}. */
    public boolean may(Role needed) {
        return user != null && user.may(needed);
    }

    /** The namespace of the page, or the last one that was looked at. */
    public String namespace() {
        return namespace;
    }

    /** All namespaces and the present one, in order. Asks the server when a template needs it. */
    public List<String> namespaces() {
        return namespaces.get();
    }

    /** Key of the area that the page belongs to. */
    public String section() {
        return area.key();
    }

    /** {@code auto}, {@code light} or {@code dark}. */
    public String theme() {
        return theme.key();
    }

    /** Language of the page, as a tag. */
    public String language() {
        return language.toLanguageTag();
    }

    /** Tags of all languages. */
    public List<String> languages() {
        return Languages.SUPPORTED.stream().map(Locale::toLanguageTag).toList();
    }

    /** Path and query of this page, null when it is the answer to a form and cannot be asked for again. */
    public @Nullable String here() {
        return here;
    }

    /** Address of the server as the user's own tools reach it, for examples. */
    public String apiUrl() {
        return apiUrl;
    }
}
