package dev.roster.server.config.secret;

/** Without a master key. */
record NoKeyWrapping(String reason) implements KeyWrapping {
    @Override
    public String current() {
        throw refused();
    }

    @Override
    public Wrapped wrap(byte[] key, byte[] context) {
        throw refused();
    }

    @Override
    public byte[] unwrap(Wrapped wrapped, byte[] context) {
        throw refused();
    }

    private MasterKeyUnavailableException refused() {
        return new MasterKeyUnavailableException(reason, null);
    }
}
