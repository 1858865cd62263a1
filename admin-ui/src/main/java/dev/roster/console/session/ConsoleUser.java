package dev.roster.console.session;

import dev.roster.api.security.Role;
import dev.roster.console.gateway.AccessToken;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.AuthenticatedPrincipal;

/**
 * A signed-in user. Lives in the HTTP session.
 *
 * @param name name of the user
 * @param role what the user may do; only pages are chosen by it, the server decides itself
 * @param tokenId public id of the session's token, null when security is switched off
 * @param token the session's token, null when security is switched off
 */
public record ConsoleUser(String name, Role role, @Nullable String tokenId,
        @Nullable AccessToken token) implements AuthenticatedPrincipal {
    @Override
    public String getName() {
        return name;
    }

    /** Whether the role includes another one. */
    public boolean may(Role needed) {
        return role.compareTo(needed) >= 0;
    }

    /**
     * Stops a page that the role can make no use of before it is shown.
     *
     * @throws RoleTooSmallException if the role does not include {@code needed}
     */
    public void require(Role needed) {
        if (!may(needed)) {
            throw new RoleTooSmallException(needed, role);
        }
    }
}
