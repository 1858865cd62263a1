package dev.roster.spring.actuator;

import dev.roster.client.CallObserver;
import dev.roster.client.RosterOutcomeUnknownException;
import dev.roster.client.RosterRejectedException;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The client's calls as Micrometer's observations {@code roster.client.calls}: a timer, and a span where the application traces, whose
 * headers go along. A call that Roster refuses is no error of the observation; one without an answer is.
 */
final class CallObservations implements CallObserver {
    private static final String NAME = "roster.client.calls";
    private static final String OUTCOME = "outcome";
    private static final String CODE = "code";
    private static final String NONE = "none";

    private final ObservationRegistry observations;

    CallObservations(ObservationRegistry observations) {
        this.observations = observations;
    }

    @Override
    public Observed begin(ObservedCall call, BiConsumer<String, String> headers) {
        return new Begun(Observation.createNotStarted(NAME, () -> context(headers), observations)
                .contextualName(call.method().toLowerCase(Locale.ROOT) + " " + call.route())
                .lowCardinalityKeyValue("method", call.method()).lowCardinalityKeyValue("route", call.route())
                .lowCardinalityKeyValue(OUTCOME, "unknown").lowCardinalityKeyValue(CODE, NONE).start());
    }

    private static SenderContext<BiConsumer<String, String>> context(BiConsumer<String, String> headers) {
        SenderContext<BiConsumer<String, String>> context = new SenderContext<>(
                (carrier, name, value) -> headers.accept(name, value), Kind.CLIENT);
        context.setCarrier(headers);
        context.setRemoteServiceName("roster");
        return context;
    }

    private record Begun(Observation observation) implements Observed {

        @Override
        public void repeated(String reason) {
            observation.event(Observation.Event.of("repeated", "repeated: " + reason));
        }

        @Override
        public void ended(@Nullable RuntimeException failure) {
            observation.lowCardinalityKeyValue(OUTCOME, outcome(failure));
            if (failure instanceof RosterRejectedException refused) {
                observation.lowCardinalityKeyValue(CODE, refused.problem().code());
            } else if (failure != null) {
                observation.error(failure);
            }
            observation.stop();
        }

        private static String outcome(@Nullable RuntimeException failure) {
            if (failure == null) {
                return "answered";
            }
            if (failure instanceof RosterRejectedException) {
                return "refused";
            }
            return failure instanceof RosterOutcomeUnknownException ? "unknown" : "unavailable";
        }
    }
}
