package dev.roster.server.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.roster.server.store.Key;
import dev.roster.server.store.PutKey;
import dev.roster.server.store.Txn;
import dev.roster.server.store.Value;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A member whose files are damaged does not start, says what is wrong as the documents say it, and changes nothing. */
class DamagedDataTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "operating", "recovery.md");

    @TempDir
    Path directory;

    private LocalGroup group;

    /** A snapshot, and some log behind it. */
    @BeforeEach
    void write() throws Exception {
        group = new LocalGroup(directory, 1);
        try (AtomixReplicator member = group.start("m1")) {
            put(member, 50);
            member.takeSnapshot().get(20, TimeUnit.SECONDS);
            put(member, 50);
        }
    }

    private static void put(AtomixReplicator member, int keys) throws Exception {
        for (int i = 0; i < keys; i++) {
            member.propose(Txn.of(new PutKey(Key.of("k" + i), Value.of("v")))).get(20, TimeUnit.SECONDS);
        }
    }

    private enum Damage {
        BYTE_IN_THE_LOG {
            @Override
            void inflict(Path raft) throws IOException {
                flipByte(raft.resolve("roster-1.log"), 300);
            }
        },
        LOG_CUT_SHORT {
            @Override
            void inflict(Path raft) throws IOException {
                SegmentFile segment = SegmentFile.read(raft.resolve("roster-1.log"));
                segment.eraseAfter(segment.lastIndex() - 3);
            }
        },
        LOG_DELETED {
            @Override
            void inflict(Path raft) throws IOException {
                Files.delete(raft.resolve("roster-1.log"));
            }
        },
        HEADER_OF_THE_LOG {
            @Override
            void inflict(Path raft) throws IOException {
                flipByte(raft.resolve("roster-1.log"), 2);
            }
        },
        MARK_DELETED {
            @Override
            void inflict(Path raft) throws IOException {
                Files.delete(raft.resolve("mark"));
            }
        },
        MARK_DAMAGED {
            @Override
            void inflict(Path raft) throws IOException {
                flipByte(raft.resolve("mark"), 8);
                flipByte(raft.resolve("mark"), 4096 + 8);
            }
        },
        VOTES_DAMAGED {
            @Override
            void inflict(Path raft) throws IOException {
                flipByte(raft.resolve("votes"), 6);
            }
        },
        BYTE_IN_THE_SNAPSHOT {
            @Override
            void inflict(Path raft) throws IOException {
                Path snapshot = snapshot(raft);
                flipByte(snapshot, Files.size(snapshot) - 40);
            }
        },
        SNAPSHOT_CUT_SHORT {
            @Override
            void inflict(Path raft) throws IOException {
                Path snapshot = snapshot(raft);
                try (RandomAccessFile file = new RandomAccessFile(snapshot.toFile(), "rw")) {
                    file.setLength(file.length() - 40);
                }
            }
        },
        CLUSTER_DAMAGED {
            @Override
            void inflict(Path raft) throws IOException {
                Files.writeString(raft.resolve("cluster"), "proposal=");
            }
        },
        CLUSTER_DELETED {
            @Override
            void inflict(Path raft) throws IOException {
                Files.delete(raft.resolve("cluster"));
            }
        },
        MEMBERS_DAMAGED {
            @Override
            void inflict(Path raft) throws IOException {
                Files.writeString(raft.resolve("members"), "0\n12 1 1 m1=ACTIVE\n");
            }
        },
        OTHER_MEMBER {
            @Override
            void inflict(Path raft) throws IOException {
                Files.writeString(raft.resolveSibling("member"), "format=1\nmember=m9\n");
            }
        },
        NEWER_FORMAT {
            @Override
            void inflict(Path raft) throws IOException {
                Files.writeString(raft.resolveSibling("member"), "format=2\nmember=m1\n");
            }
        };

        abstract void inflict(Path raft) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void isRefusedAsDocumented(Damage damage) throws IOException {
        damage.inflict(raft());
        List<String> before = contents();

        MemberStartException refused = catchThrowableOfType(MemberStartException.class,
                () -> group.start("m1").close());

        assertThat(refused).isNotNull();
        assertThat(documented()).contains(inGeneral(refused.reason()), inGeneral(refused.action()));
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void aMissingSnapshotIsRefused() throws Exception {
        Files.delete(snapshot(raft()));
        // As after the log was cut off: what the snapshot stood for is nowhere else.
        Path log = raft().resolve("roster-1.log");
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
            file.seek(12);
            file.writeLong(40);
        }

        MemberStartException refused = catchThrowableOfType(MemberStartException.class,
                () -> group.start("m1").close());

        assertThat(refused).isNotNull();
        assertThat(documented()).contains(inGeneral(refused.reason()));
    }

    /** Takes the right to mount a file system: who may do anything may write anywhere else. */
    @Test
    void aReadOnlyDiskIsRefused() throws Exception {
        String data = directory.resolve("m1").toString();
        assumeTrue(run("mount", "--bind", data, data) && run("mount", "-o", "remount,bind,ro", data),
                "nothing can be mounted here: that takes root");
        List<String> before = contents();
        try {
            MemberStartException refused = catchThrowableOfType(MemberStartException.class,
                    () -> group.start("m1").close());

            assertThat(refused).isNotNull();
            assertThat(documented()).contains(inGeneral(refused.reason()), inGeneral(refused.action()));
            assertThat(contents()).isEqualTo(before);
        } finally {
            assertThat(run("umount", "-l", data)).isTrue();
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
    }

    private Path raft() {
        return directory.resolve("m1").resolve("raft");
    }

    private static Path snapshot(Path raft) throws IOException {
        try (Stream<Path> files = Files.list(raft)) {
            return files.filter(file -> file.toString().endsWith(".snapshot")).findFirst().orElseThrow();
        }
    }

    /** Numbers and the directory differ from case to case. */
    private String inGeneral(String text) {
        return text.replace(directory.resolve("m1").toString(), "/var/lib/roster").replaceAll("\\d+", "#");
    }

    private static String documented() throws IOException {
        return Files.readString(DOCUMENT).replaceAll("\\d+", "#").replaceAll("\\s(> )?", " ")
                .replaceAll(" +", " ");
    }

    /** What is in the files, in general: an empty lock file may come and go. */
    private List<String> contents() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).filter(file -> !file.toString().endsWith(".lock")).sorted()
                    .map(DamagedDataTest::summary).toList();
        }
    }

    private static String summary(Path file) {
        try {
            return file + " " + Arrays.hashCode(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void flipByte(Path file, long position) throws IOException {
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.seek(position);
            int value = raw.read();
            raw.seek(position);
            raw.write(value ^ 1);
        }
    }
}
