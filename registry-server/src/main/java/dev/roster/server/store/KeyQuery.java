package dev.roster.server.store;

/**
 * Which keys of a range are wanted, how many, in which order and how much of each: what the {@code Range} of etcd v3 can
 * ask. A query looks at every key of its range, for it counts them; whoever pages through a range in key order and needs no
 * count reads more cheaply with {@link ReadView#read}.
 *
 * <p>Bounds choose among the keys of the range, then the order is made, then the limit cuts.
 *
 * @param range the range
 * @param limit most keys wanted, 1 or more
 * @param order in which order; keys that are equal by it are in key order
 * @param detail how much of each key
 * @param modified at which revisions a wanted key was last written
 * @param created at which revisions a wanted key came into being
 */
public record KeyQuery(KeyRange range, int limit, Order order, Detail detail, Bounds modified, Bounds created) {

    /** What an order looks at. */
    public enum Field {
        KEY, VERSION, CREATED, MODIFIED, VALUE
    }

    /**
     * An order of keys.
     *
     * @param field what it looks at
     * @param descending whether the greatest comes first
     */
    public record Order(Field field, boolean descending) {

        /** The order of the keys themselves. */
        public static final Order BY_KEY = new Order(Field.KEY, false);
    }

    /** How much of a key is wanted. */
    public enum Detail {

        /** All of it. */
        WHOLE,

        /** All but the value, which is empty. */
        WITHOUT_VALUE,

        /** Nothing but the number of keys. */
        COUNT
    }

    /**
     * Revisions, from one to another, both inclusive.
     *
     * @param least 0 or more
     * @param most 0 or more; less than {@code least} means none
     */
    public record Bounds(long least, long most) {

        /** Any revision. */
        public static final Bounds ANY = new Bounds(0, Long.MAX_VALUE);

        public Bounds {
            if (least < 0) {
                throw new InvalidCommandException("least", least, "0 or more");
            }
            if (most < 0) {
                throw new InvalidCommandException("most", most, "0 or more");
            }
        }

        boolean contain(Revision revision) {
            return revision.value() >= least && revision.value() <= most;
        }
    }

    public KeyQuery {
        ReadKeys.checkLimit(limit);
    }

    /** Asks for all keys of a range, whole and in key order. */
    public static KeyQuery of(KeyRange range) {
        return new KeyQuery(range, Integer.MAX_VALUE, Order.BY_KEY, Detail.WHOLE, Bounds.ANY, Bounds.ANY);
    }

    /** Returns the same with a limit. */
    public KeyQuery limit(int most) {
        return new KeyQuery(range, most, order, detail, modified, created);
    }

    /** Returns the same in an order, the least first. */
    public KeyQuery ascending(Field field) {
        return new KeyQuery(range, limit, new Order(field, false), detail, modified, created);
    }

    /** Returns the same in an order, the greatest first. */
    public KeyQuery descending(Field field) {
        return new KeyQuery(range, limit, new Order(field, true), detail, modified, created);
    }

    /** Returns the same with more or less of each key. */
    public KeyQuery detail(Detail wanted) {
        return new KeyQuery(range, limit, order, wanted, modified, created);
    }

    /** Returns the same for keys that were last written from one revision to another, both inclusive. */
    public KeyQuery modified(long least, long most) {
        return new KeyQuery(range, limit, order, detail, new Bounds(least, most), created);
    }

    /** Returns the same for keys that came into being from one revision to another, both inclusive. */
    public KeyQuery created(long least, long most) {
        return new KeyQuery(range, limit, order, detail, modified, new Bounds(least, most));
    }
}
