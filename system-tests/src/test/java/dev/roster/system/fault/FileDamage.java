package dev.roster.system.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Changes a byte of a file of a member that does not run, as a bad disk does. */
final class FileDamage {

    private FileDamage() {}

    /** Returns the files of a member whose names match, in order; those that were never written to are left out. */
    static List<Path> files(Path data, String name) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            List<Path> named = files.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().matches(name)).sorted().toList();
            return named.stream().filter(file -> end(file) > 0).toList();
        }
    }

    /** Changes one byte of what was written; returns what was done. */
    static String inflict(Path file, Random random) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int at = random.nextInt(end(file));
        byte before = bytes[at];
        bytes[at] ^= (byte) (1 + random.nextInt(255));
        Files.write(file, bytes);
        return "byte %d of %s, 0x%02x to 0x%02x".formatted(at, file.getFileName(), before, bytes[at]);
    }

    /** Files of the log are longer than what is in them: the rest is zeros. */
    private static int end(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] == 0) {
                end--;
            }
            return end;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
