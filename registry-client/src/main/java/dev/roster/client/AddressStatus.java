package dev.roster.client;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an address of the server is doing, as far as a client knows.
 *
 * @param address the address
 * @param inUse whether the next call goes there, if it can
 * @param failures how many attempts have failed there, one after another; 0 after a success
 * @param restsUntil until when others are asked instead, null if it does not rest
 */
public record AddressStatus(URI address, boolean inUse, int failures, @Nullable Instant restsUntil) {}
