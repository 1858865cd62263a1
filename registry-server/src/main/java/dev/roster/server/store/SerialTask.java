package dev.roster.server.store;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * Runs a body on an executor whenever it is woken, never twice at a time. However often it is woken while it waits, it runs
 * once; woken while it runs, it runs again. Waking never waits for the body, unless the executor is the caller itself.
 */
final class SerialTask implements Runnable {
    private enum State {
        IDLE, WOKEN, RUNNING, RUNNING_AND_WOKEN
    }

    private final Executor executor;
    private final BooleanSupplier body;
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);

    /**
     * Makes a task that sleeps.
     *
     * @param body returns whether it wants to run again, which lets others of the executor go before
     */
    SerialTask(Executor executor, BooleanSupplier body) {
        this.executor = executor;
        this.body = body;
    }

    /**
     * Sees to it that the body runs, beginning later than now.
     *
     * @return false if the executor takes no more work, so that it will not
     */
    boolean wake() {
        State before = state.getAndUpdate(present -> switch (present) {
            case IDLE, WOKEN -> State.WOKEN;
            case RUNNING, RUNNING_AND_WOKEN -> State.RUNNING_AND_WOKEN;
        });
        return before != State.IDLE || submit();
    }

    private boolean submit() {
        try {
            executor.execute(this);
            return true;
        } catch (RejectedExecutionException e) {
            state.set(State.IDLE);
            return false;
        }
    }

    /** Called by the executor. What the body throws is the executor's to report; the task can be woken again. */
    @Override
    public void run() {
        state.set(State.RUNNING);
        boolean again = false;
        try {
            again = body.getAsBoolean();
        } finally {
            if (again || !state.compareAndSet(State.RUNNING, State.IDLE)) {
                state.set(State.WOKEN);
                submit();
            }
        }
    }
}
