package dev.roster.server.config.format;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/** Reads a JSON document token by token: one object, no key twice, nothing behind it. */
final class JsonCheck {
    private static final String EXPECTED = "a JSON object (RFC 8259) without duplicate keys, nested at most "
            + DocumentFormat.MAX_DEPTH + " deep";

    /** Refuses what a document must not hold. */
    static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DocumentFormat.MAX_DEPTH).build())
            .build();

    private JsonCheck() {}

    /** Returns the first flaw, if there is one. */
    static Optional<DocumentFlaw> firstFlaw(String content) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), content)) {
            return firstFlaw(parser);
        }
    }

    private static Optional<DocumentFlaw> firstFlaw(JsonParser parser) {
        try {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return flaw(parser.currentTokenLocation(), "found no object at the top");
            }
            parser.skipChildren();
            return parser.nextToken() == null
                    ? Optional.empty()
                    : flaw(parser.currentTokenLocation(), "found more behind the object");
        } catch (JacksonException e) {
            TokenStreamLocation where = e.getLocation();
            return flaw(where == null ? parser.currentLocation() : where, firstLine(e.getOriginalMessage()));
        }
    }

    private static Optional<DocumentFlaw> flaw(TokenStreamLocation where, String problem) {
        return Optional.of(new DocumentFlaw(Math.max(1, where.getLineNr()), Math.max(1, where.getColumnNr()), problem,
                EXPECTED));
    }

    /** Leaves out what speaks of the parser: further lines, which name places in its terms, and its settings. */
    static String firstLine(String message) {
        return message.lines().findFirst().orElse("not JSON").replaceAll(", from `[^`]*`", "");
    }
}
