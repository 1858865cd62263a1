/**
 * What edges need of the store across features: how fresh a read is, which namespaces there are, and the stream of changes
 * to services and configuration at once.
 *
 * <p>Offers {@link dev.roster.server.feed.ReadFence}, {@link dev.roster.server.feed.Namespaces} and
 * {@link dev.roster.server.feed.ChangeFeed}. It is a package of its own because features must not know one another and
 * edges must not know the store, yet a process follows services and configuration by one stream, in which the changes of
 * one revision come together. Knows no HTTP, and of features only how they read a view and decode a change.
 */
@NullMarked
package dev.roster.server.feed;

import org.jspecify.annotations.NullMarked;
