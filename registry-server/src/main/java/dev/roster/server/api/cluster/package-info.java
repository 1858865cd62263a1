/** The state of the cluster over HTTP: {@code /api/v1/cluster}. */
@NullMarked
package dev.roster.server.api.cluster;

import org.jspecify.annotations.NullMarked;
