package dev.roster.server.api.config;

import dev.roster.api.config.ConfigChangeRequest;
import dev.roster.api.config.ConfigFormat;
import dev.roster.server.api.wire.ConfigRecords;
import dev.roster.server.config.Expectation;
import dev.roster.server.config.InvalidDocumentException;
import dev.roster.server.config.ItemChange;
import dev.roster.server.config.ItemKey;
import dev.roster.server.config.ItemName;
import dev.roster.server.config.Publication;
import dev.roster.server.security.InvalidArgumentException;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.web.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads changes from requests. What is wrong with one of a list is told with its place, such as {@code changes[3].content}. */
final class ChangeReader {
    private ChangeReader() {}

    static List<ItemChange> changes(NamespaceName namespace, @Nullable List<ConfigChangeRequest> requests) {
        if (requests == null) {
            throw ProblemException.invalidArgument("changes", null, "a list of changes");
        }
        List<ItemChange> changes = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            ConfigChangeRequest request = requests.get(i);
            String place = "changes[" + i + "].";
            if (request == null) {
                throw ProblemException.invalidArgument("changes[" + i + "]", null, "a change");
            }
            changes.add(placed(place, () -> change(place, namespace, request)));
        }
        return changes;
    }

    /** Reads the document of a request that publishes one. */
    static Publication publication(String place, @Nullable ConfigFormat format, @Nullable String content,
            @Nullable String comment) {
        if (format == null) {
            throw ProblemException.invalidArgument(place + "format", null,
                    "one of yaml, properties, json, toml, xml, text");
        }
        if (content == null) {
            throw ProblemException.invalidArgument(place + "content", null, "the whole document, as a string");
        }
        return new Publication(ConfigRecords.format(format), content, comment);
    }

    /** Reads the number of a version that is wanted. */
    static long toVersion(String place, @Nullable Long version) {
        if (version == null || version < 1) {
            throw ProblemException.invalidArgument(place + "toVersion", version, "the number of a version, 1 or more");
        }
        return version;
    }

    /**
     * Reads one change.
     *
     * @param place what goes in front of the names of its fields
     */
    static ItemChange change(String place, NamespaceName namespace, ConfigChangeRequest request) {
        String name = request.name();
        if (name == null) {
            throw ProblemException.invalidArgument(place + "name", null, "the name of an item");
        }
        ItemKey item = new ItemKey(namespace, new ItemName(name));
        Long expected = request.expectedVersion();
        if (expected != null && expected < 0) {
            throw ProblemException.invalidArgument(place + "expectedVersion", expected,
                    "the number of a version, or 0");
        }
        Long existing = expected != null && expected == 0 ? null : expected;
        return switch (request.action()) {
            case PUBLISH -> new ItemChange.Publish(item,
                    publication(place, request.format(), request.content(), request.comment()), expectation(expected));
            case ROLL_BACK -> new ItemChange.RollBack(item, existing, toVersion(place, request.toVersion()),
                    request.comment());
            case DELETE -> new ItemChange.Delete(item, existing, request.comment());
            case UNDELETE -> new ItemChange.Undelete(item, existing, request.comment());
            case null -> throw ProblemException.invalidArgument(place + "action", null,
                    "one of publish, roll_back, delete, undelete");
        };
    }

    private static Expectation expectation(@Nullable Long version) {
        if (version == null) {
            return new Expectation.Unstated();
        }
        return version == 0 ? new Expectation.Absent() : new Expectation.Version(version);
    }

    private static <T> T placed(String place, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (InvalidArgumentException e) {
            String field = e.field().equals("item") ? "name" : e.field();
            throw ProblemException.invalidArgument(place + field, e.value(), e.expected());
        } catch (InvalidDocumentException e) {
            throw new ProblemException(ConfigProblems.invalidDocument(place, e));
        }
    }
}
