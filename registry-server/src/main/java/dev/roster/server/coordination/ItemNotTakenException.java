package dev.roster.server.coordination;

/** The session does not have the item, or not any more. */
public final class ItemNotTakenException extends CoordinationException {
    private static final long serialVersionUID = 1L;

    private final transient QueueKey queue;
    private final long id;

    /** Makes the exception. */
    public ItemNotTakenException(QueueKey queue, long id) {
        super("item " + id + " of " + queue + " is not taken");
        this.queue = queue;
        this.id = id;
    }

    /** Returns which queue. */
    public QueueKey queue() {
        return queue;
    }

    /** Returns the number of the item. */
    public long id() {
        return id;
    }
}
