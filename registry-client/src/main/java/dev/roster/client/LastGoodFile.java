package dev.roster.client;

import dev.roster.api.registry.ServiceInstances;
import dev.roster.api.watch.ConfigState;
import dev.roster.client.WatchKey.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Last good states in one JSON file. The file is encrypted, and readable by its owner only, since configuration may hold
 * secrets, and is replaced as a whole, so that a reader never sees half of it. It is written a moment after a change, off the stream's
 * thread. A file that others could have written is not read. A disk that fails is said once in the log and otherwise ignored.
 */
final class LastGoodFile implements LastGood {
    private static final Logger LOG = LoggerFactory.getLogger(LastGoodFile.class);
    private static final Duration WRITE_DELAY = Duration.ofMillis(500);
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_ONLY_DIRECTORY = PosixFilePermissions.fromString("rwx------");

    private final Path file;
    private final ScheduledExecutorService scheduler;
    private final LastGoodSeal seal;
    private final Map<WatchKey, Object> states = new LinkedHashMap<>();
    private boolean dirty;
    private boolean scheduled;
    private boolean failing;

    /** What the file holds. */
    record Content(List<ServiceInstances> services, List<ConfigState> configs) {
        Content {
            services = services == null ? List.of() : List.copyOf(services);
            configs = configs == null ? List.of() : List.copyOf(configs);
        }
    }

    /** Reads the file, if there is one. */
    LastGoodFile(Path file, ScheduledExecutorService scheduler, Supplier<Credentials> credentials) {
        this.seal = new LastGoodSeal(credentials);
        this.file = file;
        this.scheduler = scheduler;
        read();
    }

    @Override
    public synchronized Optional<ServiceInstances> service(WatchKey key) {
        return states.get(key) instanceof ServiceInstances service ? Optional.of(service) : Optional.empty();
    }

    @Override
    public synchronized Optional<ConfigState> config(WatchKey key) {
        return states.get(key) instanceof ConfigState config ? Optional.of(config) : Optional.empty();
    }

    @Override
    public synchronized void put(WatchKey key, Object state) {
        states.remove(key);
        states.put(key, state);
        if (states.size() > 2 * WatchOperations.MAX_TARGETS) {
            states.remove(states.keySet().iterator().next());
        }
        dirty = true;
        if (!scheduled && !scheduler.isShutdown()) {
            scheduled = true;
            Future<?> unused = scheduler.schedule(this::flush, WRITE_DELAY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void flush() {
        Content content;
        synchronized (this) {
            scheduled = false;
            if (!dirty) {
                return;
            }
            dirty = false;
            content = content();
        }
        try {
            write(content);
            failing = false;
        } catch (IOException | JacksonException e) {
            if (!failing) {
                LOG.warn(
                        "The last good answers of Roster cannot be kept in {}: a start without Roster will not find them",
                        file, e);
            }
            failing = true;
        }
    }

    private Content content() {
        List<ServiceInstances> services = new ArrayList<>();
        List<ConfigState> configs = new ArrayList<>();
        for (Object state : states.values()) {
            if (state instanceof ServiceInstances service) {
                services.add(service);
            } else if (state instanceof ConfigState config) {
                configs.add(config);
            }
        }
        return new Content(services, configs);
    }

    private void read() {
        try {
            if (isPosix() && !Collections.disjoint(Files.getPosixFilePermissions(file),
                    Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE))) {
                LOG.warn("{} is not read: others than its owner may write it", file);
                return;
            }
            Content content;
            try (InputStream in = Files.newInputStream(file)) {
                content = Json.read(new ByteArrayInputStream(seal.open(in.readAllBytes())), Content.class);
            }
            content.services().forEach(
                    state -> states.put(new WatchKey(Kind.SERVICE, state.namespace(), state.service()), state));
            content.configs()
                    .forEach(state -> states.put(new WatchKey(Kind.CONFIG, state.namespace(), state.name()), state));
        } catch (NoSuchFileException e) {
            LOG.debug("No last good answers in {}", file);
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            LOG.warn("The last good answers in {} cannot be read and are passed over", file, e);
            states.clear();
        }
    }

    private synchronized void write(Content content) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null) {
            throw new IOException(file + " is not a file in a directory");
        }
        Files.createDirectories(directory, attributes(OWNER_ONLY_DIRECTORY));
        Path next = Files.createTempFile(directory, ".last-good", ".tmp", attributes(OWNER_ONLY));
        try {
            ByteArrayOutputStream json = new ByteArrayOutputStream();
            Json.write(json, content);
            Files.write(next, seal.seal(json.toByteArray()));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    private FileAttribute<?>[] attributes(Set<PosixFilePermission> permissions) {
        return isPosix()
                ? new FileAttribute<?>[]{PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    private boolean isPosix() {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
