package dev.roster.system.fault;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Reads all items at one member after the other all the time, and looks whether any answer shows some changed and some not. */
final class MixtureWatch implements AutoCloseable {

    private static final int PAUSE_MILLIS = 5;

    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicReference<@Nullable AssertionError> mixture = new AtomicReference<>();
    private final Thread thread;

    MixtureWatch(ChangeSetCalls calls, List<URI> members, ItemsSeen items) {
        thread = Thread.ofPlatform().name("mixture-watch").start(() -> {
            for (int i = 0; !over.get(); i++) {
                try {
                    items.version(calls.itemsNow(members.get(i % members.size())));
                    answers.incrementAndGet();
                    Thread.sleep(PAUSE_MILLIS);
                } catch (IOException e) {
                    // The member has been killed, or is about to start.
                } catch (InterruptedException e) {
                    return;
                } catch (AssertionError e) {
                    mixture.compareAndSet(null, e);
                    return;
                }
            }
        });
    }

    /** Returns how many answers it has got. */
    int answers() {
        return answers.get();
    }

    /** Fails if any answer showed a mixture. */
    void assertNone() {
        AssertionError found = mixture.get();
        if (found != null) {
            throw found;
        }
    }

    @Override
    public void close() throws InterruptedException {
        over.set(true);
        thread.join();
    }
}
