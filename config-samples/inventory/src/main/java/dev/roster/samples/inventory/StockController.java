package dev.roster.samples.inventory;

import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Says how much there is of an item: as a sample has no stock, a number made from the item's name. */
@RestController
class StockController {
    private static final int MOST = 100;

    private volatile int port;

    /**
     * The stock of an item.
     *
     * @param item name of the item
     * @param available how many there are, 0 to 99
     * @param servedBy port of the instance that answered, to tell several apart
     */
    record Stock(String item, int available, int servedBy) {}

    @EventListener
    void remember(WebServerInitializedEvent started) {
        port = started.getWebServer().getPort();
    }

    @GetMapping("/stock/{item}")
    Stock stock(@PathVariable String item) {
        return new Stock(item, Math.floorMod(item.hashCode(), MOST), port);
    }
}
