package dev.roster.server.api.watch;

import dev.roster.api.watch.AcknowledgementRequest;
import dev.roster.server.security.Caller;
import dev.roster.server.security.Role;
import dev.roster.server.subscriber.Audience;
import dev.roster.server.subscriber.WatchId;
import dev.roster.server.web.ProblemException;
import dev.roster.server.web.ProblemKind;
import dev.roster.server.web.ProblemReport;
import dev.roster.server.web.RequiresRole;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What readers of streams have taken in. Any member takes it, whichever serves the stream. */
@RestController
final class AcknowledgementController {
    private final Audience audience;

    AcknowledgementController(Audience audience) {
        this.audience = audience;
    }

    @PutMapping(path = "/api/v1/watch/{watch}/acknowledgement", consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequiresRole(Role.READER)
    ResponseEntity<Void> acknowledge(Caller caller, @PathVariable String watch,
            @RequestBody AcknowledgementRequest request) {
        WatchId id = WatchId.parse(watch);
        Long revision = request.revision();
        if (revision == null) {
            throw ProblemException.invalidArgument("revision", null, "the revision of an event of the stream");
        }
        if (!audience.acknowledge(caller, id, revision)) {
            throw new ProblemException(ProblemReport.of(ProblemKind.WATCH_NOT_FOUND,
                    "The stream " + watch + " has ended, or is of another caller"));
        }
        return ResponseEntity.noContent().build();
    }
}
