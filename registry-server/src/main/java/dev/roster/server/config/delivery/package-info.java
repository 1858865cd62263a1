/**
 * What has become of configuration in applications: which version each has fetched, which it runs with, and what did not fit.
 *
 * <p>Offers {@link dev.roster.server.config.delivery.DeliveryReports}. Reports are kept in the memory of the member that gets
 * them, for a few minutes, within bounds: they come all the time from every application, so they are not worth a log entry
 * each, and what is lost with a member is reported again. So each member knows the applications that talk to it. Knows no HTTP.
 */
@NullMarked
package dev.roster.server.config.delivery;

import org.jspecify.annotations.NullMarked;
