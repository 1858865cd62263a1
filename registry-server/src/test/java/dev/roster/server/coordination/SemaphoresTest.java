package dev.roster.server.coordination;

import static dev.roster.server.coordination.CoordinationFixture.APPLICATION;
import static dev.roster.server.coordination.CoordinationFixture.EDITOR;
import static dev.roster.server.coordination.CoordinationFixture.semaphore;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.security.ForbiddenException;
import dev.roster.server.security.InvalidArgumentException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SemaphoresTest {
    private static final ClaimTarget POOL = semaphore("pool");

    private final CoordinationFixture coordination = new CoordinationFixture();

    @AfterEach
    void close() {
        coordination.close();
    }

    @Test
    void hasAsManyPermitsAsTheFirstSays() {
        SessionId session = coordination.open();

        assertThat(coordination.permits(POOL, "a", session, 2, 3).isHeld()).isTrue();
        assertThat(coordination.permits(POOL, "b", session, 1, null).isHeld()).isTrue();
        assertThat(coordination.permits(POOL, "c", session, 1, 3).isHeld()).isFalse();

        assertThat(coordination.line(POOL).taken()).isEqualTo(3);
        assertThatThrownBy(() -> coordination.permits(POOL, "d", session, 1, 4))
                .isInstanceOfSatisfying(LimitMismatchException.class, e -> assertThat(e.limit()).isEqualTo(3));
        assertThatThrownBy(() -> coordination.permits(POOL, "d", session, 4, null))
                .isInstanceOf(LimitMismatchException.class);
        assertThatThrownBy(() -> coordination.permits(semaphore("other"), "d", session, 1, null))
                .isInstanceOf(SemaphoreNotFoundException.class);
    }

    @Test
    void letsNobodyOvertakeWhoWantsMany() {
        SessionId session = coordination.open();
        coordination.permits(POOL, "one", session, 1, 3);
        coordination.permits(POOL, "many", session, 3, 3);
        coordination.permits(POOL, "small", session, 1, 3);
        assertThat(coordination.line(POOL).holding()).isEqualTo(1);
        assertThatThrownBy(() -> coordination.claims.claim(APPLICATION, POOL, new ClaimId("try"),
                new ClaimTerms(session, false, 1, 3, ""), Duration.ZERO)).isInstanceOf(AlreadyHeldException.class);

        coordination.release(POOL, "one");

        assertThat(coordination.line(POOL).isHeld(new ClaimId("many"))).isTrue();
        assertThat(coordination.line(POOL).isHeld(new ClaimId("small"))).isFalse();
    }

    @Test
    void growsForThoseWhoWaitAndShrinksToWhatIsHeld() {
        SessionId session = coordination.open();
        coordination.permits(POOL, "a", session, 1, 1);
        coordination.permits(POOL, "b", session, 1, 1);

        assertThat(coordination.semaphores.define(EDITOR, POOL, 3).holding()).isEqualTo(2);
        assertThatThrownBy(() -> coordination.semaphores.define(EDITOR, POOL, 1))
                .isInstanceOf(StillInUseException.class);
        assertThat(coordination.semaphores.define(EDITOR, POOL, 2).limit()).isEqualTo(2);

        assertThatThrownBy(() -> coordination.semaphores.define(APPLICATION, POOL, 3))
                .isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> coordination.semaphores.define(EDITOR, POOL, 0))
                .isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void isThereUntilItIsRemoved() {
        SessionId session = coordination.open();
        coordination.permits(POOL, "a", session, 1, 2);
        assertThatThrownBy(() -> coordination.semaphores.remove(EDITOR, POOL)).isInstanceOf(StillInUseException.class);
        coordination.release(POOL, "a");

        assertThat(coordination.line(POOL).limit()).isEqualTo(2);
        coordination.semaphores.remove(EDITOR, POOL);

        assertThat(coordination.line(POOL).limit()).isNull();
        assertThatThrownBy(() -> coordination.semaphores.remove(EDITOR, POOL))
                .isInstanceOf(SemaphoreNotFoundException.class);
    }
}
