/** What a newcomer does first: the console in a real browser, and the sample applications beside a real server. */
@NullMarked
package dev.roster.system.walkthrough;

import org.jspecify.annotations.NullMarked;
