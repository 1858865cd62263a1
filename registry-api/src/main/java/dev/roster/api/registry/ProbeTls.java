package dev.roster.api.registry;

import org.jspecify.annotations.Nullable;

/**
 * How a member makes sure by TLS, 1.2 or newer, that it speaks to the instance.
 *
 * @param ca authorities that it believes, as PEM: 1 to 4 certificates, to 8,192 characters; null for those that the member's
 *     Java believes
 * @param serverName the name that it asks for and that the certificate must be for; null for the host of the instance
 * @param verify whether it makes sure at all; null means true, and false is refused unless the operators allow it
 */
public record ProbeTls(@Nullable String ca, @Nullable String serverName, @Nullable Boolean verify) {}
