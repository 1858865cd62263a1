package dev.roster.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

class AuditLogTest {
    private final AuditLog audit = new AuditLog();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(AuditLog.LOGGER);

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
        MDC.put("requestId", "r-1");
    }

    @AfterEach
    void stopListening() {
        MDC.remove("requestId");
        logger.detachAppender(lines);
    }

    @Test
    void saysWhoDidWhatFromWhereAndWhatCameOfIt() {
        Caller caller = new Caller("eve", Role.EDITOR, Caller.Means.TOKEN, "2001:db8::1",
                new TokenId("0123456789abcdef"));

        audit.record(caller, "config.publish", Map.of("item", "orders"), "done");

        assertThat(line()).isEqualTo("action=config.publish outcome=done caller=eve role=editor token=0123456789abcdef"
                + " address=2001:db8::1 target.item=orders requestId=r-1");
    }

    @Test
    void keepsValuesFromBeginningOtherPairsOrLines() {
        audit.refused("eve outcome=done\"\\\r\nfaked\u2028\u0000é", "192.0.2.7", "unauthenticated");

        assertThat(line()).isEqualTo("action=login outcome=unauthenticated claimed=\"eve outcome=done\\\"\\\\\\u000d"
                + "\\u000afaked\\u2028\\u0000é\" address=192.0.2.7 requestId=r-1");
    }

    @Test
    void cutsLongValues() {
        audit.refused("x".repeat(10_000), "192.0.2.7", "unauthenticated");

        assertThat(line().length()).isLessThan(500);
    }

    @Test
    void quotesWhatIsEmpty() {
        audit.refused("", "192.0.2.7", "unauthenticated");

        assertThat(line()).contains("claimed=\"\"");
    }

    private String line() {
        assertThat(lines.list).hasSize(1);
        return lines.list.getFirst().getFormattedMessage();
    }
}
