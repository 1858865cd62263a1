/**
 * Who follows which service, and up to which revision they say to have taken it in, over all members.
 *
 * <p>Offers {@link dev.roster.server.subscriber.Subscribers}, in which a member notes the streams that it serves, and
 * {@link dev.roster.server.subscriber.Audience}, which asks all members. It is a package of its own because it joins the
 * registry with the cluster, which features must not know. Knows no HTTP.
 *
 * <p>What is acknowledged is kept by the member that serves the stream, in memory, and is asked for when somebody wants to
 * know. In the store it would be a write for each change and reader, a thousand for one change of a service with a thousand
 * readers; and it is worth nothing without its stream, which is lost with the member all the same.
 */
@NullMarked
package dev.roster.server.subscriber;

import org.jspecify.annotations.NullMarked;
