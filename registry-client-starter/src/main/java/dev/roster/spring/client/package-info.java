/**
 * The connection: auto-configuration of the {@link dev.roster.client.RosterClient} that all other packages use, from
 * {@code roster.client.*}, with TLS by SSL bundles; and what a native image has to know of it.
 *
 * <p>Offers users {@link dev.roster.spring.client.RosterClientCustomizer}; offers other packages a client before there are beans,
 * and the application's name. Must not know what the client is used for.
 */
@NullMarked
package dev.roster.spring.client;

import org.jspecify.annotations.NullMarked;
