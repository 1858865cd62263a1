package dev.roster.server.config.transfer;

import dev.roster.server.config.ConfigView;
import dev.roster.server.config.ItemDetails;
import dev.roster.server.config.ItemKey;
import dev.roster.server.config.ItemNotes;
import dev.roster.server.config.Release;
import dev.roster.server.security.Caller;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Store;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes the items of a namespace as a zip: a file for each, at the top, and {@code .roster.yml}, which says what they are. Equal
 * items give equal bytes. May be used by any thread.
 */
public final class ConfigExports {
    /** Every entry has it, the earliest that a zip can say: what changed when is not in an export. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private static final char FIRST_CONTROL = 0x7F;
    private static final char LAST_CONTROL = 0x9F;
    private static final char LINE_SEPARATOR = 0x2028;
    private static final char PARAGRAPH_SEPARATOR = 0x2029;

    /** Byte order mark, and what is no character. */
    private static final char FIRST_SPECIAL = 0xFE00;

    private final Store store;

    /** Makes the exports. */
    public ConfigExports(Store store) {
        this.store = store;
    }

    /**
     * Begins an export of a namespace as this member's replica shows it now.
     *
     * @return what writes it, at one revision
     */
    public Export begin(Caller caller, NamespaceName namespace) {
        caller.require(Role.READER);
        return new Export(store.view(), namespace);
    }

    /** An export of one namespace at one revision. For one thread. */
    public static final class Export {
        private final ReadView store;
        private final ConfigView view;
        private final NamespaceName namespace;

        private Export(ReadView store, NamespaceName namespace) {
            this.store = store;
            this.view = new ConfigView(store);
            this.namespace = namespace;
        }

        /** Returns the store revision that is exported. */
        public long revision() {
            return store.revision().value();
        }

        /**
         * Writes the zip.
         *
         * @throws IOException if the stream does not take it
         * @throws dev.roster.server.store.RevisionCompactedException if it takes so long that the revision is no longer kept
         */
        public void writeTo(OutputStream stream) throws IOException {
            List<ItemKey> keys = view.itemKeys(namespace, null, Integer.MAX_VALUE);
            ZipOutputStream zip = new ZipOutputStream(stream, StandardCharsets.UTF_8);
            StringBuilder description = new StringBuilder("version: ").append(RosterReader.VERSION)
                    .append("\nnamespace: \"")
                    .append(namespace).append("\"\nitems:").append(keys.isEmpty() ? " []\n" : "\n");
            for (ItemKey key : keys) {
                Release release = view.getRelease(key);
                String file = DocumentFile.nameFor(key.name().value(), release.entry().format());
                describe(description, file, release, ItemNotes.read(store, key));
                put(zip, file, release.content());
            }
            put(zip, RosterReader.DESCRIPTION, description.toString());
            zip.finish();
        }

        /** Quotes keep names from being numbers or truth values. */
        private static void describe(StringBuilder text, String file, Release release, ItemDetails details) {
            text.append("  - file: ").append(quoted(file)).append("\n    name: ")
                    .append(quoted(release.item().name().value())).append("\n    format: ")
                    .append(release.entry().format().name().toLowerCase(Locale.ROOT)).append('\n');
            String owner = details.owner();
            if (owner != null) {
                text.append("    owner: ").append(quoted(owner)).append('\n');
            }
            String about = details.description();
            if (about != null) {
                text.append("    description: ").append(quoted(about)).append('\n');
            }
            if (!details.labels().isEmpty()) {
                text.append("    labels:\n");
                details.labels().forEach((key, value) -> text.append("      ").append(quoted(key)).append(": ")
                        .append(quoted(value)).append('\n'));
            }
        }

        /** Returns a text in double quotes, as YAML 1.1 escapes it. */
        private static String quoted(String text) {
            StringBuilder quoted = new StringBuilder("\"");
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '"' || c == '\\') {
                    quoted.append('\\').append(c);
                } else if (c < ' ' || (c >= FIRST_CONTROL && c <= LAST_CONTROL) || c == LINE_SEPARATOR
                        || c == PARAGRAPH_SEPARATOR || c >= FIRST_SPECIAL) {
                    quoted.append("\\u%04x".formatted((int) c));
                } else {
                    quoted.append(c);
                }
            }
            return quoted.append('"').toString();
        }

        private static void put(ZipOutputStream zip, String path, String content) throws IOException {
            ZipEntry entry = new ZipEntry(path);
            entry.setTimeLocal(TIME);
            zip.putNextEntry(entry);
            zip.write(content.getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
    }
}
