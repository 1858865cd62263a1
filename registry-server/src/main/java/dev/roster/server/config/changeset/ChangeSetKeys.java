package dev.roster.server.config.changeset;

import dev.roster.server.config.ItemName;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyRange;
import java.util.HexFormat;
import java.time.Instant;

/** The keys of change sets, see the package's description. */
final class ChangeSetKeys {
    private static final String SET = "config/changeset/";
    private static final String OPEN = "config/changeset-open/";
    private static final String LAST = "config/changeset-last/";
    private static final String DUE = "config/changeset-due/";
    private static final String DRAFT = "config/draft/";

    private ChangeSetKeys() {}

    static Key set(ChangeSetKey key) {
        return Key.of(SET + path(key));
    }

    /** Returns the range of the change sets of a namespace with ids below one. */
    static KeyRange setsBefore(NamespaceName namespace, long before) {
        return new KeyRange(Key.of(SET + namespace + '/'), set(new ChangeSetKey(namespace, before)));
    }

    static Key open(ChangeSetKey key) {
        return Key.of(OPEN + path(key));
    }

    static KeyRange allOpen(NamespaceName namespace) {
        return KeyRange.prefix(OPEN + namespace + '/');
    }

    static Key last(NamespaceName namespace) {
        return Key.of(LAST + namespace);
    }

    static Key due(Instant at, ChangeSetKey key) {
        return Key.of(DUE + number(at.getEpochSecond()) + '/' + path(key));
    }

    /** Returns the range of everything that is due at a time. */
    static KeyRange dueUntil(Instant now) {
        return new KeyRange(Key.of(DUE), Key.of(DUE + number(now.getEpochSecond() + 1)));
    }

    static ChangeSetKey readDue(Key key) {
        String text = key.utf8();
        return read(text.substring(DUE.length() + 17));
    }

    static Key draft(ChangeSetKey key, ItemName item) {
        return Key.of(DRAFT + path(key) + '/' + item);
    }

    static KeyRange drafts(ChangeSetKey key) {
        return KeyRange.prefix(DRAFT + path(key) + '/');
    }

    /** Returns the range of all drafts of a namespace. */
    static KeyRange drafts(NamespaceName namespace) {
        return KeyRange.prefix(DRAFT + namespace + '/');
    }

    /**
     * What names a draft.
     *
     * @param set its change set
     * @param item its item
     */
    record DraftKey(ChangeSetKey set, ItemName item) {}

    static DraftKey readDraft(Key key) {
        String path = key.utf8().substring(DRAFT.length());
        int slash = path.lastIndexOf('/');
        return new DraftKey(read(path.substring(0, slash)), new ItemName(path.substring(slash + 1)));
    }

    static ChangeSetKey readSet(Key key) {
        return read(key.utf8().substring(SET.length()));
    }

    private static ChangeSetKey read(String path) {
        int slash = path.indexOf('/');
        return new ChangeSetKey(new NamespaceName(path.substring(0, slash)),
                Long.parseLong(path.substring(slash + 1), 16));
    }

    private static String path(ChangeSetKey key) {
        return key.namespace() + "/" + number(key.id());
    }

    private static String number(long number) {
        return HexFormat.of().toHexDigits(number);
    }
}
