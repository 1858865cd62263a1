package dev.roster.server.web;

import dev.roster.server.security.Caller;
import dev.roster.server.security.UnauthenticatedException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Makes the arguments that handlers of every feature take: {@link Caller}, {@link ReadOptions}, {@link PageQuery}. */
final class ApiArguments implements HandlerMethodArgumentResolver {
    static final String MIN_REVISION_HEADER = "Roster-Min-Revision";

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        Class<?> type = parameter.getParameterType();
        return type == Caller.class || type == ReadOptions.class || type == PageQuery.class;
    }

    @Override
    public Object resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
            NativeWebRequest request, @Nullable WebDataBinderFactory binders) {
        Class<?> type = parameter.getParameterType();
        if (type == Caller.class) {
            return CallerAuthentication.current()
                    .orElseThrow(() -> new UnauthenticatedException("Valid credentials are needed"));
        }
        return type == ReadOptions.class ? readOptions(request) : pageQuery(request);
    }

    private static ReadOptions readOptions(NativeWebRequest request) {
        String consistency = request.getParameter("consistency");
        boolean linearizable = switch (consistency) {
            case "linearizable" -> true;
            case "local" -> false;
            case null -> false;
            default -> throw ProblemException.invalidArgument("consistency", consistency, "local or linearizable");
        };
        String revision = request.getHeader(MIN_REVISION_HEADER);
        return new ReadOptions(linearizable,
                revision == null ? 0 : number(MIN_REVISION_HEADER, revision, 0, Long.MAX_VALUE));
    }

    private static PageQuery pageQuery(NativeWebRequest request) {
        String limit = request.getParameter("limit");
        String cursor = request.getParameter("cursor");
        return new PageQuery(
                limit == null ? PageQuery.DEFAULT_LIMIT : (int) number("limit", limit, 1, PageQuery.MAX_LIMIT),
                cursor == null ? null : Cursor.decode(cursor));
    }

    private static long number(String field, String text, long min, long max) {
        String expected = "an integer from " + min + " to " + max;
        try {
            long number = Long.parseLong(text);
            if (number < min || number > max) {
                throw ProblemException.invalidArgument(field, text, expected);
            }
            return number;
        } catch (NumberFormatException e) {
            throw ProblemException.invalidArgument(field, text, expected);
        }
    }
}
