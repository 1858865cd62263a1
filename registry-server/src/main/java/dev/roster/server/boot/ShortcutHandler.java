package dev.roster.server.boot;

import dev.roster.server.web.QuickAnswer;
import dev.roster.server.web.QuickRequest;
import dev.roster.server.web.Shortcuts;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests by {@link Shortcuts} before they become those of a servlet, with all its filters. They are counted and timed by
 * the same meters as all others: one whose meter is not there yet, because none of its kind was answered by a handler, is left to
 * the handler.
 */
final class ShortcutHandler extends Handler.Wrapper {
    private static final String METER = "http.server.requests";

    private final Supplier<Shortcuts> shortcuts;
    private final Supplier<MeterRegistry> meters;
    private final ConcurrentHashMap<Kind, Timer> timers = new ConcurrentHashMap<>();

    /** Makes it; both are asked for when requests come, since the server that has this handler is made before them. */
    ShortcutHandler(Handler rest, Supplier<Shortcuts> shortcuts, Supplier<MeterRegistry> meters) {
        super(rest);
        this.shortcuts = shortcuts;
        this.meters = meters;
    }

    private record Kind(String pattern, int status) {}

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        QuickAnswer answer = isPlain(request)
                ? shortcuts.get().find(new Asked(request), Request.getRemoteAddr(request), request.isSecure())
                : null;
        Timer timer = answer == null ? null : timer(new Kind(answer.pattern(), answer.status()));
        if (answer == null || timer == null) {
            return super.handle(request, response, callback);
        }
        response.setStatus(answer.status());
        HttpFields.Mutable headers = response.getHeaders();
        answer.headers().forEach(header -> headers.add(header.name(), header.value()));
        response.write(true, ByteBuffer.wrap(answer.body()), Callback.from(callback,
                () -> timer.record(System.nanoTime() - request.getBeginNanoTime(), TimeUnit.NANOSECONDS)));
        return true;
    }

    private static boolean isPlain(Request request) {
        HttpFields headers = request.getHeaders();
        return HttpMethod.GET.is(request.getMethod()) && !headers.contains(HttpHeader.CONTENT_LENGTH)
                && !headers.contains(HttpHeader.TRANSFER_ENCODING);
    }

    private @Nullable Timer timer(Kind kind) {
        Timer known = timers.get(kind);
        if (known != null) {
            return known;
        }
        Timer found = meters.get().find(METER).tag("method", "GET").tag("uri", kind.pattern)
                .tag("status", Integer.toString(kind.status)).timer();
        if (found != null) {
            timers.put(kind, found);
        }
        return found;
    }

    private static final class Asked implements QuickRequest {
        private final Request request;
        private final String words;

        Asked(Request request) {
            this.request = request;
            this.words = QuickRequest.words(request.getHeaders().get(HttpHeader.HOST), request.getHttpURI().getPath(),
                    request.getHttpURI().getQuery());
        }

        @Override
        public String words() {
            return words;
        }

        @Override
        public List<String> headers(String name) {
            return request.getHeaders().getValuesList(name);
        }

        @Override
        public @Nullable String header(String name) {
            return request.getHeaders().get(name);
        }
    }
}
