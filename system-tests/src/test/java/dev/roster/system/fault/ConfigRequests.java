package dev.roster.system.fault;

import dev.roster.server.config.ConfigException;
import dev.roster.server.config.ConfigReleases;
import dev.roster.server.config.ConfigView;
import dev.roster.server.config.Expectation;
import dev.roster.server.config.ItemChange;
import dev.roster.server.config.ItemKey;
import dev.roster.server.config.ItemName;
import dev.roster.server.config.ItemPage;
import dev.roster.server.config.Publication;
import dev.roster.server.config.changeset.About;
import dev.roster.server.config.changeset.ChangeSet;
import dev.roster.server.config.changeset.ChangeSetException;
import dev.roster.server.config.changeset.ChangeSetKey;
import dev.roster.server.config.changeset.ChangeSetPublisher;
import dev.roster.server.config.changeset.ChangeSets;
import dev.roster.server.config.format.DocumentFormat;
import dev.roster.server.security.Caller;
import dev.roster.server.security.NamespaceName;
import dev.roster.server.security.Role;
import dev.roster.server.store.Outcome;
import dev.roster.server.store.OutcomeUnknownException;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.Store;
import dev.roster.server.store.StoreException;
import dev.roster.system.fault.StoreProcess.Answer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;

/** What a {@link StoreProcess} does with change sets: that of the server, without HTTP around it. */
final class ConfigRequests {

    private static final NamespaceName NAMESPACE = NamespaceName.DEFAULT;
    private static final Caller AUTHOR = new Caller("author", Role.EDITOR, Caller.Means.NONE, "127.0.0.1", null);

    private final Store store;
    private final ChangeSets sets;
    private final ChangeSetPublisher publisher;

    ConfigRequests(Store store) {
        InstantSource clock = InstantSource.system();
        this.store = store;
        this.sets = new ChangeSets(store, clock);
        this.publisher = new ChangeSetPublisher(store, new ConfigReleases(store, clock, new SimpleMeterRegistry()),
                clock);
    }

    /** Makes a change set with a draft for each item, based on the version that all of them have, and answers its id and number. */
    void draft(DataInputStream in, DataOutputStream out) throws IOException {
        long base = in.readLong();
        String attempt = in.readUTF();
        answer(out, () -> {
            ChangeSet set = sets.create(AUTHOR, NAMESPACE, new About(attempt, null));
            for (Map.Entry<String, String> document : ItemsSeen.documents(attempt).entrySet()) {
                set = sets.saveDraft(AUTHOR, set.key(), set.number(),
                        new ItemChange.Publish(item(document.getKey()),
                                new Publication(DocumentFormat.YAML, document.getValue(), null),
                                base == 0 ? new Expectation.Absent() : new Expectation.Version(base)));
            }
            ChangeSet drafted = set;
            return () -> {
                out.writeLong(drafted.key().id());
                out.writeLong(drafted.number());
            };
        });
    }

    /** Publishes a change set. */
    void publish(DataInputStream in, DataOutputStream out) throws IOException {
        ChangeSetKey key = new ChangeSetKey(NAMESPACE, in.readLong());
        long number = in.readLong();
        answer(out, () -> {
            publisher.publish(AUTHOR, key, number, Set.of());
            return () -> {};
        });
    }

    /** Answers whether a change set is published, and the versions of all items, all at one revision. */
    void items(DataInputStream in, DataOutputStream out) throws IOException {
        boolean linearizable = in.readBoolean();
        long id = in.readLong();
        answer(out, () -> {
            ReadView view = linearizable ? Outcome.await(store.linearizableView()) : store.view();
            ItemPage page = new ConfigView(view).items(NAMESPACE, "", null, ItemsSeen.COUNT + 1);
            boolean published = id > 0
                    && sets.get(AUTHOR, new ChangeSetKey(NAMESPACE, id)).status() == ChangeSet.Status.PUBLISHED;
            return () -> {
                out.writeBoolean(published);
                out.writeInt(page.items().size());
                for (ItemPage.Entry item : page.items()) {
                    out.writeUTF(item.item().name().value());
                    out.writeLong(item.current().version());
                    out.writeUTF(item.current().contentHash());
                }
            };
        });
    }

    private static ItemKey item(String name) {
        return new ItemKey(NAMESPACE, new ItemName(name));
    }

    private interface Work {
        Rest run();
    }

    /** What follows an answer that it is done. */
    private interface Rest {
        void write() throws IOException;
    }

    private static void answer(DataOutputStream out, Work work) throws IOException {
        Rest rest;
        try {
            rest = work.run();
        } catch (OutcomeUnknownException e) {
            out.writeByte(Answer.UNKNOWN.ordinal());
            return;
        } catch (StoreException | ConfigException | ChangeSetException e) {
            System.out.println("not done: " + e);
            out.writeByte(Answer.NOT_DONE.ordinal());
            return;
        }
        out.writeByte(Answer.DONE.ordinal());
        rest.write();
    }
}
