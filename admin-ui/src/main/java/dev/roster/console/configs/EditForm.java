package dev.roster.console.configs;

import dev.roster.api.config.ConfigFormat;
import dev.roster.api.config.ConfigItem;
import dev.roster.api.config.PublishRequest;
import org.jspecify.annotations.Nullable;

/**
 * What the editor holds, on its way through editing, review and publication.
 *
 * @param name name of the item
 * @param base the version that was edited, 0 for an item that did not exist
 * @param format how the content is written
 * @param content the text; browsers send it with CR LF at every line end, whatever it had
 * @param comment why, empty if not said
 */
record EditForm(String name, long base, ConfigFormat format, String content, String comment) {
    /** A form may lack any of its fields. */
    EditForm {
        name = name == null ? "" : name.strip();
        format = format == null ? ConfigFormat.YAML : format;
        content = content == null ? "" : content;
        comment = comment == null ? "" : comment.strip();
    }

    /** An editor for an item that does not exist. */
    static EditForm empty(String name) {
        return new EditForm(name, 0, ConfigFormat.YAML, "", "");
    }

    /** An editor for {@code item}, in order to replace its version {@code base}. */
    static EditForm of(ConfigItem item, long base) {
        return new EditForm(item.name(), base, item.format(), item.content(), "");
    }

    /** The same text as a replacement of another version, with line ends as they are there. */
    EditForm on(@Nullable ConfigItem current) {
        return new EditForm(name, current == null ? 0 : current.version(), format, LineEnds.like(current, content),
                comment);
    }

    PublishRequest request() {
        return new PublishRequest(format, content, comment.isEmpty() ? null : comment);
    }
}
