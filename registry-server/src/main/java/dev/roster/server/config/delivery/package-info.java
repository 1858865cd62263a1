/**
 * What has become of configuration in applications: which version each has fetched, which it runs with, and what did not fit.
 *
 * <p>Offers {@link dev.roster.server.config.delivery.DeliveryReports} to edges and to whoever decides by what applications
 * report, and {@link dev.roster.server.config.delivery.SharedReports} to whoever lets time pass. Knows no HTTP.
 *
 * <p>Reports come all the time from every application: a log entry for each would be 5,000 for a release that 5,000 take in.
 * So the member that gets a report keeps it in memory, within bounds and for a few minutes; what is lost with a member is
 * reported again. What all members need to know is one summary of each item and member, written once a second at most and
 * only if it has changed, many items by one transaction:
 * <ul>
 * <li>{@code config/delivery/<namespace>/<item>/<member>}: counts by version, and some applications that are behind, with the
 * member's lease, so that it goes with the member
 * </ul>
 * So every member answers for the whole cluster from its own replica, and no call between members is needed. An application
 * that goes to another member is counted by both until its report to the first is too old.
 */
@NullMarked
package dev.roster.server.config.delivery;

import org.jspecify.annotations.NullMarked;
