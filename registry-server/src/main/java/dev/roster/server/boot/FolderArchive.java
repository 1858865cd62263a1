package dev.roster.server.boot;

import dev.roster.server.config.transfer.ImportLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Packs a folder for an import: files in the order of their paths. Hidden folders, such as {@code .git}, are left out, and hidden
 * files but those by which an export describes itself. Symbolic links are refused: they may lead anywhere.
 */
final class FolderArchive {
    private static final Set<String> DESCRIPTIONS = Set.of(".roster.yml", ".metadata.yml", ".meta.yml");

    private FolderArchive() {}

    static byte[] pack(Path folder) throws IOException, OperatorCommand.Refused {
        Map<String, Path> files = new TreeMap<>();
        Path link = collect(folder, files);
        if (link != null) {
            throw new OperatorCommand.Refused(link + " is a symbolic link. Put a copy in its place.");
        }
        if (files.size() > ImportLimits.MAX_ENTRIES) {
            throw new OperatorCommand.Refused(folder + " has more than " + ImportLimits.MAX_ENTRIES
                    + " files. Import it in parts.");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, Path> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                Files.copy(file.getValue(), zip);
                zip.closeEntry();
                if (bytes.size() > ImportLimits.MAX_ARCHIVE_BYTES) {
                    throw new OperatorCommand.Refused(folder + " has more than " + ImportLimits.MAX_ARCHIVE_BYTES
                            + " bytes when it is packed. Import it in parts.");
                }
            }
        }
        return bytes.toByteArray();
    }

    /** Returns the first symbolic link, null if there is none. */
    private static @Nullable Path collect(Path folder, Map<String, Path> files) throws IOException {
        List<Path> links = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                boolean hidden = !visited.equals(folder) && isHidden(visited);
                return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (isHidden(file) && !DESCRIPTIONS.contains(folder.relativize(file).toString())) {
                    return FileVisitResult.CONTINUE;
                }
                if (attributes.isSymbolicLink()) {
                    links.add(file);
                    return FileVisitResult.TERMINATE;
                }
                if (attributes.isRegularFile()) {
                    files.put(folder.relativize(file).toString().replace('\\', '/'), file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return links.isEmpty() ? null : links.getFirst();
    }

    private static boolean isHidden(Path path) {
        return String.valueOf(path.getFileName()).startsWith(".");
    }
}
