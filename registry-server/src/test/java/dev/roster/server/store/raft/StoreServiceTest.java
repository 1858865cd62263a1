package dev.roster.server.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.roster.server.store.Key;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.ReadView;
import dev.roster.server.store.StateMachine;
import dev.roster.server.store.Txn;
import dev.roster.server.store.Value;
import dev.roster.server.store.codec.Batch;
import dev.roster.server.store.codec.BatchMachine;
import dev.roster.server.store.codec.CommandCodec;
import dev.roster.server.store.raft.SnapshotTaker.CapturedImage;
import dev.roster.server.store.raft.SyncedSnapshotStore.Boundary;
import io.atomix.primitive.operation.OperationId;
import io.atomix.primitive.service.Commit;
import io.atomix.primitive.service.impl.DefaultBackupInput;
import io.atomix.primitive.service.impl.DefaultBackupOutput;
import io.atomix.primitive.service.impl.DefaultCommit;
import io.atomix.storage.buffer.Buffer;
import io.atomix.storage.buffer.HeapBuffer;
import io.atomix.utils.serializer.Namespaces;
import io.atomix.utils.serializer.Serializer;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoreServiceTest {

    private static final Serializer SERIALIZER = Serializer.using(Namespaces.BASIC);

    private final List<String> fatal = new ArrayList<>();
    private final List<Batch> applied = new ArrayList<>();
    private final CapturedImage images = new CapturedImage();

    @Test
    void appliesABatchAndTellsOfIt() {
        BatchMachine machine = machine();

        service(machine).apply(commit(CommandCodec.encodeBatch(batch(1))));

        assertThat(applied).containsExactly(batch(1));
        assertThat(machine.stateMachine().view().find(Key.of("k1"))).isPresent();
        assertThat(fatal).isEmpty();
    }

    @Test
    void stopsTheMemberAtAnEntryThatItDoesNotKnow() {
        StoreService service = service(machine());

        assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> service.apply(commit(new byte[]{9, 9, 9})));

        assertThat(fatal).singleElement().asString().contains("Log entry 5 can't be applied");
        assertThat(applied).isEmpty();
    }

    @Test
    void restoresWhatItBackedUp() throws IOException {
        BatchMachine machine = machine();
        service(machine).apply(commit(CommandCodec.encodeBatch(batch(1))));
        Buffer buffer = backup(machine);

        BatchMachine restored = machine();
        service(restored).restore(new DefaultBackupInput(buffer.flip(), SERIALIZER));

        assertThat(restored.stateMachine().view().find(Key.of("k1"))).isPresent();
        assertThat(restored.stateMachine().view().revision().value()).isEqualTo(1);
        assertThat(fatal).isEmpty();
    }

    /** Atomix makes a new service for each snapshot that it installs; those who read know nothing of it. */
    @Test
    void thoseWhoReadFollowTheServiceThatTakesTheStateFromASnapshot() throws IOException {
        BatchMachine ahead = machine();
        service(ahead).apply(commit(CommandCodec.encodeBatch(batch(1))));
        service(ahead).apply(commit(CommandCodec.encodeBatch(batch(2))));
        Buffer snapshot = backup(ahead);
        BatchMachine behind = machine();
        StateMachine read = behind.stateMachine();
        List<Long> told = new ArrayList<>();
        read.addListener((command, result) -> told.add(read.view().revision().value()));
        service(behind).apply(commit(CommandCodec.encodeBatch(batch(1))));
        ReadView before = read.view();

        StoreService next = service(behind);
        next.restore(new DefaultBackupInput(snapshot.flip(), SERIALIZER));
        next.apply(commit(CommandCodec.encodeBatch(batch(3))));

        assertThat(read.view().find(Key.of("k2"))).isPresent();
        assertThat(read.view().find(Key.of("k3"))).isPresent();
        assertThat(told).as("watches go by this").containsExactly(1L, 2L, 3L);
        assertThat(before.revision().value()).as("who is reading goes on with what there was").isEqualTo(1);
        assertThat(before.find(Key.of("k2"))).isEmpty();
        assertThat(fatal).isEmpty();
    }

    @Test
    void stopsTheMemberWhenAByteOfTheSnapshotIsChanged() throws IOException {
        BatchMachine machine = machine();
        service(machine).apply(commit(CommandCodec.encodeBatch(batch(1))));
        Buffer buffer = backup(machine);
        int middle = buffer.position() / 2;
        buffer.writeByte(middle, buffer.readByte(middle) ^ 1);

        StoreService service = service(machine());
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> service.restore(new DefaultBackupInput(buffer.flip(), SERIALIZER)));

        assertThat(fatal).singleElement().asString().contains("snapshot can't be restored");
    }

    @Test
    void stopsTheMemberWhenTheSnapshotIsEmpty() {
        StoreService service = service(machine());

        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(
                () -> service.restore(new DefaultBackupInput(HeapBuffer.allocate(16, 16).flip(), SERIALIZER)));

        assertThat(fatal).hasSize(1);
    }

    private Buffer backup(BatchMachine machine) throws IOException {
        service(machine).backup(new DefaultBackupOutput(HeapBuffer.allocate(16, 16), SERIALIZER));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream sealed = SnapshotSeal.writer(bytes, new Boundary(5, 1))) {
            images.take().writeTo(new DataOutputStream(sealed));
        }
        return HeapBuffer.allocate(bytes.size(), bytes.size()).write(bytes.toByteArray());
    }

    private StoreService service(BatchMachine machine) {
        return new StoreService(machine, (batch, outcomes) -> applied.add(batch), images,
                (message, cause) -> fatal.add(message));
    }

    private static BatchMachine machine() {
        return new BatchMachine(StateMachine.empty());
    }

    private static Batch batch(long sequence) {
        return new Batch(7, sequence, sequence,
                List.of(Txn.of(new PutKey(Key.of("k" + sequence), Value.of("v")))));
    }

    private static Commit<byte[]> commit(byte[] value) {
        return new DefaultCommit<>(5, OperationId.command("append"), value, null, 1_000);
    }
}
