/**
 * The Helm chart, rendered by the Helm library itself against a make-believe Kubernetes API and then read as the objects that
 * it would create. Knows the chart and nothing of the server's code.
 */
@NullMarked
package dev.roster.system.chart;

import org.jspecify.annotations.NullMarked;
