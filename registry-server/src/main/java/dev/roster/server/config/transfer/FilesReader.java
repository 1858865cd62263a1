package dev.roster.server.config.transfer;

import java.util.List;

/**
 * Reads a folder of documents, such as a Git working tree that Spring Cloud Config serves ({@code application.yml},
 * {@code orders-production.yml}, folders by application; see its reference, "Git Backend"). Hidden files and folders, such as
 * {@code .git}, and files without an extension of a document are ignored.
 */
final class FilesReader implements SourceReader {
    private static final String SHARED = "application";

    @Override
    public void read(List<ArchiveEntry> entries, ImportOptions options, Findings findings) {
        for (ArchiveEntry entry : entries) {
            DocumentFile file = entry.isHidden() ? null : DocumentFile.of(entry.name()).orElse(null);
            if (file == null) {
                findings.ignore(entry.path());
            } else {
                String name = name(entry.folder(), file.stem());
                findings.addFile(entry, options.keepExtensions()
                        ? name + entry.name().substring(file.stem().length())
                        : name, file.format());
            }
        }
    }

    /**
     * Returns the name of the item. {@code application} in a folder is what the application of that name has, and a file that
     * begins with the name of its folder needs it only once; other folders become the beginning of the name, with dots.
     */
    static String name(String folder, String stem) {
        if (folder.isEmpty()) {
            return stem;
        }
        String path = folder.replace('/', '.');
        String last = folder.substring(folder.lastIndexOf('/') + 1);
        String above = path.substring(0, path.length() - last.length());
        if (stem.equals(SHARED) || stem.startsWith(SHARED + "-")) {
            return path + stem.substring(SHARED.length());
        }
        return stem.equals(last) || stem.startsWith(last + "-") ? above + stem : path + "." + stem;
    }
}
