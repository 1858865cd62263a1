package dev.roster.server.config.transfer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads a zip file (PKWARE APPNOTE 6.3.10) by its central directory alone, so that no two readers of it could see different
 * files, and with what the classes of the JDK do not tell: whether an entry is a symbolic link. Only what is asked for is
 * unpacked. For one thread.
 */
final class ZipArchive {
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int CENTRAL_SIGNATURE = 0x02014b50;
    private static final int LOCAL_SIGNATURE = 0x04034b50;
    private static final int END_BYTES = 22;
    private static final int CENTRAL_BYTES = 46;
    private static final int LOCAL_BYTES = 30;
    private static final int MAX_COMMENT_BYTES = 0xFFFF;

    private static final int ENCRYPTED = 1;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;

    /** Systems by which an entry was made (APPNOTE 4.4.2), of which those of Unix say what kind of file it is. */
    private static final int UNIX = 3;
    private static final int OS_X = 19;
    private static final int TYPE_MASK = 0xF000;
    private static final int TYPE_FOLDER = 0x4000;
    private static final int TYPE_FILE = 0x8000;
    private static final int TYPE_LINK = 0xA000;

    private static final String WHOLE = "a zip file that is whole";

    private final ByteBuffer bytes;
    private long unpacked;

    private ZipArchive(byte[] archive) {
        this.bytes = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Lists the files of an archive in its order.
     *
     * @throws UnusableArchiveException if it is damaged, or an entry of it is no plain file with a harmless name of its own
     */
    static List<ArchiveEntry> read(byte[] archive) {
        try {
            return new ZipArchive(archive).entries();
        } catch (IndexOutOfBoundsException e) {
            throw new UnusableArchiveException("", "is damaged: it ends too early", WHOLE);
        }
    }

    private List<ArchiveEntry> entries() {
        int end = end();
        int count = u16(end + 10);
        int at = bytes.getInt(end + 16);
        if (count == 0xFFFF || at == -1) {
            throw new UnusableArchiveException("", "is in the form zip64", "a zip file of the plain form");
        }
        if (count > ImportLimits.MAX_ENTRIES) {
            throw new UnusableArchiveException("", "has " + count + " entries",
                    "at most " + ImportLimits.MAX_ENTRIES);
        }
        List<ArchiveEntry> entries = new ArrayList<>();
        Set<String> paths = new HashSet<>();
        for (int i = 0; i < count; i++) {
            if (bytes.getInt(at) != CENTRAL_SIGNATURE) {
                throw new UnusableArchiveException("", "is damaged: no entry is where entry " + (i + 1) + " should be",
                        WHOLE);
            }
            Entry entry = entry(at);
            if (!paths.add(entry.path)) {
                throw new UnusableArchiveException(entry.path, "is in the archive twice", "each path once");
            }
            if (!entry.path.endsWith("/")) {
                entries.add(new ArchiveEntry(entry.path, most -> unpack(entry, most)));
            }
            at += CENTRAL_BYTES + u16(at + 28) + u16(at + 30) + u16(at + 32);
        }
        return entries;
    }

    /** Finds the end record, behind which there may be a comment. */
    private int end() {
        int last = bytes.limit() - END_BYTES;
        for (int at = last; at >= Math.max(0, last - MAX_COMMENT_BYTES); at--) {
            if (bytes.getInt(at) == END_SIGNATURE && at + END_BYTES + u16(at + 20) == bytes.limit()) {
                return at;
            }
        }
        throw new UnusableArchiveException("", "is no zip file, or was cut short", WHOLE);
    }

    private record Entry(String path, int method, int checksum, long packed, long size, int local) {}

    private Entry entry(int at) {
        String path = path(at + CENTRAL_BYTES, u16(at + 28));
        ArchivePath.check(path);
        if ((u16(at + 8) & ENCRYPTED) != 0) {
            throw new UnusableArchiveException(path, "is encrypted", "a file that is not");
        }
        int system = u16(at + 4) >> 8;
        int type = system == UNIX || system == OS_X ? u16(at + 40) & TYPE_MASK : 0;
        if (type == TYPE_LINK) {
            throw new UnusableArchiveException(path, "is a symbolic link", "a file");
        }
        if (type != 0 && type != TYPE_FILE && type != TYPE_FOLDER) {
            throw new UnusableArchiveException(path, "is a device, pipe or socket", "a file");
        }
        return new Entry(path, u16(at + 10), bytes.getInt(at + 16), u32(at + 20), u32(at + 24), bytes.getInt(at + 42));
    }

    private String path(int at, int length) {
        byte[] name = new byte[length];
        bytes.get(at, name);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name)).toString();
        } catch (CharacterCodingException e) {
            throw new UnusableArchiveException(
                    new String(name, StandardCharsets.ISO_8859_1).replaceAll("\\p{Cntrl}", "?"),
                    "has a name that is not UTF-8", "names in UTF-8");
        }
    }

    private byte[] unpack(Entry entry, int most) {
        if (entry.size > most) {
            throw new UnusableArchiveException(entry.path, "has " + entry.size + " bytes", "at most " + most);
        }
        unpacked += entry.size;
        if (unpacked > ImportLimits.MAX_UNPACKED_BYTES) {
            throw new UnusableArchiveException(entry.path, "brings the archive to " + unpacked + " bytes",
                    "at most " + ImportLimits.MAX_UNPACKED_BYTES + " bytes of all entries, unpacked");
        }
        try {
            byte[] content = unpack(entry);
            CRC32 checksum = new CRC32();
            checksum.update(content);
            if ((int) checksum.getValue() != entry.checksum) {
                throw damaged(entry, "does not match its checksum");
            }
            return content;
        } catch (IndexOutOfBoundsException | DataFormatException e) {
            throw damaged(entry, "is damaged");
        }
    }

    private byte[] unpack(Entry entry) throws DataFormatException {
        if (entry.packed > bytes.limit() || bytes.getInt(entry.local) != LOCAL_SIGNATURE) {
            throw damaged(entry, "is not where the archive says");
        }
        int from = entry.local + LOCAL_BYTES + u16(entry.local + 26) + u16(entry.local + 28);
        byte[] content = new byte[(int) entry.size];
        switch (entry.method) {
            case STORED -> {
                if (entry.packed != entry.size) {
                    throw damaged(entry, "has two sizes");
                }
                bytes.get(from, content);
            }
            case DEFLATED -> inflate(entry, bytes.slice(from, (int) entry.packed), content);
            default -> throw new UnusableArchiveException(entry.path, "is packed by method " + entry.method,
                    "stored or deflated entries");
        }
        return content;
    }

    private static void inflate(Entry entry, ByteBuffer packed, byte[] content) throws DataFormatException {
        try (Inflater inflater = new Inflater(true)) {
            inflater.setInput(packed);
            int read = 0;
            while (read < content.length && !inflater.finished()) {
                int step = inflater.inflate(content, read, content.length - read);
                if (step == 0 && !inflater.finished()) {
                    throw damaged(entry, "is cut short");
                }
                read += step;
            }
            // Whoever declares less than there is hides the rest from whoever believes it.
            if (read != content.length || (!inflater.finished() && inflater.inflate(new byte[1]) != 0)) {
                throw damaged(entry, "has another size than it declares");
            }
        }
    }

    private static UnusableArchiveException damaged(Entry entry, String problem) {
        return new UnusableArchiveException(entry.path, problem, WHOLE);
    }

    private int u16(int at) {
        return Short.toUnsignedInt(bytes.getShort(at));
    }

    private long u32(int at) {
        return Integer.toUnsignedLong(bytes.getInt(at));
    }
}
