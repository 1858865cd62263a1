package dev.roster.server.api.config;

import dev.roster.api.config.AdoptedVersion;
import dev.roster.api.config.GrayEvent;
import dev.roster.api.config.GrayRelease;
import dev.roster.api.config.GrayReleaseRequest;
import dev.roster.api.config.GrayStep;
import dev.roster.server.config.delivery.Adoption.Count;
import dev.roster.server.config.gray.GrayPlan;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.web.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Gray releases as records of the API, and what requests say of them. */
final class GrayRecords {
    private static final Duration DEFAULT_BAKE = Duration.ofMinutes(5);

    private GrayRecords() {}

    static GrayRelease release(dev.roster.server.config.gray.GrayRelease release, Count count) {
        GrayPlan plan = release.plan();
        return new GrayRelease(release.item().namespace().value(), release.item().name().value(), release.version(),
                release.baseVersion(), release.number(), GrayRelease.Status.valueOf(release.status().name()),
                release.startedBy(), release.startedAt(), release.step(), release.stepSince(),
                plan.steps().stream().map(GrayRecords::step).toList(), plan.automatic(), plan.minClients(),
                plan.maxErrorPercentage(), plan.maxUnhealthyPercentage(), adopted(count),
                release.timeline().stream().map(GrayRecords::event).toList());
    }

    static AdoptedVersion adopted(Count count) {
        return new AdoptedVersion(count.version(), count.clients(), count.fetched(), count.failed(),
                count.unhealthy());
    }

    private static GrayStep step(dev.roster.server.config.gray.GrayStep step) {
        return new GrayStep(List.copyOf(new TreeSet<>(step.instances())), step.addresses(), step.labels(),
                step.percentage(), step.bake());
    }

    private static GrayEvent event(dev.roster.server.config.gray.GrayEvent event) {
        return new GrayEvent(event.at(), event.by(), GrayEvent.Kind.valueOf(event.kind().name()), event.step(),
                event.detail(), adopted(event.count()));
    }

    static GrayPlan plan(GrayReleaseRequest request) {
        List<GrayStep> sent = request.steps();
        if (sent == null) {
            throw ProblemException.invalidArgument("steps", null, "1 to " + GrayPlan.MAX_STEPS + " steps");
        }
        List<dev.roster.server.config.gray.GrayStep> steps = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            steps.add(step("steps[" + i + "]", sent.get(i)));
        }
        Boolean automatic = request.automatic();
        return new GrayPlan(steps, automatic == null || automatic, number(request.minClients()),
                number(request.maxErrorPercentage()), number(request.maxUnhealthyPercentage()));
    }

    private static dev.roster.server.config.gray.GrayStep step(String place, @Nullable GrayStep sent) {
        if (sent == null) {
            throw ProblemException.invalidArgument(place, null, "a step");
        }
        List<String> instances = sent.instances();
        List<String> addresses = sent.addresses();
        Map<String, String> labels = sent.labels();
        Duration bake = sent.bake();
        checkValues(place, instances, addresses, labels);
        try {
            return new dev.roster.server.config.gray.GrayStep(
                    instances == null ? new HashSet<>() : new HashSet<>(instances),
                    addresses == null ? List.of() : addresses, labels == null ? Map.of() : labels, sent.percentage(),
                    bake == null ? DEFAULT_BAKE : bake);
        } catch (InvalidArgumentException e) {
            throw ProblemException.invalidArgument(place + "." + e.field(), e.value(), e.expected());
        }
    }

    private static void checkValues(String place, @Nullable List<String> instances, @Nullable List<String> addresses,
            @Nullable Map<String, String> labels) {
        if (instances != null && instances.stream().anyMatch(one -> one == null)) {
            throw ProblemException.invalidArgument(place + ".instances", null, "ids of instances");
        }
        if (addresses != null && addresses.stream().anyMatch(one -> one == null)) {
            throw ProblemException.invalidArgument(place + ".addresses", null, "IP addresses or ranges of them");
        }
        if (labels != null && labels.values().stream().anyMatch(one -> one == null)) {
            throw ProblemException.invalidArgument(place + ".labels", null, "a value for each label");
        }
    }

    private static int number(@Nullable Integer sent) {
        return sent == null ? 0 : sent;
    }
}
