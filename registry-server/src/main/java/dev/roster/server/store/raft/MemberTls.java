package dev.roster.server.store.raft;

import java.security.KeyStore;

/**
 * What a member shows the others and whom it believes. Members always authenticate each other, both ways.
 *
 * @param identity holds the member's private key and certificate chain
 * @param password of the key in {@code identity}
 * @param trusted holds the certificates of the authorities that sign members
 */
public record MemberTls(KeyStore identity, String password, KeyStore trusted) {
    @Override
    public String toString() {
        return "MemberTls[***]";
    }
}
