package dev.roster.server.coordination;

/** The queue holds as many items as it may. */
public final class QueueFullException extends CoordinationException {
    private static final long serialVersionUID = 1L;

    private final transient QueueKey queue;
    private final int capacity;

    /** Makes the exception. */
    public QueueFullException(QueueKey queue, int capacity) {
        super(queue + " is full");
        this.queue = queue;
        this.capacity = capacity;
    }

    /** Returns which queue. */
    public QueueKey queue() {
        return queue;
    }

    /** Returns how many items it may hold. */
    public int capacity() {
        return capacity;
    }
}
