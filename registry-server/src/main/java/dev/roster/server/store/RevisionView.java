package dev.roster.server.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Contents as of one revision. A read follows versions without a lock, then checks that its revision is still kept: if it
 * is, nothing that the read may have needed was dropped meanwhile.
 */
final class RevisionView implements ReadView {
    /** Most revisions that are looked through for a change: beyond that, reading most ranges takes no longer. */
    private static final long MAX_REVISIONS_LOOKED_AT = 8192;

    private final Contents contents;
    private final Revision revision;

    RevisionView(Contents contents, Revision revision) {
        this.contents = contents;
        this.revision = revision;
    }

    @Override
    public Revision revision() {
        return revision;
    }

    @Override
    public Optional<KeyValue> find(Key key) {
        KeyChain chain = contents.keys.find(key);
        KeyValue found = chain == null ? null : chain.at(revision.value());
        contents.checkKept(revision);
        return Optional.ofNullable(found);
    }

    @Override
    public KeysRead read(KeyRange range, int limit) {
        KeysRead read = read(contents.keys, range, limit, revision.value());
        contents.checkKept(revision);
        return read;
    }

    /** Reads a range as of a revision that the caller knows to be kept. */
    static KeysRead read(KeyIndex keys, KeyRange range, int limit, long revision) {
        ReadKeys.checkLimit(limit);
        List<KeyValue> found = new ArrayList<>();
        for (KeyChain chain : keys.in(range)) {
            KeyValue keyValue = chain.at(revision);
            if (keyValue != null) {
                if (found.size() == limit) {
                    return new KeysRead(found, true);
                }
                found.add(keyValue);
            }
        }
        return new KeysRead(found, false);
    }

    @Override
    public KeysFound query(KeyQuery query) {
        KeysFound found = QueryRun.run(contents.keys, query, revision.value());
        contents.checkKept(revision);
        return found;
    }

    @Override
    public long count(KeyRange range) {
        long count = 0;
        for (KeyChain chain : contents.keys.in(range)) {
            @Nullable
            KeyValue keyValue = chain.at(revision.value());
            if (keyValue != null) {
                count++;
            }
        }
        contents.checkKept(revision);
        return count;
    }

    @Override
    public boolean isUnchanged(KeyRange range, Revision since) {
        if (revision.value() - since.value() > MAX_REVISIONS_LOOKED_AT) {
            return false;
        }
        for (long next = since.value() + 1; next <= revision.value(); next++) {
            for (Version change = contents.history.first(next); change != null; change = change.next) {
                if (range.contains(change.key)) {
                    return false;
                }
            }
        }
        // A revision that was dropped meanwhile looks as if it had changed nothing.
        return contents.keeps(since);
    }

    @Override
    public String toString() {
        return "ReadView[" + revision.value() + "]";
    }
}
