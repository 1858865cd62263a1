package dev.roster.server.config.transfer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Zips as tests need them: good ones, and such as no tool would write. */
final class Zips {
    private static final int CENTRAL_SIGNATURE = 0x02014b50;
    private static final int END_SIGNATURE = 0x06054b50;

    private Zips() {}

    /** Returns a zip of files by path, in their order. */
    static byte[] of(Map<String, String> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                put(zip, file.getKey(), file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Returns a zip of one file. */
    static byte[] of(String path, byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            put(zip, path, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, String path, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(path));
        zip.write(content);
        zip.closeEntry();
    }

    /** Changes two bytes of the first entry of the central directory. */
    static byte[] withCentral(byte[] zip, int offset, int value) {
        ByteBuffer bytes = ByteBuffer.wrap(zip.clone()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putShort(central(bytes) + offset, (short) value);
        return bytes.array();
    }

    /** Says that the first entry is a symbolic link, as tools on Unix do. */
    static byte[] withLink(byte[] zip) {
        return withCentral(withCentral(zip, 4, 3 << 8 | 20), 40, 0xA1FF);
    }

    /** Lists the first entry once more in its central directory. */
    static byte[] withEntryTwice(byte[] zip) {
        ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int central = central(bytes);
        int end = end(bytes);
        int length = end - central;
        ByteBuffer twice = ByteBuffer.allocate(zip.length + length).order(ByteOrder.LITTLE_ENDIAN);
        twice.put(zip, 0, end).put(zip, central, length).put(zip, end, zip.length - end);
        twice.putShort(end + length + 8, (short) 2).putShort(end + length + 10, (short) 2);
        return twice.array();
    }

    private static int central(ByteBuffer bytes) {
        return bytes.getInt(end(bytes) + 16) + check(bytes, bytes.getInt(end(bytes) + 16), CENTRAL_SIGNATURE);
    }

    private static int end(ByteBuffer bytes) {
        int end = bytes.limit() - 22;
        return end + check(bytes, end, END_SIGNATURE);
    }

    private static int check(ByteBuffer bytes, int at, int signature) {
        if (bytes.getInt(at) != signature) {
            throw new IllegalArgumentException("no zip as Java writes it");
        }
        return 0;
    }
}
