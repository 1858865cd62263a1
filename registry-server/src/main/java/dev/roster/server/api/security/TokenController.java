package dev.roster.server.api.security;

import dev.roster.api.Page;
import dev.roster.api.security.IssuedToken;
import dev.roster.api.security.Token;
import dev.roster.api.security.TokenRequest;
import dev.roster.server.security.Caller;
import dev.roster.server.security.Role;
import dev.roster.server.security.SecretsRight;
import dev.roster.server.security.Slice;
import dev.roster.server.security.TokenId;
import dev.roster.server.security.Tokens;
import dev.roster.server.web.Audited;
import dev.roster.server.web.PageQuery;
import dev.roster.server.web.ProblemException;
import dev.roster.server.web.ProblemKind;
import dev.roster.server.web.ProblemReport;
import dev.roster.server.web.RequiresRole;
import dev.roster.server.web.RevisionHeader;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Tokens. */
@RestController
@RequestMapping("/api/v1/tokens")
final class TokenController {

    /** Stands for the token that the request was made with. */
    private static final String CURRENT = "current";

    private final Tokens tokens;

    TokenController(Tokens tokens) {
        this.tokens = tokens;
    }

    @PostMapping
    @RequiresRole(Role.READER)
    @Audited("token.issue")
    @ResponseStatus(HttpStatus.CREATED)
    IssuedToken issue(Caller caller, @RequestBody TokenRequest request, HttpServletResponse response) {
        SecretsRight secrets = WireSecurity.secrets(request.secrets(), request.secretNamespaces());
        Tokens.Issued issued = tokens.issue(caller, request.description(), WireSecurity.role(request.role()),
                request.ttl(), Objects.requireNonNullElse(secrets, SecretsRight.NONE));
        RevisionHeader.set(response, issued.revision());
        return new IssuedToken(issued.secret(), WireSecurity.token(issued.token()));
    }

    @GetMapping
    @RequiresRole(Role.READER)
    Page<Token> list(Caller caller, PageQuery query, HttpServletResponse response) {
        Slice<dev.roster.server.security.Token> slice = tokens.list(caller, query.limit(),
                WireSecurity.position(query));
        RevisionHeader.set(response, slice.revision());
        return WireSecurity.page(slice, WireSecurity::token);
    }

    @DeleteMapping("/{token}")
    @RequiresRole(Role.READER)
    @Audited("token.revoke")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(Caller caller, @PathVariable("token") String token, HttpServletResponse response) {
        TokenId id = token.equals(CURRENT) ? current(caller) : new TokenId(token);
        RevisionHeader.set(response, tokens.revoke(caller, id));
    }

    private static TokenId current(Caller caller) {
        TokenId token = caller.token();
        if (token == null) {
            throw new ProblemException(ProblemReport.of(ProblemKind.TOKEN_NOT_FOUND,
                    "The request was not made with a token, so there is no current one"));
        }
        return token;
    }
}
