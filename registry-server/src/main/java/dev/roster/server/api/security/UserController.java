package dev.roster.server.api.security;

import dev.roster.api.Page;
import dev.roster.api.security.User;
import dev.roster.api.security.UserRequest;
import dev.roster.server.security.Caller;
import dev.roster.server.security.Role;
import dev.roster.server.security.Slice;
import dev.roster.server.security.UserName;
import dev.roster.server.security.Users;
import dev.roster.server.web.Audited;
import dev.roster.server.web.PageQuery;
import dev.roster.server.web.RequiresRole;
import dev.roster.server.web.RevisionHeader;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Users. */
@RestController
@RequestMapping("/api/v1/users")
final class UserController {
    private final Users users;

    UserController(Users users) {
        this.users = users;
    }

    @GetMapping
    @RequiresRole(Role.ADMIN)
    Page<User> list(Caller caller, PageQuery query, HttpServletResponse response) {
        Slice<dev.roster.server.security.User> slice = users.list(caller, query.limit(), WireSecurity.position(query));
        RevisionHeader.set(response, slice.revision());
        return WireSecurity.page(slice, WireSecurity::user);
    }

    /** Any role, since everybody may change the own password; {@link Users} decides. */
    @PutMapping("/{user}")
    @RequiresRole(Role.READER)
    @Audited("user.put")
    User put(Caller caller, @PathVariable("user") String user, @RequestBody UserRequest request,
            HttpServletResponse response) {
        Users.Change change = users.put(caller, new UserName(user), WireSecurity.role(request.role()),
                request.password(), WireSecurity.secrets(request.secrets(), request.secretNamespaces()));
        RevisionHeader.set(response, change.revision());
        response.setStatus((change.created() ? HttpStatus.CREATED : HttpStatus.OK).value());
        return WireSecurity.user(change.user());
    }

    @DeleteMapping("/{user}")
    @RequiresRole(Role.ADMIN)
    @Audited("user.delete")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable("user") String user, HttpServletResponse response) {
        RevisionHeader.set(response, users.delete(caller, new UserName(user)));
    }
}
