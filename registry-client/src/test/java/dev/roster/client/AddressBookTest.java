package dev.roster.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AddressBookTest {
    private static final URI A = URI.create("http://a:1");
    private static final URI B = URI.create("http://b:1");
    private static final URI C = URI.create("http://c:1");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-02T03:04:05Z"));
    private final AddressBook book = new AddressBook(List.of(A, B, C), now::get, new Random(1));

    @Test
    void letsAFailedAddressRest() {
        URI first = book.choose(Set.of());
        book.failed(first);

        URI second = book.choose(Set.of());

        assertThat(second).isNotEqualTo(first);
        assertThat(book.choose(Set.of())).isEqualTo(second);
    }

    @Test
    void asksEveryAddressBeforeOneAgain() {
        Set<URI> tried = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            assertThat(book.hasFresh(tried)).isTrue();
            URI address = book.choose(tried);
            book.failed(address);
            tried.add(address);
        }

        assertThat(tried).containsExactlyInAnyOrder(A, B, C);
        assertThat(book.hasFresh(tried)).isFalse();
    }

    @Test
    void asksTheOneWhoseRestEndsFirstWhenAllRest() {
        URI first = book.choose(Set.of());
        book.failed(first);
        now.updateAndGet(time -> time.plusMillis(100));
        for (URI address : List.of(A, B, C)) {
            if (!address.equals(first)) {
                book.failed(address);
                book.failed(address);
            }
        }

        assertThat(book.choose(Set.of())).isEqualTo(first);
    }

    @Test
    void asksAgainAfterTheRest() {
        List.of(A, B, C).forEach(book::failed);
        assertThat(book.hasFresh(Set.of())).isFalse();

        now.updateAndGet(time -> time.plusSeconds(1));

        assertThat(book.hasFresh(Set.of())).isTrue();
    }

    @Test
    void restsLongerWithEachFailureUpToALimit() {
        for (int i = 0; i < 40; i++) {
            List.of(A, B, C).forEach(book::failed);
        }
        now.updateAndGet(time -> time.plusSeconds(20));
        assertThat(book.hasFresh(Set.of())).isFalse();
        now.updateAndGet(time -> time.plusSeconds(10));
        assertThat(book.hasFresh(Set.of())).isTrue();
    }

    @Test
    void forgetsFailuresAfterASuccess() {
        List.of(A, B, C).forEach(book::failed);
        book.succeeded(B);

        assertThat(book.choose(Set.of())).isEqualTo(B);
    }

    @Test
    void tellsHowEachAddressIsDoing() {
        URI first = book.choose(Set.of());
        book.failed(first);
        book.failed(first);
        URI second = book.choose(Set.of());

        assertThat(book.statuses()).hasSize(3).extracting(AddressStatus::address).containsExactlyInAnyOrder(A, B, C);
        assertThat(book.statuses()).filteredOn(AddressStatus::inUse).extracting(AddressStatus::address)
                .containsExactly(second);
        assertThat(book.statuses()).filteredOn(status -> status.failures() > 0).singleElement().satisfies(status -> {
            assertThat(status.address()).isEqualTo(first);
            assertThat(status.failures()).isEqualTo(2);
            assertThat(status.restsUntil()).isAfter(now.get());
        });

        book.succeeded(first);
        assertThat(book.statuses()).allMatch(status -> status.failures() == 0 && status.restsUntil() == null);
    }
}
