package dev.roster.console.layout;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;

/** Times and durations as pages show them: UTC, since members and readers may be anywhere, and how long ago as a hint. */
public final class Moments {
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Duration JUST_NOW = Duration.ofSeconds(5);

    private final MessageSource messages;
    private final InstantSource clock;

    /** Takes the words from {@code messages} and the present from {@code clock}. */
    public Moments(MessageSource messages, InstantSource clock) {
        this.messages = messages;
        this.clock = clock;
    }

    /** For example {@code 2026-11-21 09:05:00 UTC}. */
    public String utc(Instant instant) {
        return UTC.format(instant);
    }

    /** For example {@code 3 minutes ago} or {@code in 2 days}, in the language of the request. */
    public String relative(Instant instant) {
        Duration since = Duration.between(instant, clock.instant());
        Duration distance = since.abs();
        if (distance.compareTo(JUST_NOW) < 0) {
            return message("moment.now");
        }
        return message(since.isNegative() ? "moment.in" : "moment.ago", coarse(distance));
    }

    /** For example {@code 30 s}, {@code 1 min 30 s} or {@code 12 h}. */
    public String duration(Duration duration) {
        StringBuilder text = new StringBuilder();
        append(text, duration.toDays(), "d");
        append(text, duration.toHoursPart(), "h");
        append(text, duration.toMinutesPart(), "min");
        append(text, duration.toSecondsPart(), "s");
        append(text, duration.toMillisPart(), "ms");
        return text.isEmpty() ? "0 s" : text.toString();
    }

    private static void append(StringBuilder text, long amount, String unit) {
        if (amount != 0) {
            text.append(text.isEmpty() ? "" : " ").append(amount).append(' ').append(unit);
        }
    }

    private String coarse(Duration distance) {
        if (distance.toDays() > 0) {
            return message("moment.days", distance.toDays());
        }
        if (distance.toHours() > 0) {
            return message("moment.hours", distance.toHours());
        }
        if (distance.toMinutes() > 0) {
            return message("moment.minutes", distance.toMinutes());
        }
        return message("moment.seconds", distance.toSeconds());
    }

    private String message(String key, Object... arguments) {
        return messages.getMessage(key, arguments, LocaleContextHolder.getLocale());
    }
}
