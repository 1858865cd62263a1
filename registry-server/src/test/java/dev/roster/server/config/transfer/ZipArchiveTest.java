package dev.roster.server.config.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives of strangers: what is good is read, what could do harm is refused by the name of its entry. */
class ZipArchiveTest {
    private static final byte[] GOOD = Zips.of("a/b.yaml", "x: 1\n".repeat(100).getBytes(StandardCharsets.UTF_8));
    private static final int MOST = 1000;

    private static void read(byte[] zip) {
        ZipArchive.read(zip).forEach(entry -> entry.content().read(MOST));
    }

    private static void refuses(byte[] zip, String message) {
        assertThatThrownBy(() -> read(zip)).isInstanceOf(UnusableArchiveException.class).hasMessageContaining(message);
    }

    @Test
    void readsFilesInTheirOrder() throws Exception {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("b.yaml", "");
        files.put("dir/", "");
        files.put("dir/ä.txt", "grün");

        List<ArchiveEntry> entries = ZipArchive.read(Zips.of(files));

        assertThat(entries).extracting(ArchiveEntry::path).containsExactly("b.yaml", "dir/ä.txt");
        assertThat(entries.getLast().text(MOST)).isEqualTo("grün");
        assertThat(ZipArchive.read(Zips.of(Map.of()))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../a.yaml", "a/../../b.yaml", "a/./b.yaml", "C:/a.yaml", "c:a.yaml",
            "a//b.yaml", "a\\b.yaml", "..", "a/..", "a\u0000b.yaml", "a\nb.yaml"})
    void refusesPathsThatLeadElsewhere(String path) {
        assertThatThrownBy(() -> ZipArchive.read(Zips.of(path, new byte[1])))
                .isInstanceOf(UnusableArchiveException.class)
                .satisfies(e -> assertThat(((UnusableArchiveException) e).entry())
                        .isEqualTo(path.replaceAll("\\p{Cntrl}", "?")));
    }

    @Test
    void refusesPathsThatAreTooLong() {
        refuses(Zips.of("a/".repeat(600) + "b", new byte[1]), "more than 1024 bytes");
    }

    @Test
    void refusesLinks() {
        refuses(Zips.withLink(GOOD), "a/b.yaml is a symbolic link");
    }

    @Test
    void refusesAPathTwice() {
        refuses(Zips.withEntryTwice(GOOD), "a/b.yaml is in the archive twice");
    }

    @Test
    void refusesEncryptedEntriesAndOtherMethods() {
        refuses(Zips.withCentral(GOOD, 8, 0x0801), "a/b.yaml is encrypted");
        refuses(Zips.withCentral(GOOD, 10, 12), "a/b.yaml is packed by method 12");
    }

    @Test
    void refusesNamesThatAreNotUtf8() {
        byte[] zip = Zips.of("ab.yaml", new byte[1]);
        zip[zip.length - 22 - 7] = (byte) 0xFF;

        refuses(zip, "has a name that is not UTF-8");
    }

    @Test
    void refusesLargeEntriesBeforeTheyAreUnpacked() {
        refuses(Zips.of("bomb.yaml", new byte[MOST + 1]), "bomb.yaml has 1001 bytes, expected at most 1000");
    }

    @Test
    void refusesEntriesThatUnpackToMoreOrLessThanTheyDeclare() {
        refuses(Zips.withCentral(GOOD, 24, 400), "a/b.yaml has another size than it declares");
        refuses(Zips.withCentral(GOOD, 24, 600), "a/b.yaml has another size than it declares");
    }

    @Test
    void refusesArchivesThatUnpackToTooMuch() {
        Map<String, String> files = new LinkedHashMap<>();
        String megabyte = "x".repeat(1024 * 1024);
        for (int i = 0; i < 65; i++) {
            files.put("f" + i, megabyte);
        }
        byte[] bomb = Zips.of(files);

        assertThat(bomb.length).isLessThan(200_000);
        assertThatThrownBy(() -> ZipArchive.read(bomb).forEach(entry -> entry.content().read(1024 * 1024)))
                .hasMessageContaining("f64 brings the archive to 68157440 bytes");
    }

    @Test
    void refusesTooManyEntries() {
        Map<String, String> files = new LinkedHashMap<>();
        for (int i = 0; i <= ImportLimits.MAX_ENTRIES; i++) {
            files.put("f" + i, "");
        }

        refuses(Zips.of(files), "has 20001 entries, expected at most 20000");
    }

    @Test
    void refusesWhatIsNoZip() {
        refuses(new byte[0], "is no zip file");
        refuses("a: 1\n".getBytes(StandardCharsets.UTF_8), "is no zip file");
        for (int length = 0; length < GOOD.length; length++) {
            byte[] cut = Arrays.copyOf(GOOD, length);
            assertThatThrownBy(() -> read(cut)).as("cut at %d", length).isInstanceOf(UnusableArchiveException.class);
        }
    }

    @Test
    void neverFailsInAnotherWay() {
        SplittableRandom random = new SplittableRandom(20261121);
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = GOOD.clone();
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                read(damaged);
            } catch (UnusableArchiveException expected) {
                assertThat(expected.problem()).isNotEmpty();
            }
        }
    }
}
