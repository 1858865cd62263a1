package dev.roster.server.api.failing;

import dev.roster.server.security.Role;
import dev.roster.server.store.Revision;
import dev.roster.server.store.RevisionCompactedException;
import dev.roster.server.store.StoreUnavailableException;
import dev.roster.server.web.RequiresRole;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Fails in every way that a handler can, for tests of what callers then see. Beside {@code /api/v1}, so that it is no part
 * of what the API's description is compared with.
 */
@RestController
@RequestMapping("/api/failing")
class FailingController {

    @GetMapping("/failure")
    @RequiresRole(Role.ADMIN)
    String failure() {
        throw new IllegalStateException("secret");
    }

    @GetMapping("/no-leader")
    @RequiresRole(Role.ADMIN)
    String noLeader() {
        throw new StoreUnavailableException(Duration.ofMillis(1200));
    }

    @GetMapping("/later")
    @RequiresRole(Role.ADMIN)
    CompletableFuture<String> later() {
        return CompletableFuture.supplyAsync(() -> {
            throw new RevisionCompactedException(new Revision(5));
        });
    }

    @GetMapping("/sent")
    @RequiresRole(Role.ADMIN)
    void sent(HttpServletResponse response) throws IOException {
        response.sendError(409, "secret");
    }
}
