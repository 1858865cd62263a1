package dev.roster.system.fault;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Reads all items at one member after the other all the time, and looks whether any answer shows some changed and some not. */
final class MixtureWatch implements AutoCloseable {

    private static final int PAUSE_MILLIS = 10;

    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicReference<@Nullable AssertionError> mixture = new AtomicReference<>();
    private final Thread thread;

    MixtureWatch(List<StoreMember> members, ItemsSeen items) {
        thread = Thread.ofPlatform().name("mixture-watch").start(() -> {
            for (int i = 0; !over.get() && mixture.get() == null; i++) {
                read(members.get(i % members.size()), items);
            }
        });
    }

    private void read(StoreMember member, ItemsSeen items) {
        try (StoreConnection connection = new StoreConnection(member.clientPort())) {
            items.version(connection.items(false, 0).versions());
            answers.incrementAndGet();
            Thread.sleep(PAUSE_MILLIS);
        } catch (IOException e) {
            // It has been killed, or is about to start.
        } catch (InterruptedException e) {
            over.set(true);
        } catch (AssertionError e) {
            mixture.set(e);
        }
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
