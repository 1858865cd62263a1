package dev.roster.server.api.config;

import dev.roster.api.config.BindingError;
import dev.roster.api.config.ConfigAdoption;
import dev.roster.api.config.DeliveryReportRequest;
import dev.roster.api.config.ItemDeliveryRequest;
import dev.roster.api.config.PendingClient;
import dev.roster.server.config.ItemKey;
import dev.roster.server.config.ItemName;
import dev.roster.server.config.delivery.Adoption;
import dev.roster.server.config.delivery.ClientName;
import dev.roster.server.config.delivery.ClientReport;
import dev.roster.server.config.delivery.DeliveryReports;
import dev.roster.server.config.delivery.ItemReport;
import dev.roster.server.feed.ReadFence;
import dev.roster.server.security.Caller;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.web.ProblemException;
import dev.roster.server.web.ProblemKind;
import dev.roster.server.web.ProblemReport;
import dev.roster.server.web.ReadOptions;
import dev.roster.server.web.RequiresRole;
import dev.roster.server.web.RevisionHeader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What has become of configuration in applications. Reports come all the time and by themselves, so they are not audited. */
@RestController
@RequestMapping("/api/v1/namespaces/{namespace}")
final class DeliveryController {

    /** When to report again after too many reports. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final DeliveryReports reports;
    private final ReadFence fence;

    DeliveryController(DeliveryReports reports, ReadFence fence) {
        this.reports = reports;
        this.fence = fence;
    }

    @PutMapping(path = "/config-reports/{client}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequiresRole(Role.APPLICATION)
    ResponseEntity<Void> report(Caller caller, @PathVariable String namespace, @PathVariable String client,
            @RequestBody DeliveryReportRequest request) {
        Boolean healthy = request.healthy();
        boolean taken = reports.add(caller, new ClientReport(new NamespaceName(namespace), new ClientName(client),
                request.application(), healthy == null || healthy, items(request.items())));
        if (!taken) {
            throw new ProblemException(ProblemReport
                    .of(ProblemKind.OVERLOADED,
                            "This member gets more than " + DeliveryReports.MAX_REPORTS_PER_SECOND
                                    + " reports within a second")
                    .withRetryAfter(RETRY_AFTER));
        }
        return ResponseEntity.noContent().header(RevisionHeader.NAME, Long.toString(fence.current())).build();
    }

    @GetMapping("/configs/{item}/adoption")
    @RequiresRole(Role.READER)
    ResponseEntity<ConfigAdoption> adoption(Caller caller, @PathVariable String namespace, @PathVariable String item,
            ReadOptions options) {
        ItemKey key = ConfigController.key(namespace, item);
        long revision = fence.await(options.linearizable(), options.minRevision());
        Adoption adoption = reports.adoption(caller, key);
        return ResponseEntity.ok().header(RevisionHeader.NAME, Long.toString(revision)).body(adoption(adoption));
    }

    private static List<ItemReport> items(@Nullable List<ItemDeliveryRequest> requests) {
        if (requests == null) {
            throw ProblemException.invalidArgument("items", null, "a list of items");
        }
        List<ItemReport> items = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            String place = "items[" + i + "]";
            ItemDeliveryRequest request = requests.get(i);
            if (request == null) {
                throw ProblemException.invalidArgument(place, null, "what has become of an item");
            }
            try {
                items.add(item(request));
            } catch (InvalidArgumentException e) {
                String field = e.field().equals("item") ? "name" : e.field();
                throw ProblemException.invalidArgument(place + "." + field, e.value(), e.expected());
            }
        }
        return items;
    }

    private static ItemReport item(ItemDeliveryRequest request) {
        String name = request.name();
        if (name == null) {
            throw new InvalidArgumentException("name", null, "the name of an item");
        }
        List<BindingError> errors = request.errors();
        return new ItemReport(new ItemName(name), number(request.fetchedVersion()), number(request.appliedVersion()),
                errors == null ? List.of() : errors.stream().map(DeliveryController::error).toList());
    }

    private static dev.roster.server.config.delivery.BindingError error(@Nullable BindingError error) {
        if (error == null || error.message() == null) {
            throw new InvalidArgumentException("errors", null, "errors, each with a message");
        }
        String property = error.property();
        return new dev.roster.server.config.delivery.BindingError(property == null ? "" : property, error.message());
    }

    private static long number(@Nullable Long version) {
        return version == null ? 0 : version;
    }

    private static ConfigAdoption adoption(Adoption adoption) {
        ItemKey item = adoption.item();
        return new ConfigAdoption(item.namespace().value(), item.name().value(), adoption.version(), adoption.clients(),
                adoption.fetched(), adoption.applied(), adoption.failed(),
                adoption.versions().stream().map(GrayRecords::adopted).toList(),
                adoption.pending().stream().map(DeliveryController::pending).toList());
    }

    private static PendingClient pending(Adoption.Pending pending) {
        ItemReport report = pending.report();
        return new PendingClient(pending.client().value(), pending.application(), report.fetched(), report.applied(),
                report.errors().stream()
                        .map(error -> new BindingError(error.property().isEmpty() ? null : error.property(),
                                error.message()))
                        .toList(),
                pending.reportedAt());
    }
}
