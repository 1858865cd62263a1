/**
 * Being configured: {@code spring.config.import=roster:}, live refresh that is done whole or not at all, methods that are told of
 * items as they were written, and reports on what became of a version. Settings are {@code roster.config.*}.
 *
 * <p>Offers users {@link dev.roster.spring.config.RosterConfigListener} and {@link dev.roster.spring.config.RosterConfigEvent}, and
 * the {@linkplain dev.roster.spring.config.RosterConfigSource#reports reports} to whoever shows how it stands. Must not know
 * registration: a refresh never registers anew.
 */
@NullMarked
package dev.roster.spring.config;

import org.jspecify.annotations.NullMarked;
