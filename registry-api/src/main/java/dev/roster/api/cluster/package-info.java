/**
 * The members of the cluster on the wire.
 */
@NullMarked
package dev.roster.api.cluster;

import org.jspecify.annotations.NullMarked;
