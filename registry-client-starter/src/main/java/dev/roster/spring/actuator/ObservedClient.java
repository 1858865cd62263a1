package dev.roster.spring.actuator;

import dev.roster.client.CallObserver;
import dev.roster.client.RosterClient;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;

/** Has an observer told of the client's calls while there are beans. */
final class ObservedClient implements InitializingBean, DisposableBean {
    private final RosterClient client;
    private final CallObserver observer;

    ObservedClient(RosterClient client, CallObserver observer) {
        this.client = client;
        this.observer = observer;
    }

    @Override
    public void afterPropertiesSet() {
        client.observeCalls(observer);
    }

    @Override
    public void destroy() {
        client.observeCalls(CallObserver.none());
    }
}
