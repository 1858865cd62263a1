package dev.roster.server.config.transfer;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Finds out what an archive is, and has it read by whoever knows that. */
final class ArchiveReader {

    /**
     * What is in an archive.
     *
     * @param source what it was read as
     * @param findings what was found
     */
    record Reading(ImportSource source, Findings findings) {}

    private ArchiveReader() {}

    /**
     * Reads an archive wholly.
     *
     * @throws UnusableArchiveException if it cannot be read, or is to do harm
     */
    static Reading read(byte[] archive, ImportOptions options) {
        if (archive.length > ImportLimits.MAX_ARCHIVE_BYTES) {
            throw new UnusableArchiveException("", "has more than " + ImportLimits.MAX_ARCHIVE_BYTES + " bytes",
                    "at most as many");
        }
        Findings findings = new Findings(options.comment());
        boolean zip = archive.length > 1 && archive[0] == 'P' && archive[1] == 'K';
        if (options.source() == ImportSource.CONSUL
                || (options.source() == null && !zip && beginsAsArray(archive))) {
            ConsulReader.read(text(archive), options, findings);
            return new Reading(ImportSource.CONSUL, findings);
        }
        List<ArchiveEntry> entries = ZipArchive.read(archive);
        ImportSource source = options.source() == null ? sourceOf(entries) : options.source();
        reader(source).read(entries, options, findings);
        return new Reading(source, findings);
    }

    private static SourceReader reader(ImportSource source) {
        return switch (source) {
            case ROSTER -> new RosterReader();
            case NACOS -> new NacosReader();
            case APOLLO -> new ApolloReader();
            case FILES -> new FilesReader();
            case CONSUL -> throw new IllegalStateException("Consul exports no files");
        };
    }

    private static ImportSource sourceOf(List<ArchiveEntry> entries) {
        for (ArchiveEntry entry : entries) {
            switch (entry.path()) {
                case RosterReader.DESCRIPTION -> {
                    return ImportSource.ROSTER;
                }
                case NacosReader.DESCRIPTION, NacosReader.OLD_DESCRIPTION -> {
                    return ImportSource.NACOS;
                }
                default -> {
                }
            }
        }
        if (entries.stream().anyMatch(ApolloReader::isNamespace)) {
            return ImportSource.APOLLO;
        }
        return NacosReader.hasLayout(entries) ? ImportSource.NACOS : ImportSource.FILES;
    }

    private static boolean beginsAsArray(byte[] bytes) {
        for (byte one : bytes) {
            if (!Character.isWhitespace(one)) {
                return one == '[';
            }
        }
        return false;
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new UnusableArchiveException("", "is not UTF-8", "the JSON of consul kv export");
        }
    }
}
