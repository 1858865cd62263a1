package dev.roster.samples.orders;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** Says whether an item can be ordered, by asking inventory. */
@RestController
class OrderController {
    private final RestClient clients;

    OrderController(RestClient.Builder clients) {
        this.clients = clients.build();
    }

    /**
     * What inventory says.
     *
     * @param item name of the item
     * @param available how many there are
     * @param servedBy port of the instance that answered
     */
    record Stock(String item, int available, int servedBy) {}

    /**
     * Whether an item can be ordered.
     *
     * @param item name of the item
     * @param canBeOrdered whether there is any
     * @param stock what inventory said
     */
    record Order(String item, boolean canBeOrdered, @Nullable Stock stock) {}

    @GetMapping("/orders/{item}")
    Order order(@PathVariable String item) {
        Stock stock = clients.get().uri("http://inventory/stock/{item}", item).retrieve().body(Stock.class);
        return new Order(item, stock != null && stock.available() > 0, stock);
    }

    /** LoadBalancer says by an IllegalStateException that it knows no instance. */
    @ExceptionHandler({RestClientException.class, IllegalStateException.class})
    ProblemDetail inventoryIsAway(RuntimeException reason) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE,
                "inventory does not answer: " + reason.getMessage());
    }
}
