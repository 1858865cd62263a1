package dev.roster.server.coordination;

import dev.roster.server.security.NamespaceName;
import dev.roster.server.store.Key;
import dev.roster.server.store.KeyRange;
import java.util.Locale;

/** The keys of coordination, see the package's description. */
final class CoordinationKeys {
    private static final String ROOT = "coord/";

    /** Sorts before every character of a name, so the order of keys is that of names. */
    private static final char BEFORE_CLAIM = '!';

    private CoordinationKeys() {}

    static Key of(NamespaceName namespace, SessionId session) {
        return Key.of(ROOT + "sessions/" + namespace + '/' + session);
    }

    static KeyRange sessions(NamespaceName namespace) {
        return KeyRange.prefix(ROOT + "sessions/" + namespace + '/');
    }

    /** Returns the range of all sessions. */
    static KeyRange sessions() {
        return KeyRange.prefix(ROOT + "sessions/");
    }

    static Key of(ClaimTarget target, ClaimId claim) {
        return Key.of(prefix(target) + claim);
    }

    /** Returns the key that says how much there is of something, which comes before those of its claims. */
    static Key definition(ClaimTarget target) {
        return Key.of(prefix(target));
    }

    /** Returns the range of the definition of something and all its claims. */
    static KeyRange all(ClaimTarget target) {
        return KeyRange.prefix(prefix(target));
    }

    static KeyRange claims(ClaimTarget target) {
        return all(target).after(definition(target));
    }

    /** Returns the range of everything of a kind in a namespace whose name begins with a text. */
    static KeyRange all(ClaimKind kind, NamespaceName namespace, String prefix) {
        return KeyRange.prefix(folder(kind, namespace) + prefix);
    }

    /** Reads of what a key is a claim or the definition. */
    static ClaimTarget target(ClaimKind kind, NamespaceName namespace, Key key) {
        String rest = key.utf8().substring(folder(kind, namespace).length());
        return new ClaimTarget(kind, namespace, new ObjectName(rest.substring(0, rest.indexOf(BEFORE_CLAIM))));
    }

    static ClaimId claim(Key key) {
        String text = key.utf8();
        return new ClaimId(text.substring(text.indexOf(BEFORE_CLAIM) + 1));
    }

    static Key of(CounterKey counter) {
        return Key.of(ROOT + "counters/" + counter.namespace() + '/' + counter.name());
    }

    static KeyRange counters(NamespaceName namespace) {
        return KeyRange.prefix(ROOT + "counters/" + namespace + '/');
    }

    /** Returns the key that says what holds of a queue as a whole, which comes before those of its items. */
    static Key definition(QueueKey queue) {
        return Key.of(prefix("queues/", queue));
    }

    /** Returns the range of the definition of a queue and all its items. */
    static KeyRange all(QueueKey queue) {
        return KeyRange.prefix(prefix("queues/", queue));
    }

    static KeyRange items(QueueKey queue) {
        return all(queue).after(definition(queue));
    }

    /** Returns the key of an item; the order of keys is that of the numbers. */
    static Key item(QueueKey queue, long id) {
        return Key.of(prefix("queues/", queue) + number(id));
    }

    /** Reads the number of an item from its key. */
    static long item(Key key) {
        String text = key.utf8();
        return Long.parseLong(text.substring(text.indexOf(BEFORE_CLAIM) + 1));
    }

    /** Returns the key that is there while a session has an item. */
    static Key taking(QueueKey queue, long id) {
        return Key.of(prefix("takings/", queue) + number(id));
    }

    static KeyRange takings(QueueKey queue) {
        return KeyRange.prefix(prefix("takings/", queue));
    }

    static Key of(BarrierKey barrier) {
        return Key.of(ROOT + "barriers/" + barrier.namespace() + '/' + barrier.name());
    }

    static KeyRange barriers(NamespaceName namespace) {
        return KeyRange.prefix(ROOT + "barriers/" + namespace + '/');
    }

    /** Returns the range of the barriers of a namespace whose name begins with a text. */
    static KeyRange barriers(NamespaceName namespace, String prefix) {
        return KeyRange.prefix(ROOT + "barriers/" + namespace + '/' + prefix);
    }

    static BarrierKey barrier(NamespaceName namespace, Key key) {
        String text = key.utf8();
        return new BarrierKey(namespace, new ObjectName(text.substring(text.lastIndexOf('/') + 1)));
    }

    static Key of(BarrierKey barrier, ArrivalId arrival) {
        return Key.of(prefix(barrier) + arrival);
    }

    static KeyRange arrivals(BarrierKey barrier) {
        return KeyRange.prefix(prefix(barrier));
    }

    static ArrivalId arrival(Key key) {
        String text = key.utf8();
        return new ArrivalId(text.substring(text.indexOf(BEFORE_CLAIM) + 1));
    }

    private static String prefix(BarrierKey barrier) {
        return ROOT + "arrivals/" + barrier.namespace() + '/' + barrier.name() + BEFORE_CLAIM;
    }

    private static String prefix(String folder, QueueKey queue) {
        return ROOT + folder + queue.namespace() + '/' + queue.name() + BEFORE_CLAIM;
    }

    private static String number(long id) {
        return String.format(Locale.ROOT, "%019d", id);
    }

    private static String folder(ClaimKind kind, NamespaceName namespace) {
        return ROOT + kind.label() + "s/" + namespace + '/';
    }

    private static String prefix(ClaimTarget target) {
        return folder(target.kind(), target.namespace()) + target.name() + BEFORE_CLAIM;
    }
}
