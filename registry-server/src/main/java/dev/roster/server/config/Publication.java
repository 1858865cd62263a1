package dev.roster.server.config;

import dev.roster.server.config.check.DocumentChecks;
import dev.roster.server.config.format.DocumentFlaw;
import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.config.secret.SecretText;
import dev.roster.server.security.InvalidArgumentException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A document that is to be published. It is good: one that its format does not allow cannot be made.
 *
 * @param format how it is written
 * @param content the whole document, to {@value #MAX_CONTENT_BYTES} bytes of UTF-8
 * @param comment why it is published, to {@value #MAX_COMMENT_CHARACTERS} characters, null if not said
 */
public record Publication(DocumentFormat format, String content, @Nullable String comment) {

    /** Largest document, in bytes of UTF-8: larger ones are data, not configuration. Half of what the store takes. */
    public static final int MAX_CONTENT_BYTES = 1024 * 1024;

    /** Longest comment. */
    public static final int MAX_COMMENT_CHARACTERS = 500;

    /**
     * Checks the document.
     *
     * @throws InvalidDocumentException if its format does not allow it
     * @throws InvalidArgumentException if it or the comment is too long
     */
    public Publication {
        checkComment(comment);
        // Every character takes at least one byte: this bounds what is looked at any closer.
        if (content.length() > MAX_CONTENT_BYTES) {
            throw tooLarge(content.length() + " characters");
        }
        format.check(content).ifPresent(flaw -> {
            throw SecretText.concerns(content)
                    ? new InvalidDocumentException(format, withoutContent(flaw), "")
                    : new InvalidDocumentException(format, flaw,
                            content.lines().skip(flaw.line() - 1L).findFirst().orElse(""));
        });
        int bytes = content.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_CONTENT_BYTES) {
            throw tooLarge(bytes + " bytes");
        }
    }

    /**
     * Refuses the document where the schema of an item, or what its application says of its properties, does not allow it.
     *
     * @throws InvalidDocumentException if it is not allowed; without the line if the document has secrets
     */
    public void requireAllowed(ItemKey item, DocumentChecks checks) {
        checks.firstFault(item.namespace(), item.name().value(), format, content).ifPresent(flaw -> {
            throw new InvalidDocumentException(format, flaw, SecretText.concerns(content)
                    ? ""
                    : content.lines().skip(flaw.line() - 1L).findFirst().orElse(""));
        });
    }

    /** What a parser says may have words of the document, and so of a secret. */
    private static DocumentFlaw withoutContent(DocumentFlaw flaw) {
        return new DocumentFlaw(flaw.line(), flaw.column(),
                "found what the format does not allow; what it is is not told, since the document has secrets",
                flaw.expected());
    }

    /** Refuses a comment that is too long or cannot be stored. */
    public static void checkComment(@Nullable String comment) {
        if (comment != null && (comment.length() > MAX_COMMENT_CHARACTERS || !isUnicode(comment))) {
            throw new InvalidArgumentException("comment", comment,
                    "at most " + MAX_COMMENT_CHARACTERS + " characters that can be written in UTF-8");
        }
    }

    private static boolean isUnicode(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private static InvalidArgumentException tooLarge(String size) {
        return new InvalidArgumentException("content", size, "at most " + MAX_CONTENT_BYTES + " bytes of UTF-8");
    }
}
