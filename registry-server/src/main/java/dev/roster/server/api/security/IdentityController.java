package dev.roster.server.api.security;

import dev.roster.api.security.Identity;
import dev.roster.server.security.Caller;
import dev.roster.server.security.Role;
import dev.roster.server.web.RequiresRole;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells callers who the server takes them for. */
@RestController
final class IdentityController {

    @GetMapping("/api/v1/identity")
    @RequiresRole(Role.READER)
    Identity identity(Caller caller) {
        return new Identity(caller.name(), WireSecurity.role(caller.role()));
    }
}
