package dev.roster.server.config.transfer;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A file of an archive, unpacked only when it is read.
 *
 * @param path names of folders and of the file, parted by slashes; relative, without {@code .} and {@code ..}
 * @param content unpacks it
 */
record ArchiveEntry(String path, Content content) {

    /** What is in a file. */
    @FunctionalInterface
    interface Content {
        /**
         * Returns the bytes.
         *
         * @throws UnusableArchiveException if there are more than {@code most}, or they are damaged
         */
        byte[] read(int most);
    }

    /** Returns the name of the file without its folders. */
    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Returns the folders, parted by slashes; empty at the top. */
    String folder() {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    /** Tells whether the file, or a folder that it is in, has a name that begins with a dot. */
    boolean isHidden() {
        return path.startsWith(".") || path.contains("/.");
    }

    /**
     * Returns the content as text.
     *
     * @param most most bytes
     * @throws CharacterCodingException if it is not UTF-8
     * @throws UnusableArchiveException if there are more, or they are damaged
     */
    String text(int most) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content.read(most))).toString();
    }
}
