package dev.roster.spring.container;

import dev.roster.client.Credentials;
import dev.roster.spring.client.RosterConnectionDetails;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionDetailsFactory;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionSource;
import org.springframework.util.ClassUtils;
import org.testcontainers.containers.Container;

/**
 * Connects with a container that has {@code @ServiceConnection} and is a {@code RosterContainer}, has the image {@code roster}, or the
 * name {@code roster} in that annotation; as the user admin, whose password is in the container.
 */
final class RosterContainerConnectionDetailsFactory
        extends
            ContainerConnectionDetailsFactory<Container<?>, RosterConnectionDetails> {

    private static final String CONTAINER = "dev.roster.test.RosterContainer";
    private static final @Nullable Class<?> OURS = ours();

    RosterContainerConnectionDetailsFactory() {
        super(ServerImage.CONNECTION_NAME);
    }

    /** The image of a container that is a bean is not known before it is made; its type is. */
    @Override
    protected boolean sourceAccepts(ContainerConnectionSource<Container<?>> source, Class<?> containerType,
            Class<?> detailsType) {
        return super.sourceAccepts(source, containerType, detailsType)
                || (OURS != null && source.accepts(ANY_CONNECTION_NAME, OURS, detailsType));
    }

    private static @Nullable Class<?> ours() {
        ClassLoader loader = RosterContainerConnectionDetailsFactory.class.getClassLoader();
        return ClassUtils.isPresent(CONTAINER, loader) ? ClassUtils.resolveClassName(CONTAINER, loader) : null;
    }

    @Override
    protected RosterConnectionDetails getContainerConnectionDetails(ContainerConnectionSource<Container<?>> source) {
        return new Details(source);
    }

    /** Starts the container when it is asked first. */
    private static final class Details extends ContainerConnectionDetails<Container<?>>
            implements
                RosterConnectionDetails {
        private @Nullable Credentials admin;

        Details(ContainerConnectionSource<Container<?>> source) {
            super(source);
        }

        @Override
        public List<URI> getAddresses() {
            Container<?> container = getContainer();
            return List.of(ServerImage.address(container.getHost(), container.getMappedPort(ServerImage.PORT),
                    getSslBundle()));
        }

        @Override
        public Supplier<Credentials> getCredentials() {
            return this::admin;
        }

        // The container keeps its password, so it is read once.
        private synchronized Credentials admin() {
            Credentials known = admin;
            if (known == null) {
                Container<?> container = getContainer();
                String file = ServerImage.passwordFile(container.getEnvMap());
                known = Credentials.user(ServerImage.ADMIN,
                        container.copyFileFromContainer(file, ServerImage::firstLine));
                admin = known;
            }
            return known;
        }

        @Override
        public @Nullable SslBundle getSslBundle() {
            return super.getSslBundle();
        }
    }
}
