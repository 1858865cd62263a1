package dev.roster.server.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Makes commands at random over few keys and leases, so that they meet: puts, deletions of keys and ranges, reads, nested
 * transactions, compares that hold and that do not, leases, compaction, and some of each that must be refused. The same seed
 * makes the same commands.
 */
public final class RandomCommands {
    private static final List<String> NAMES = List.of("a", "a/", "a/b", "a/b/c", "a/c", "b", "b/1", "b/2", "b/3", "c",
            "\u0000", "zzz", "é", "\uFFFF");
    private static final int LEASES = 6;

    private final SplittableRandom random;

    /** Makes a series of commands. */
    public RandomCommands(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /**
     * Returns the next command.
     *
     * @param present revision that compaction is chosen near
     */
    public Command next(long present) {
        return switch (random.nextInt(20)) {
            case 0, 1 -> new GrantLease(lease(), Duration.ofSeconds(random.nextLong(1, 100), random.nextInt(2)));
            case 2 -> new RevokeLeases(several(3, this::lease));
            case 3 -> new Compact(new Revision(Math.max(0, present + random.nextInt(-12, 2))));
            case 4 -> new ExpireLeases(random.nextLong(1, 4) + present / 100, several(3, this::lease));
            default -> txn(1);
        };
    }

    private Txn txn(int depth) {
        return new Txn(several(2, this::compare), several(4, () -> operation(depth)),
                several(2, () -> operation(depth)));
    }

    private Operation operation(int depth) {
        return switch (random.nextInt(depth < 3 ? 13 : 12)) {
            case 0, 1, 2, 3, 4 ->
                new PutKey(key(), value(), random.nextInt(3) == 0 ? lease() : LeaseId.NONE, random.nextBoolean());
            case 5 -> new DeleteKeys(key());
            case 6 -> new DeleteKeys(range(), random.nextBoolean());
            case 7, 8 -> new ReadKeys(range(), random.nextInt(1, 6));
            case 9, 10 -> new UpdateKey(key(), random.nextBoolean() ? value() : null,
                    random.nextInt(3) == 0 ? lease() : null, random.nextBoolean());
            case 11 -> new QueryKeys(query(), random.nextInt(4) == 0 ? new Revision(random.nextInt(100)) : null);
            default -> txn(depth + 1);
        };
    }

    /** Returns a query. */
    public KeyQuery query() {
        KeyQuery.Order order = new KeyQuery.Order(KeyQuery.Field.values()[random.nextInt(5)], random.nextBoolean());
        return new KeyQuery(range(), random.nextInt(1, 6), order, KeyQuery.Detail.values()[random.nextInt(3)],
                bounds(), bounds());
    }

    private KeyQuery.Bounds bounds() {
        return random.nextInt(3) == 0
                ? new KeyQuery.Bounds(random.nextInt(50), random.nextInt(100))
                : KeyQuery.Bounds.ANY;
    }

    private Compare compare() {
        Compare.Relation relation = Compare.Relation.values()[random.nextInt(4)];
        return switch (random.nextInt(6)) {
            case 0 -> new Compare(range(), Compare.Field.VERSION, relation, random.nextInt(3), null);
            case 1 -> new Compare(range(), Compare.Field.CREATED, relation, random.nextInt(100), null);
            case 2 -> new Compare(range(), Compare.Field.MODIFIED, relation, random.nextInt(100), null);
            case 3 -> new Compare(range(), Compare.Field.LEASE, relation, lease().value(), null);
            case 4 -> new Compare(range(), Compare.Field.VALUE, relation, 0, value());
            default -> Compare.absent(key());
        };
    }

    private KeyRange range() {
        return switch (random.nextInt(5)) {
            case 0 -> KeyRange.prefix(key());
            case 1 -> new KeyRange(key(), key());
            case 2 -> new KeyRange(key(), null);
            case 3 -> KeyRange.ALL.after(key());
            default -> KeyRange.of(key());
        };
    }

    /** Returns one of few keys. */
    public Key key() {
        return Key.of(NAMES.get(random.nextInt(NAMES.size())));
    }

    private Value value() {
        return Value.of("v".repeat(random.nextInt(3)) + random.nextInt(4));
    }

    private LeaseId lease() {
        long id = random.nextInt(1, LEASES + 1);
        return new LeaseId(id % 2 == 0 ? -id : id);
    }

    private <T> List<T> several(int most, Supplier<T> one) {
        List<T> several = new ArrayList<>();
        for (int left = random.nextInt(most + 1); left > 0; left--) {
            several.add(one.get());
        }
        return several;
    }
}
