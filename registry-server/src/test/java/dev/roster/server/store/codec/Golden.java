package dev.roster.server.store.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;

/**
 * Bytes that were released, in hexadecimal, 32 to a line. They are never changed: what reads them today must read them in
 * every version to come. A new form gets a new file beside them.
 */
final class Golden {

    private Golden() {}

    /** Returns the bytes of a file. */
    static byte[] bytes(String name) {
        try (InputStream file = Golden.class.getResourceAsStream(name + ".hex")) {
            String hex = new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.US_ASCII);
            return HexFormat.of().parseHex(hex.replace("\n", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Demands that bytes are those of a file. */
    static void check(String name, byte[] actual) {
        assertThat(HexFormat.of().formatHex(actual)).as("bytes of %s", name)
                .isEqualTo(HexFormat.of().formatHex(bytes(name)));
    }
}
