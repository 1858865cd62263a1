/**
 * Tells whether a document is what its format says, and if not, where it first goes wrong.
 *
 * <p>Offers {@link dev.roster.server.config.format.DocumentFormat}. A document that passes can be read by a Spring Boot
 * application, without surprise about which of two equal keys wins and without a small document that unfolds into a huge
 * one. Knows neither items nor versions, stores nothing and keeps no state.
 */
@NullMarked
package dev.roster.server.config.format;

import org.jspecify.annotations.NullMarked;
