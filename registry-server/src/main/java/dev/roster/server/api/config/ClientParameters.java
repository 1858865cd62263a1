package dev.roster.server.api.config;

import dev.roster.server.config.gray.GrayClient;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.web.ProblemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters {@code instance}, {@code address} and {@code label}, by which callers say as whom they ask. */
final class ClientParameters {
    private ClientParameters() {}

    /**
     * Reads of whom somebody else asks. Nothing is taken for the address if that is not said: it is not the caller's own.
     *
     * @param side what the names of the parameters begin with, empty for nothing
     */
    static GrayClient read(String side, @Nullable String instance, @Nullable String address,
            @Nullable List<String> labels) {
        try {
            return new GrayClient(instance, address, labels(named(side, "label"), labels));
        } catch (InvalidArgumentException e) {
            String field = e.field().equals("labels") ? "label" : e.field();
            throw ProblemException.invalidArgument(named(side, field), e.value(), e.expected());
        }
    }

    /** Reads labels, each as {@code name=value}. */
    static Map<String, String> labels(String parameter, @Nullable List<String> given) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (String label : given == null ? List.<String>of() : given) {
            int equals = label.indexOf('=');
            if (equals < 1) {
                throw ProblemException.invalidArgument(parameter, label, "a name and a value, such as zone=eu-1a");
            }
            labels.put(label.substring(0, equals), label.substring(equals + 1));
        }
        return labels;
    }

    private static String named(String side, String parameter) {
        return side.isEmpty()
                ? parameter
                : side + parameter.substring(0, 1).toUpperCase(Locale.ROOT) + parameter.substring(1);
    }
}
