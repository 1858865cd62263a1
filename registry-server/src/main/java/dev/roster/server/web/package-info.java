/**
 * HTTP plumbing that every edge of {@code /api} shares: authentication, roles of handlers, problem documents, request ids,
 * body limits, paging and read consistency.
 *
 * <p>A controller declares who may call a handler ({@link dev.roster.server.web.RequiresRole}) and what the audit log calls
 * it ({@link dev.roster.server.web.Audited}); it takes a {@code Caller}, a {@link dev.roster.server.web.ReadOptions} or a
 * {@link dev.roster.server.web.PageQuery} as an argument. It lets exceptions of features pass: a
 * {@link dev.roster.server.web.ProblemMapping} turns each family into a {@link dev.roster.server.web.ProblemReport}, and
 * {@link dev.roster.server.web.ProblemKind} holds the one table of codes, statuses, titles and log levels.
 *
 * <p>{@link dev.roster.server.web.Shortcuts} answer some requests before all of that, from bytes that are there already.
 *
 * <p>Must not know what a service or a configuration item is, nor read the store.
 */
@NullMarked
package dev.roster.server.web;

import org.jspecify.annotations.NullMarked;
