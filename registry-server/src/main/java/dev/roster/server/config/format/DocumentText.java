package dev.roster.server.config.format;

/**
 * A text within a document, with where it is.
 *
 * @param path the path of its property; empty in XML and plain text, which have no paths
 * @param value what it says, without quotes and escapes
 * @param start where it begins in the content, quotes included
 * @param end where it ends, exclusive; less than {@code start} if it cannot be replaced, since it has an anchor or a tag
 * @param line line of its key, from 1
 * @param column column of its key, from 1, in code points
 */
public record DocumentText(String path, String value, int start, int end, int line, int column) {

    /** Tells whether the text has a place of its own in the content. */
    public boolean hasPlace() {
        return end >= start;
    }
}
