package dev.roster.server.config.transfer;

import java.nio.charset.StandardCharsets;

/** Decides which paths of archives are harmless, wherever they would be unpacked. */
public final class ArchivePath {
    private static final String EXPECTED = "names parted by slashes, relative to the archive, without . and ..";
    private static final int DELETE = 0x7F;

    private ArchivePath() {}

    /**
     * Checks the path of a file or, with a slash at its end, of a folder.
     *
     * @throws UnusableArchiveException if it is absolute, leads out of the archive, or could be read in two ways
     */
    public static void check(String path) {
        if (path.getBytes(StandardCharsets.UTF_8).length > ImportLimits.MAX_PATH_BYTES) {
            throw refused(path.substring(0, 64) + "…",
                    "has a path of more than " + ImportLimits.MAX_PATH_BYTES + " bytes");
        }
        String file = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        if (file.startsWith("/") || file.matches("[A-Za-z]:.*")) {
            throw refused(path, "has an absolute path");
        }
        if (file.indexOf('\\') >= 0) {
            throw refused(path, "has a backslash in its path");
        }
        if (file.chars().anyMatch(c -> c < ' ' || c == DELETE)) {
            throw refused(path.replaceAll("\\p{Cntrl}", "?"), "has a control character in its path");
        }
        for (String name : file.split("/", -1)) {
            if (name.isEmpty() || name.equals(".") || name.equals("..")) {
                throw refused(path, "has a path with an empty name, . or ..");
            }
        }
    }

    private static UnusableArchiveException refused(String path, String problem) {
        return new UnusableArchiveException(path, problem, EXPECTED);
    }
}
