package dev.roster.server.config.transfer;

/** What an archive is an export of. */
public enum ImportSource {
    /** Roster itself: a zip with {@code .roster.yml}. */
    ROSTER,
    /**
     * Nacos 1 and 2: a zip with {@code .meta.yml} or {@code .metadata.yml}, and a folder for each group; or with nothing but such
     * folders, one of them {@code DEFAULT_GROUP}.
     */
    NACOS,
    /** Apollo: a zip of files {@code appId+cluster+namespace}. */
    APOLLO,
    /** Consul: the JSON of {@code consul kv export}, not packed. */
    CONSUL,
    /** A folder of documents, such as a Git working tree that Spring Cloud Config serves, as a zip. */
    FILES
}
